package io.github.pbxsdk.freepbx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An extension to be created.
 *
 * <pre>{@code
 * NewExtension.of("1005", "Alice Example", "alice@example.com")
 *         .voicemail("4321")
 *         .build();
 * }</pre>
 *
 * <p>The PBX makes the SIP password itself; {@link Extensions#sipCredentials} reads it. Immutable.
 */
public final class NewExtension {

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,15}");

    private final String number;
    private final Map<String, Object> input;

    private NewExtension(String number, Map<String, Object> input) {
        this.number = number;
        this.input = input;
    }

    /**
     * Returns a builder.
     *
     * @param number digits only
     * @param email where the PBX sends mail about voicemail; FreePBX insists on one
     * @throws IllegalArgumentException if the number is none, or one of the others is blank
     */
    public static Builder of(String number, String name, String email) {
        return new Builder(checkedNumber(number), name, email);
    }

    static String checkedNumber(String number) {
        if (!NUMBER.matcher(number).matches()) {
            throw new IllegalArgumentException(
                    "the number of an extension has only digits, not \"" + number + "\"");
        }
        return number;
    }

    /** Returns the number. */
    public String number() {
        return number;
    }

    Map<String, Object> input() {
        return input;
    }

    /** Returns what is set and has no place in the input of a range. */
    List<String> onlyOneByOne() {
        List<String> settings = new ArrayList<>();
        if (!"1".equals(input.get("maxContacts"))) {
            settings.add("maxContacts(...)");
        }
        if (input.containsKey("umPassword")) {
            settings.add("userManagerUser(...)");
        }
        return settings;
    }

    @Override
    public String toString() {
        return "NewExtension[" + number + "]";
    }

    /** Collects what an extension is to have; not thread-safe. */
    public static final class Builder {

        private final String number;
        private final String name;
        private final String email;
        private String technology = "pjsip";
        private @Nullable String outboundCallerId;
        private @Nullable String emergencyCallerId;
        private int maxContacts = 1;
        private @Nullable String voicemailPin;
        private @Nullable String userPassword;

        private Builder(String number, String name, String email) {
            this.number = number;
            this.name = notBlank("name", name);
            this.email = notBlank("email", email);
        }

        private static String notBlank(String what, String value) {
            if (value.isBlank()) {
                throw new IllegalArgumentException("an extension needs a " + what);
            }
            return value;
        }

        /** Sets the kind of device; {@code pjsip} by default. */
        public Builder technology(String value) {
            this.technology = Objects.requireNonNull(value, "technology");
            return this;
        }

        /** Sets what others see on calls to the outside, such as {@code "Clinic" <5550100>}. */
        public Builder outboundCallerId(String value) {
            this.outboundCallerId = Objects.requireNonNull(value, "outboundCallerId");
            return this;
        }

        /** Sets what emergency services see. */
        public Builder emergencyCallerId(String value) {
            this.emergencyCallerId = Objects.requireNonNull(value, "emergencyCallerId");
            return this;
        }

        /**
         * Sets how many devices may be registered at a time; 1 by default.
         *
         * <p>With 1, a second device throws the first one off without a word to it: give 2 to a
         * person with a telephone and an app.
         *
         * @throws IllegalArgumentException if it is not from 1 to 100
         */
        public Builder maxContacts(int value) {
            if (value < 1 || value > 100) {
                throw new IllegalArgumentException("maxContacts is from 1 to 100, not " + value);
            }
            this.maxContacts = value;
            return this;
        }

        /** Gives it a mailbox with this PIN; none by default. */
        public Builder voicemail(String pin) {
            this.voicemailPin = Objects.requireNonNull(pin, "pin");
            return this;
        }

        /** Makes a User Manager user for it with this password, for UCP; none by default. */
        public Builder userManagerUser(String password) {
            this.userPassword = Objects.requireNonNull(password, "password");
            return this;
        }

        /** Returns the extension. */
        public NewExtension build() {
            Map<String, Object> input = new LinkedHashMap<>();
            input.put("extensionId", number);
            input.put("name", name);
            input.put("tech", technology);
            input.put("email", email);
            input.put("maxContacts", String.valueOf(maxContacts));
            put(input, "outboundCid", outboundCallerId);
            put(input, "emergencyCid", emergencyCallerId);
            // Both are on unless said otherwise, and then something else is missing.
            input.put("vmEnable", voicemailPin != null);
            put(input, "vmPassword", voicemailPin);
            input.put("umEnable", userPassword != null);
            put(input, "umPassword", userPassword);
            return new NewExtension(number, input);
        }

        private static void put(Map<String, Object> input, String name, @Nullable String value) {
            if (value != null) {
                input.put(name, value);
            }
        }
    }
}
