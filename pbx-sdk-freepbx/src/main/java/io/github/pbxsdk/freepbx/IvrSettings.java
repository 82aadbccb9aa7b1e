package io.github.pbxsdk.freepbx;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A whole menu, to be created or put in the place of one that is there.
 *
 * <pre>{@code
 * IvrSettings.of("Night menu")
 *         .announcement(1)
 *         .key("1", Destination.extension("1001"))
 *         .otherwise(Destination.hangup())
 *         .build();
 * }</pre>
 *
 * <p>Immutable.
 */
public final class IvrSettings {

    private static final Pattern KEY = Pattern.compile("[0-9*#]{1,10}|t|i");

    private final String name;
    private final String description;
    private final int announcement;
    private final boolean directDial;
    private final Duration timeout;
    private final Destination otherwise;
    private final Map<String, Destination> keys;

    private IvrSettings(Builder builder) {
        this.name = builder.name;
        this.description = builder.description;
        this.announcement = builder.announcement;
        this.directDial = builder.directDial;
        this.timeout = builder.timeout;
        this.otherwise = builder.otherwise;
        this.keys = new LinkedHashMap<>(builder.keys);
    }

    /**
     * Returns a builder.
     *
     * @throws IllegalArgumentException if the name is blank
     */
    public static Builder of(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a menu has a name");
        }
        return new Builder(name);
    }

    String name() {
        return name;
    }

    String description() {
        return description;
    }

    int announcement() {
        return announcement;
    }

    boolean directDial() {
        return directDial;
    }

    Duration timeout() {
        return timeout;
    }

    Destination otherwise() {
        return otherwise;
    }

    Map<String, Destination> keys() {
        return keys;
    }

    @Override
    public String toString() {
        return "IvrSettings[" + name + "]";
    }

    /** Collects what a menu is to have; not thread-safe. */
    public static final class Builder {

        private final String name;
        private String description = "";
        private int announcement;
        private boolean directDial;
        private Duration timeout = Duration.ofSeconds(10);
        private Destination otherwise = Destination.hangup();
        private final Map<String, Destination> keys = new LinkedHashMap<>();

        private Builder(String name) {
            this.name = name;
        }

        /** Sets what it is for, in words. */
        public Builder description(String value) {
            this.description = Objects.requireNonNull(value, "description");
            return this;
        }

        /** Sets the {@linkplain Prompt#id() number of the prompt} that tells the keys; none yet. */
        public Builder announcement(int promptId) {
            this.announcement = promptId;
            return this;
        }

        /** Lets callers dial extensions; not by default. */
        public Builder directDial(boolean value) {
            this.directDial = value;
            return this;
        }

        /** Sets how long to wait for a key, in whole seconds; 10 by default. */
        public Builder timeout(Duration value) {
            if (value.toSeconds() < 1 || value.toSeconds() > 60) {
                throw new IllegalArgumentException("a menu waits 1 to 60 seconds, not " + value);
            }
            this.timeout = value;
            return this;
        }

        /** Sets where a key leads. */
        public Builder key(String key, Destination destination) {
            if (!KEY.matcher(key).matches()) {
                throw new IllegalArgumentException("not what can be dialled: \"" + key + "\"");
            }
            keys.put(key, Objects.requireNonNull(destination, "destination"));
            return this;
        }

        /** Sets where callers go who dial nothing or something wrong; the call ends by default. */
        public Builder otherwise(Destination value) {
            this.otherwise = Objects.requireNonNull(value, "otherwise");
            return this;
        }

        /** Returns the menu. */
        public IvrSettings build() {
            return new IvrSettings(this);
        }
    }
}
