package io.github.pbxsdk.testing.sms;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times as providers write them. */
final class Dates {

    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'");
    private static final DateTimeFormatter HUNDREDTHS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SS'Z'");

    private Dates() {}

    static String millis(Instant at) {
        return MILLIS.format(at.atOffset(ZoneOffset.UTC));
    }

    static String hundredths(Instant at) {
        return HUNDREDTHS.format(at.atOffset(ZoneOffset.UTC));
    }
}
