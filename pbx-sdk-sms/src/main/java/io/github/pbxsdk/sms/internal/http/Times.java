package io.github.pbxsdk.sms.internal.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Times as providers write them. */
public final class Times {

    private Times() {}

    /** Returns a time such as {@code Wed, 15 Jan 2025 03:04:05 +0000}, if it is one. */
    public static Optional<Instant> rfc(String text) {
        return read(text, DateTimeFormatter.RFC_1123_DATE_TIME);
    }

    /** Returns a time such as {@code 2025-01-15T03:04:05.000Z}, if it is one. */
    public static Optional<Instant> iso(String text) {
        return read(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME);
    }

    private static Optional<Instant> read(String text, DateTimeFormatter format) {
        try {
            return Optional.of(OffsetDateTime.parse(text.strip(), format).toInstant());
        } catch (DateTimeException e) {
            // A message is not lost because nobody can read its time.
            return Optional.empty();
        }
    }
}
