package io.github.pbxsdk.core.internal.state;

/**
 * What a log says about numbers that must not be given again.
 *
 * @param highestVersion so far
 * @param highestToken that may have been given
 * @param latestMillis the latest time in the log
 */
public record LogNumbers(long highestVersion, long highestToken, long latestMillis) {

    /** The numbers of a new log. */
    static final LogNumbers NONE = new LogNumbers(0, 0, 0);

    LogNumbers and(LogRecord record) {
        long version = Math.max(highestVersion, record.highestVersion());
        for (Write write : record.writes()) {
            version = Math.max(version, write.version());
        }
        return new LogNumbers(
                version,
                Math.max(highestToken, record.highestToken()),
                Math.max(latestMillis, record.timeMillis()));
    }
}
