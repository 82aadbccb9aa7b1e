package io.github.pbxsdk.benchmarks;

import gov.nist.core.ServerLogger;
import gov.nist.core.StackLogger;
import gov.nist.javax.sip.message.SIPMessage;
import java.util.Properties;
import javax.sip.SipStack;

/** Keeps JAIN SIP from looking for log4j 1.2, and from working for a log. */
public final class SilentSipLogger implements StackLogger, ServerLogger {

    @Override
    public void logStackTrace() {
        // Nobody reads it.
    }

    @Override
    public void logStackTrace(int level) {
        // Nobody reads it.
    }

    @Override
    public int getLineCount() {
        return 0;
    }

    @Override
    public void logException(Throwable failure) {
        // Nobody reads it.
    }

    @Override
    public void logException(Exception failure) {
        // Nobody reads it.
    }

    @Override
    public void logDebug(String words) {
        // Nobody reads it.
    }

    @Override
    public void logDebug(String words, Exception failure) {
        // Nobody reads it.
    }

    @Override
    public void logTrace(String words) {
        // Nobody reads it.
    }

    @Override
    public void logFatalError(String words) {
        // Nobody reads it.
    }

    @Override
    public void logError(String words) {
        // Nobody reads it.
    }

    @Override
    public boolean isLoggingEnabled() {
        return false;
    }

    @Override
    public boolean isLoggingEnabled(int level) {
        return false;
    }

    @Override
    public void logError(String words, Exception failure) {
        // Nobody reads it.
    }

    @Override
    public void logWarning(String words) {
        // Nobody reads it.
    }

    @Override
    public void logInfo(String words) {
        // Nobody reads it.
    }

    @Override
    public void disableLogging() {
        // Nobody reads it.
    }

    @Override
    public void enableLogging() {
        // Nobody reads it.
    }

    @Override
    public void setBuildTimeStamp(String time) {
        // Nobody reads it.
    }

    @Override
    public void setStackProperties(Properties settings) {
        // Nobody reads it.
    }

    @Override
    public String getLoggerName() {
        return "silent";
    }

    @Override
    public void closeLogFile() {
        // Nobody reads it.
    }

    @Override
    public void logMessage(SIPMessage message, String from, String to, boolean sender, long time) {
        // Nobody reads it.
    }

    @Override
    public void logMessage(
            SIPMessage message, String from, String to, String status, boolean sender, long time) {
        // Nobody reads it.
    }

    @Override
    public void logMessage(
            SIPMessage message, String from, String to, String status, boolean sender) {
        // Nobody reads it.
    }

    @Override
    public void setSipStack(SipStack stack) {
        // Nobody reads it.
    }
}
