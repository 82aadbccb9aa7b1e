package io.github.pbxsdk.ari;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * Reads times as Asterisk writes them: {@code 2026-11-20T23:03:26.110+0000}, without a colon in the
 * offset, which {@code OffsetDateTime.parse} asks for.
 */
final class AriTime {

    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss[.SSS]XX");

    private static final int USUAL_LENGTH = "2026-11-20T23:03:26.110+0000".length();

    private final String text;

    private AriTime(String text) {
        this.text = text;
    }

    /** Returns the time, if it can be read. */
    static Optional<Instant> find(String text) {
        try {
            boolean usual = text.length() == USUAL_LENGTH && text.endsWith("+0000");
            return Optional.of(
                    usual
                            ? new AriTime(text).utc()
                            : OffsetDateTime.parse(text, FORMAT).toInstant());
        } catch (DateTimeException | NumberFormatException e) {
            // Another form; the text stays for the caller to look at.
            return Optional.empty();
        }
    }

    /** Every event has a time, and a formatter takes as long as all the rest of it. */
    private Instant utc() {
        return LocalDateTime.of(
                        number(0, 4),
                        number(5, 7),
                        number(8, 10),
                        number(11, 13),
                        number(14, 16),
                        number(17, 19),
                        number(20, 23) * 1_000_000)
                .toInstant(ZoneOffset.UTC);
    }

    private int number(int begin, int end) {
        return Integer.parseInt(text, begin, end, 10);
    }
}
