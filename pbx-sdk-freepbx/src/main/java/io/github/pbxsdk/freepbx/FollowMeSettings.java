package io.github.pbxsdk.freepbx;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the follow-me of an extension is to be; what is not said stays as it is.
 *
 * <p>Immutable.
 */
public final class FollowMeSettings {

    private final String extension;
    private final Map<String, Object> input;

    private FollowMeSettings(String extension, Map<String, Object> input) {
        this.extension = extension;
        this.input = input;
    }

    /** Returns a builder. */
    public static Builder of(String extension) {
        return new Builder(NewExtension.checkedNumber(extension));
    }

    String extension() {
        return extension;
    }

    Map<String, Object> input() {
        return input;
    }

    @Override
    public String toString() {
        return "FollowMeSettings[" + extension + "]";
    }

    /** Collects what a follow-me is to be; not thread-safe. */
    public static final class Builder {

        private final String extension;
        private final Map<String, Object> input = new LinkedHashMap<>();

        private Builder(String extension) {
            this.extension = extension;
            input.put("extensionId", extension);
            input.put("enabled", true);
        }

        /** Turns it on or off; on by default. */
        public Builder enabled(boolean value) {
            input.put("enabled", value);
            return this;
        }

        /** Sets who rings; a number outside of the PBX ends with {@code #}. */
        public Builder numbers(List<String> values) {
            if (values.isEmpty() || !values.stream().allMatch(n -> n.matches("[0-9*+]{1,20}#?"))) {
                throw new IllegalArgumentException(
                        "follow-me rings numbers, with # behind those that are outside");
            }
            input.put("followMeList", String.join("-", values));
            return this;
        }

        /** Sets for how long the extension itself rings first, in whole seconds. */
        public Builder initialRingTime(Duration value) {
            input.put("initialRingTime", seconds(value));
            return this;
        }

        /** Sets for how long the numbers ring, in whole seconds. */
        public Builder ringTime(Duration value) {
            input.put("ringTime", seconds(value));
            return this;
        }

        private static int seconds(Duration value) {
            if (value.isNegative() || value.toSeconds() > 60) {
                throw new IllegalArgumentException("follow-me rings for 0 to 60 seconds: " + value);
            }
            return (int) value.toSeconds();
        }

        /** Returns the settings. */
        public FollowMeSettings build() {
            return new FollowMeSettings(extension, Map.copyOf(input));
        }
    }
}
