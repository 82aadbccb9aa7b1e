package io.github.pbxsdk.freepbx;

import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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
    private final Set<Loss> accepted;

    private IvrSettings(Builder builder) {
        this.name = builder.name;
        this.description = builder.description;
        this.announcement = builder.announcement;
        this.directDial = builder.directDial;
        this.timeout = builder.timeout;
        this.otherwise = builder.otherwise;
        this.keys = new LinkedHashMap<>(builder.keys);
        this.accepted = Set.copyOf(builder.accepted);
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

    Set<Loss> accepted() {
        return accepted;
    }

    @Override
    public String toString() {
        return "IvrSettings[" + name + "]";
    }

    /** What a change of a menu that is there takes away, and nobody can give back. */
    public enum Loss {
        /**
         * What the form of the web interface has and a menu here has not: how often a caller may
         * try, the recordings for wrong and missing keys, a destination of its own for callers who
         * dial nothing, return to voicemail and to the menu before, alert info, ring volume, strict
         * timeout. The form replaces all of a menu, and no list tells what these are, so it is
         * unknown whether there is anything to lose.
         */
        FORM_SETTINGS(
                "tries, recordings for wrong and missing keys, a timeout destination of its own,"
                        + " returns, alert info, ring volume and strict timeout fall back to what"
                        + " a new menu has");

        private final String words;

        Loss(String words) {
            this.words = words;
        }

        String words() {
            return name() + ": " + words;
        }
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
        private final Set<Loss> accepted = EnumSet.noneOf(Loss.class);

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

        /**
         * Accepts that these settings may be lost when a menu that is there is changed; none is by
         * default, and for a new menu none has to be.
         */
        public Builder acceptLoss(Loss... losses) {
            accepted.addAll(Set.of(losses));
            return this;
        }

        /** Returns the menu. */
        public IvrSettings build() {
            return new IvrSettings(this);
        }
    }
}
