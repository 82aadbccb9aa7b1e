package io.github.pbxsdk.core.internal.state;

import java.util.List;

/**
 * A record of the log.
 *
 * @param groupOffset where the records begin that were written together with it
 * @param highestVersion so far, or 0 if the record does not tell
 * @param highestToken that may have been given, or 0 if the record does not tell
 */
record LogRecord(
        long groupOffset,
        long timeMillis,
        List<Write> writes,
        long highestVersion,
        long highestToken) {}
