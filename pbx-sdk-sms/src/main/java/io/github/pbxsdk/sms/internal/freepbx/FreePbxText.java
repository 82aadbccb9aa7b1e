package io.github.pbxsdk.sms.internal.freepbx;

import io.github.pbxsdk.core.RawFields;
import io.github.pbxsdk.core.internal.StorageKey;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.MessageId;
import io.github.pbxsdk.core.message.PhoneNumber;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the reports of the SMS module and its table have in common: names of fields, numbers without
 * their plus, and what tells a text from another.
 */
final class FreePbxText {

    private static final Pattern INTERNATIONAL = Pattern.compile("[1-9][0-9]{6,14}");
    private static final Pattern UNIX_SECONDS = Pattern.compile("[1-9][0-9]{0,10}");

    private FreePbxText() {}

    /** Returns the digits of an address: the module stores numbers without their plus. */
    static String digits(String address) {
        return address.replaceAll("[^0-9]", "");
    }

    static Address address(String text) {
        return INTERNATIONAL.matcher(text).matches()
                ? PhoneNumber.of("+" + text)
                : Address.parse(text);
    }

    /**
     * Returns the id of a text, the same for its report and its row.
     *
     * <p>The carrier's own, where there is one: when the carrier repeats itself, the module makes a
     * second row with a number of its own. With the recipient, for one carrier's id may stand for a
     * group.
     */
    static Optional<MessageId> id(RawFields fields) {
        Optional<String> carriers = text(fields, "emid");
        if (carriers.isPresent()) {
            String adaptor = text(fields, "adaptor").orElse("");
            String to = digits(text(fields, "to").orElse(""));
            return Optional.of(MessageId.of(StorageKey.join(adaptor, carriers.get(), to)));
        }
        return text(fields, "id").map(MessageId::of);
    }

    /** Returns when it came or went, which both tell in seconds. */
    static Optional<Instant> time(RawFields fields, String name) {
        return text(fields, name)
                .filter(value -> UNIX_SECONDS.matcher(value).matches())
                .map(value -> Instant.ofEpochSecond(Long.parseLong(value)));
    }

    static Optional<String> text(RawFields fields, String name) {
        return fields.find(name).filter(value -> !value.isBlank());
    }

    /** The road may change line ends and blanks at the ends. */
    static boolean isSameText(String one, String other) {
        return normalised(one).equals(normalised(other));
    }

    private static String normalised(String text) {
        return text.replaceAll("\\R", "\n").strip();
    }
}
