package io.github.pbxsdk.sip.internal.wire;

import gov.nist.core.StackLogger;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes on to SLF4J what JAIN SIP's parsers log, at DEBUG: all they say is that something cannot
 * be read, which we report ourselves.
 */
final class QuietLogger implements StackLogger {

    private static final Logger log = LoggerFactory.getLogger(QuietLogger.class);

    @Override
    public void logStackTrace() {
        // Of no use to anybody but the library's makers.
    }

    @Override
    public void logStackTrace(int traceLevel) {
        // As above.
    }

    @Override
    public int getLineCount() {
        return 0;
    }

    @Override
    public void logException(Throwable exception) {
        log.debug("while reading a header", exception);
    }

    @Override
    public void logDebug(String message) {
        log.debug(message);
    }

    @Override
    public void logDebug(String message, Exception exception) {
        log.debug(message, exception);
    }

    @Override
    public void logTrace(String message) {
        log.debug(message);
    }

    @Override
    public void logFatalError(String message) {
        log.debug(message);
    }

    @Override
    public void logError(String message) {
        log.debug(message);
    }

    @Override
    public void logError(String message, Exception exception) {
        log.debug(message, exception);
    }

    @Override
    public void logWarning(String message) {
        log.debug(message);
    }

    @Override
    public void logInfo(String message) {
        log.debug(message);
    }

    @Override
    public boolean isLoggingEnabled() {
        return log.isDebugEnabled();
    }

    @Override
    public boolean isLoggingEnabled(int level) {
        return log.isDebugEnabled();
    }

    @Override
    public void disableLogging() {
        // SLF4J decides.
    }

    @Override
    public void enableLogging() {
        // SLF4J decides.
    }

    @Override
    public void setBuildTimeStamp(String timeStamp) {
        // Nobody asks for it.
    }

    @Override
    public void setStackProperties(Properties properties) {
        // There is no stack.
    }

    @Override
    public String getLoggerName() {
        return log.getName();
    }
}
