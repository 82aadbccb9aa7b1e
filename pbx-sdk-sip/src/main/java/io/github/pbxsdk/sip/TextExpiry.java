package io.github.pbxsdk.sip;

import io.github.pbxsdk.sip.internal.wire.SipRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Until when a text is of use: so many seconds after its date (RFC 3428, 4). */
final class TextExpiry {

    static final String EXPIRES = "Expires";
    static final String DATE = "Date";

    private static final DateTimeFormatter WRITTEN =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC);

    private TextExpiry() {}

    /** Returns a moment as the header {@code Date} has it. */
    static String date(Instant moment) {
        return WRITTEN.format(moment);
    }

    /** Tells whether a text has come too late; one without a readable date never has. */
    static boolean isOver(SipRequest text, Instant now) {
        Optional<Long> seconds = text.seconds(EXPIRES);
        Optional<Instant> date = read(text.headers().find(DATE));
        return seconds.isPresent()
                && seconds.get() > 0
                && date.isPresent()
                && date.get().plusSeconds(seconds.get()).isBefore(now);
    }

    private static Optional<Instant> read(@Nullable String date) {
        if (date == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from));
        } catch (DateTimeException e) {
            // It says nothing then.
            return Optional.empty();
        }
    }
}
