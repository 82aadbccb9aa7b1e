package io.github.pbxsdk.freepbx;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A whole inbound route, to be created or put in the place of one that is there.
 *
 * <pre>{@code
 * InboundRouteSettings.of("15550001234", Destination.ringGroup("600"))
 *         .description("Main number")
 *         .build();
 * }</pre>
 *
 * <p>Immutable.
 */
public final class InboundRouteSettings {

    private static final Pattern NUMBER = Pattern.compile("[^/,\\s]*");

    private final Map<String, Object> input;

    private InboundRouteSettings(Map<String, Object> input) {
        this.input = input;
    }

    /**
     * Returns a builder.
     *
     * @param did the number that is called, as the trunk tells it; an empty text for any
     */
    public static Builder of(String did, Destination destination) {
        return new Builder(did, destination);
    }

    static String checkedNumber(String number) {
        if (!NUMBER.matcher(number).matches()) {
            throw new IllegalArgumentException(
                    "the number of a route holds no blank, comma or slash: \"" + number + "\"");
        }
        return number;
    }

    String did() {
        return String.valueOf(input.get("extension"));
    }

    String callerNumber() {
        return String.valueOf(input.get("cidnum"));
    }

    Map<String, Object> input() {
        return input;
    }

    @Override
    public String toString() {
        return "InboundRouteSettings[" + did() + "]";
    }

    /** Collects what a route is to have; not thread-safe. */
    public static final class Builder {

        private final Map<String, Object> input = new LinkedHashMap<>();

        private Builder(String did, Destination destination) {
            input.put("extension", checkedNumber(did));
            input.put("cidnum", "");
            input.put("destination", destination.text());
        }

        /** Holds for this caller only; for all by default. */
        public Builder callerNumber(String value) {
            input.put("cidnum", checkedNumber(value));
            return this;
        }

        /** Sets what it is called; nothing by default. */
        public Builder description(String value) {
            input.put("description", Objects.requireNonNull(value, "description"));
            return this;
        }

        /** Sets what is put before the name of the caller, to tell lines apart. */
        public Builder callerNamePrefix(String value) {
            input.put("grppre", Objects.requireNonNull(value, "callerNamePrefix"));
            return this;
        }

        /** Sets the ring tone of telephones that know {@code Alert-Info}. */
        public Builder alertInfo(String value) {
            input.put("alertinfo", Objects.requireNonNull(value, "alertInfo"));
            return this;
        }

        /** Sets the music while the caller waits; {@code default} by default. */
        public Builder musicClass(String value) {
            input.put("mohclass", Objects.requireNonNull(value, "musicClass"));
            return this;
        }

        /** Asks callers without a number to give one. */
        public Builder privacyManager(boolean value) {
            input.put("privacyman", value);
            return this;
        }

        /** Returns the route. */
        public InboundRouteSettings build() {
            return new InboundRouteSettings(Map.copyOf(input));
        }
    }
}
