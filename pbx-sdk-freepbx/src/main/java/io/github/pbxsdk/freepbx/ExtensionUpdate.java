package io.github.pbxsdk.freepbx;

import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is to change of an extension; all else stays.
 *
 * <pre>{@code
 * ExtensionUpdate.of("1001")
 *         .name("Alice Married")
 *         .acceptLoss(Loss.DEVICE_SETTINGS, Loss.MESSAGE_CONTEXT, Loss.USER_MANAGER_USER)
 *         .build();
 * }</pre>
 *
 * <p>FreePBX can't change an extension over its API: it deletes it and makes it anew. Name, SIP
 * password, caller ids, the settings of the mailbox and follow-me are read before, given back, and
 * compared. What the API can't read or can't set back is a {@link Loss}, which has to be accepted
 * by name; until then the update is refused and nothing is sent. Immutable.
 */
public final class ExtensionUpdate {

    private final String number;
    private final @Nullable String name;
    private final @Nullable String email;
    private final @Nullable String outboundCallerId;
    private final @Nullable String emergencyCallerId;
    private final @Nullable String secret;
    private final @Nullable String voicemailPin;
    private final Set<Loss> accepted;

    private ExtensionUpdate(Builder builder) {
        this.number = builder.number;
        this.name = builder.name;
        this.email = builder.email;
        this.outboundCallerId = builder.outboundCallerId;
        this.emergencyCallerId = builder.emergencyCallerId;
        this.secret = builder.secret;
        this.voicemailPin = builder.voicemailPin;
        this.accepted = Set.copyOf(builder.accepted);
    }

    /**
     * Returns a builder.
     *
     * @throws IllegalArgumentException if the number is none
     */
    public static Builder of(String number) {
        return new Builder(NewExtension.checkedNumber(number));
    }

    String number() {
        return number;
    }

    @Nullable String name() {
        return name;
    }

    @Nullable String email() {
        return email;
    }

    @Nullable String outboundCallerId() {
        return outboundCallerId;
    }

    @Nullable String emergencyCallerId() {
        return emergencyCallerId;
    }

    @Nullable String secret() {
        return secret;
    }

    @Nullable String voicemailPin() {
        return voicemailPin;
    }

    Set<Loss> accepted() {
        return accepted;
    }

    @Override
    public String toString() {
        return "ExtensionUpdate[" + number + "]";
    }

    /** What an update over the API takes away, and nobody can give back. */
    public enum Loss {
        /**
         * The settings of the device in the tab Advanced: codecs, transport, NAT, encryption. The
         * API can neither read nor set them, so it is unknown whether there is anything to lose.
         */
        DEVICE_SETTINGS(
                "the settings of the device (codecs, transport, NAT) fall back to the defaults"),
        /**
         * The context that texts go to. Without it a text makes the other telephone ring, and is
         * lost. With a {@link TelephonySource} that can tell it is looked up, and there is no loss
         * when it is empty.
         */
        MESSAGE_CONTEXT("the context of texts is emptied, after which texts to it are lost"),
        /**
         * Ring time, call waiting, destinations when not answered and the prefixes of their caller
         * ids, recording rules: those that were changed.
         */
        USER_SETTINGS("settings of the user fall back to the defaults"),
        /** Follow-me, where this API application may not read or write it. */
        FOLLOW_ME("follow-me is dropped, and this API application can't set it back"),
        /**
         * The messages and greetings in the mailbox, wherever there is one: FreePBX deletes them,
         * and the API can't count them. What it can't read of the mailbox falls back too: whether
         * its own telephone has to give the PIN, options of one's own, VmX Locater, and a context
         * other than {@code default}.
         */
        VOICEMAIL_MESSAGES(
                "the voice messages and greetings of the mailbox are deleted, and those of its"
                        + " settings that the API can't set fall back to the defaults"),
        /**
         * The user of User Manager whose name is the number of the extension: FreePBX deletes it,
         * with its password, groups and settings. It is looked up over REST; where this API
         * application may not, it is unknown whether there is one.
         */
        USER_MANAGER_USER("the user of User Manager with the name of the extension is deleted");

        private final String words;

        Loss(String words) {
            this.words = words;
        }

        String words() {
            return name() + ": " + words;
        }
    }

    /** Collects what is to change; not thread-safe. */
    public static final class Builder {

        private final String number;
        private @Nullable String name;
        private @Nullable String email;
        private @Nullable String outboundCallerId;
        private @Nullable String emergencyCallerId;
        private @Nullable String secret;
        private @Nullable String voicemailPin;
        private final Set<Loss> accepted = EnumSet.noneOf(Loss.class);

        private Builder(String number) {
            this.number = number;
        }

        /** Sets another name. */
        public Builder name(String value) {
            if (value.isBlank()) {
                throw new IllegalArgumentException("the name of an extension is not blank");
            }
            this.name = value;
            return this;
        }

        /** Sets another address for mail. */
        public Builder email(String value) {
            this.email = Objects.requireNonNull(value, "email");
            return this;
        }

        /** Sets what others see on calls to the outside; an empty text for nothing special. */
        public Builder outboundCallerId(String value) {
            this.outboundCallerId = Objects.requireNonNull(value, "outboundCallerId");
            return this;
        }

        /** Sets what emergency services see; an empty text for nothing special. */
        public Builder emergencyCallerId(String value) {
            this.emergencyCallerId = Objects.requireNonNull(value, "emergencyCallerId");
            return this;
        }

        /** Sets another SIP password; the telephone has to get it, too. */
        public Builder sipSecret(String value) {
            if (value.isBlank()) {
                throw new IllegalArgumentException("the SIP password is not blank");
            }
            this.secret = value;
            return this;
        }

        /** Gives it a mailbox with this PIN, or its mailbox another PIN. */
        public Builder voicemail(String pin) {
            this.voicemailPin = Objects.requireNonNull(pin, "pin");
            return this;
        }

        /** Accepts that these settings may be lost; none is by default. */
        public Builder acceptLoss(Loss... losses) {
            accepted.addAll(Set.of(losses));
            return this;
        }

        /** Returns the update. */
        public ExtensionUpdate build() {
            return new ExtensionUpdate(this);
        }
    }
}
