package io.github.pbxsdk.freepbx;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What a ring group is to have, whether it is new or there already; what is not said stays as it
 * is.
 *
 * <pre>{@code
 * RingGroupSettings.of("600")
 *         .description("Reception")
 *         .members(List.of("1001", "1002"))
 *         .strategy(RingStrategy.RING_ALL)
 *         .build();
 * }</pre>
 *
 * <p>Immutable.
 */
public final class RingGroupSettings {

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,15}");
    private static final Pattern MEMBER = Pattern.compile("[0-9*+]{1,20}#?");
    private static final int LONGEST_RING_SECONDS = 300;

    private final String number;
    private final Map<String, Object> input;

    private RingGroupSettings(String number, Map<String, Object> input) {
        this.number = number;
        this.input = input;
    }

    /** Returns a builder. */
    public static Builder of(String number) {
        return new Builder(checkedNumber(number));
    }

    static String checkedNumber(String number) {
        if (!NUMBER.matcher(number).matches()) {
            throw new IllegalArgumentException(
                    "the number of a ring group has only digits, not \"" + number + "\"");
        }
        return number;
    }

    String number() {
        return number;
    }

    Map<String, Object> input() {
        return input;
    }

    @Override
    public String toString() {
        return "RingGroupSettings[" + number + "]";
    }

    /** Collects what a ring group is to have; not thread-safe. */
    public static final class Builder {

        private final String number;
        private final Map<String, Object> input = new LinkedHashMap<>();

        private Builder(String number) {
            this.number = number;
            input.put("groupNumber", number);
        }

        /** Sets what it is called. */
        public Builder description(String value) {
            input.put("description", Objects.requireNonNull(value, "description"));
            return this;
        }

        /**
         * Sets who rings; a number outside of the PBX ends with {@code #}.
         *
         * <p>FreePBX stores extensions that don't exist without a word.
         *
         * @throws IllegalArgumentException if there is none, or one is no number
         */
        public Builder members(List<String> values) {
            if (values.isEmpty()) {
                throw new IllegalArgumentException("a ring group has a member");
            }
            for (String member : values) {
                if (!MEMBER.matcher(member).matches()) {
                    throw new IllegalArgumentException(
                            "a member is a number, with # behind it if it is outside: \""
                                    + member
                                    + "\"");
                }
            }
            input.put("extensionList", String.join("-", values));
            return this;
        }

        /** Sets in what order they ring. */
        public Builder strategy(RingStrategy value) {
            input.put("strategy", value.sent());
            return this;
        }

        /**
         * Sets for how long they ring, in whole seconds.
         *
         * @throws IllegalArgumentException if it is not from 1 to 300 seconds
         */
        public Builder ringTime(Duration value) {
            long seconds = value.toSeconds();
            if (seconds < 1 || seconds > LONGEST_RING_SECONDS) {
                throw new IllegalArgumentException(
                        "a ring group rings for 1 to 300 seconds, not " + value);
            }
            input.put("ringTime", String.valueOf(seconds));
            return this;
        }

        /** Sets where calls go that nobody takes. */
        public Builder whenUnanswered(Destination value) {
            input.put("postAnswer", value.text());
            return this;
        }

        /** Sets what is put before the name of the caller. */
        public Builder callerNamePrefix(String value) {
            input.put("groupPrefix", Objects.requireNonNull(value, "callerNamePrefix"));
            return this;
        }

        /** Returns the settings. */
        public RingGroupSettings build() {
            return new RingGroupSettings(number, Map.copyOf(input));
        }
    }
}
