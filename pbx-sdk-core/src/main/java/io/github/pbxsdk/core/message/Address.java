package io.github.pbxsdk.core.message;

import io.github.pbxsdk.core.internal.StorageKey;
import java.util.Objects;

/**
 * Who sends or receives a text, with its kind: a number is never taken for an extension, nor an
 * extension for a number.
 *
 * <pre>{@code
 * Address patient = Address.phone("+61491570156");
 * Address reception = Address.extension("102");
 * Address clinic = Address.senderName("MyClinic");
 * }</pre>
 *
 * <p>A bare run of digits such as {@code 102} or {@code 0491570156} says nothing about its kind: an
 * extension, a short code, a national number? Nothing here guesses. The caller says what it is, or
 * has the {@code PhoneNumbers} of {@code pbx-sdk-sms} read it for a country.
 *
 * <p>Two addresses are equal when texts from them belong to the same conversation: sender names
 * regardless of case, SIP URIs regardless of their parameters. {@link #text()} keeps what was
 * given. Immutable.
 */
public abstract sealed class Address
        permits PhoneNumber, ShortCode, SenderName, ExtensionNumber, SipUri, UnparsedAddress {

    /** Only the kinds of this package exist. */
    Address() {}

    /**
     * Returns the address of a phone number.
     *
     * @throws IllegalArgumentException if it is not in E.164 form; see {@link PhoneNumber#of}
     */
    public static PhoneNumber phone(String e164) {
        return PhoneNumber.of(e164);
    }

    /**
     * Returns the address of a short code whose country nobody told.
     *
     * @throws IllegalArgumentException if it is not 3 to 8 digits
     */
    public static ShortCode shortCode(String digits) {
        return ShortCode.of(digits);
    }

    /**
     * Returns a name to send under.
     *
     * @throws IllegalArgumentException if it is not a sender name; see {@link SenderName#of}
     */
    public static SenderName senderName(String name) {
        return SenderName.of(name);
    }

    /**
     * Returns the address of an extension of the PBX, such as {@code 102}.
     *
     * @throws IllegalArgumentException if it is not an extension; see {@link ExtensionNumber#of}
     */
    public static ExtensionNumber extension(String number) {
        return ExtensionNumber.of(number);
    }

    /**
     * Returns the address of a SIP URI, such as {@code sip:102@pbx.example.com}.
     *
     * @throws IllegalArgumentException if it is not a SIP URI; see {@link SipUri#of}
     */
    public static SipUri sip(String uri) {
        return SipUri.of(uri);
    }

    /** Returns an address that is kept as it came, because nobody can tell what it is. */
    public static UnparsedAddress unparsed(String text) {
        return new UnparsedAddress(text);
    }

    /**
     * Reads a text that says by itself what it is, and never fails.
     *
     * <p>E.164 with its {@code +} is a phone number, {@code sip:} and {@code sips:} begin a SIP
     * URI, and all else stays unparsed.
     */
    public static Address parse(String text) {
        return PhoneNumber.find(text)
                .<Address>map(number -> number)
                .or(() -> SipUri.find(text))
                .orElseGet(() -> unparsed(text));
    }

    /**
     * Returns the address with this {@link #key()}, equal to the one that gave it.
     *
     * @throws IllegalArgumentException if no address has this key
     */
    public static Address ofKey(String key) {
        int colon = key.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("the key of an address starts with its kind");
        }
        String identity = StorageKey.unescape(key.substring(colon + 1));
        return switch (Kind.labelled(key.substring(0, colon))) {
            case PHONE_NUMBER -> PhoneNumber.of(identity);
            case SHORT_CODE -> ShortCode.ofIdentity(identity);
            case SENDER_NAME -> SenderName.of(identity);
            case EXTENSION -> ExtensionNumber.of(identity);
            case SIP_URI -> SipUri.of(identity);
            case UNPARSED -> unparsed(identity);
        };
    }

    /** Returns which kind of address it is. */
    public abstract Kind kind();

    /** Returns the address as it is written, in full. */
    public abstract String text();

    /** Returns a shortened form for logs and failures that does not give a person away. */
    public abstract String masked();

    /** Returns what makes two addresses of one kind equal. */
    abstract String identity();

    /**
     * Returns a key for storage: the same for equal addresses, different for all others.
     *
     * <p>It is printable ASCII without blanks and without {@code |}, so keys can be joined with
     * that. Its form never changes; {@link #ofKey} takes it back. It holds the whole address: treat
     * it as personal data.
     */
    public final String key() {
        return kind().label + ":" + StorageKey.escape(identity());
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof Address that
                && kind() == that.kind()
                && identity().equals(that.identity());
    }

    @Override
    public final int hashCode() {
        return Objects.hash(kind(), identity());
    }

    /** Returns {@link #text()}; logs should hold {@link #masked()} instead. */
    @Override
    public final String toString() {
        return text();
    }

    /** What an address is. */
    public enum Kind {
        /** A number in E.164 form, the same all over the world. */
        PHONE_NUMBER("phone"),
        /** A few digits that a carrier has given a meaning within one country. */
        SHORT_CODE("short"),
        /** A name in place of a number; nobody can answer it. */
        SENDER_NAME("name"),
        /** A device or user of the PBX. */
        EXTENSION("extension"),
        /** An address in SIP. */
        SIP_URI("sip"),
        /** Whatever the peer wrote, kept as it is. */
        UNPARSED("text");

        /** Stands in stored keys: never to be changed. */
        private final String label;

        Kind(String label) {
            this.label = label;
        }

        private static Kind labelled(String label) {
            for (Kind kind : values()) {
                if (kind.label.equals(label)) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("no kind of address has the label " + label);
        }
    }
}
