package io.github.pbxsdk.ami.internal;

import io.github.pbxsdk.ami.AmiFields;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Reads values out of lines; what isn't there or makes no sense is empty, never an exception. */
public final class FieldValues {

    private static final DateTimeFormatter ISO =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss[.SSS]Z", Locale.ROOT);

    private FieldValues() {}

    public static OptionalInt integer(AmiFields fields, String name) {
        String text = fields.text(name);
        try {
            return text.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(text));
        } catch (NumberFormatException e) {
            // Empty is the documented answer; the text is in the fields.
            return OptionalInt.empty();
        }
    }

    public static OptionalLong number(AmiFields fields, String name) {
        String text = fields.text(name);
        try {
            return text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            // Empty is the documented answer; the text is in the fields.
            return OptionalLong.empty();
        }
    }

    public static OptionalDouble decimal(AmiFields fields, String name) {
        try {
            double value = Double.parseDouble(fields.text(name));
            return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
        } catch (NumberFormatException e) {
            // Empty is the documented answer; the text is in the fields.
            return OptionalDouble.empty();
        }
    }

    /** Understands the words that Asterisk uses for yes; all else is no. */
    public static boolean flag(AmiFields fields, String name) {
        return switch (fields.text(name)) {
            case "Yes", "yes", "YES", "1", "On", "on", "True", "true", "enabled", "Enabled" -> true;
            default -> false;
        };
    }

    public static Optional<Duration> seconds(AmiFields fields, String name) {
        OptionalLong seconds = number(fields, name);
        return seconds.isEmpty()
                ? Optional.empty()
                : Optional.of(Duration.ofSeconds(seconds.getAsLong()));
    }

    public static Optional<Duration> millis(AmiFields fields, String name) {
        OptionalLong millis = number(fields, name);
        return millis.isEmpty()
                ? Optional.empty()
                : Optional.of(Duration.ofMillis(millis.getAsLong()));
    }

    public static Optional<Duration> micros(AmiFields fields, String name) {
        OptionalLong micros = number(fields, name);
        return micros.isEmpty()
                ? Optional.empty()
                : Optional.of(Duration.of(micros.getAsLong(), ChronoUnit.MICROS));
    }

    public static Optional<Duration> decimalSeconds(AmiFields fields, String name) {
        OptionalDouble seconds = decimal(fields, name);
        return seconds.isEmpty()
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(Math.round(seconds.getAsDouble() * 1e9)));
    }

    /** Reads {@code hh:mm:ss}, with as many hours as there are. */
    public static Optional<Duration> clock(AmiFields fields, String name) {
        String[] parts = fields.text(name).split(":", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    Duration.ofHours(Integer.parseInt(parts[0]))
                            .plusMinutes(Integer.parseInt(parts[1]))
                            .plusSeconds(Integer.parseInt(parts[2])));
        } catch (NumberFormatException e) {
            // Empty is the documented answer; the text is in the fields.
            return Optional.empty();
        }
    }

    /** Reads seconds since 1970, with or without a fraction; zero means never. */
    public static Optional<Instant> instant(AmiFields fields, String name) {
        String text = fields.text(name);
        int point = text.indexOf('.');
        try {
            long seconds = Long.parseLong(point < 0 ? text : text.substring(0, point));
            long nanos = point < 0 ? 0 : nanos(text.substring(point + 1));
            return seconds == 0
                    ? Optional.empty()
                    : Optional.of(Instant.ofEpochSecond(seconds, nanos));
        } catch (NumberFormatException | DateTimeException e) {
            // Empty is the documented answer; the text is in the fields.
            return Optional.empty();
        }
    }

    /** Reads {@code 2026-11-21T00:05:40.373+0000}. */
    public static Optional<Instant> isoInstant(AmiFields fields, String name) {
        try {
            return Optional.of(ISO.parse(fields.text(name), Instant::from));
        } catch (DateTimeException e) {
            // Empty is the documented answer; the text is in the fields.
            return Optional.empty();
        }
    }

    private static long nanos(String fraction) {
        return Long.parseLong((fraction + "000000000").substring(0, 9));
    }

    /** Reads {@code NAME=value} lines, also when the header has a channel's name in brackets. */
    public static Map<String, String> variables(AmiFields fields, String header) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (AmiFields.Field field : fields) {
            if (isVariable(field.name(), header)) {
                int equals = field.value().indexOf('=');
                variables.put(
                        equals < 0 ? field.value() : field.value().substring(0, equals),
                        equals < 0 ? "" : field.value().substring(equals + 1));
            }
        }
        return Collections.unmodifiableMap(variables);
    }

    private static boolean isVariable(String name, String header) {
        return name.regionMatches(true, 0, header, 0, header.length())
                && (name.length() == header.length() || name.charAt(header.length()) == '(');
    }
}
