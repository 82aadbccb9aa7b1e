package io.github.pbxsdk.ami;

import io.github.pbxsdk.ami.event.AmiEvent;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The whole answer to an action: its lines and, for a list, the items that came after it.
 *
 * <p>Immutable.
 */
public final class AmiResponse {

    private static final String END_COMMAND = "--END COMMAND--";

    private final AmiFields fields;
    private final List<AmiEvent> items;
    private final @Nullable AmiEvent completion;

    private AmiResponse(AmiFields fields, List<AmiEvent> items, @Nullable AmiEvent completion) {
        this.fields = Objects.requireNonNull(fields, "fields");
        this.items = List.copyOf(items);
        this.completion = completion;
    }

    /** Returns an answer without a list. */
    static AmiResponse of(AmiFields fields) {
        return new AmiResponse(fields, List.of(), null);
    }

    /** Returns an answer with the list that followed it. */
    static AmiResponse ofList(
            AmiFields fields, List<? extends AmiEvent> items, @Nullable AmiEvent completion) {
        return new AmiResponse(fields, List.copyOf(items), completion);
    }

    /** Returns the lines of the answer. */
    public AmiFields fields() {
        return fields;
    }

    /** Tells whether the server did as asked: all but {@code Response: Error}. */
    public boolean isSuccess() {
        return !fields.is("Response", "Error");
    }

    /** Returns the server's own words, empty when it says none. */
    public String message() {
        return fields.text("Message");
    }

    /** Returns the id that tied the answer to its action. */
    public String actionId() {
        return fields.text("ActionID");
    }

    /**
     * Returns the lines that a command printed.
     *
     * <p>Servers from 14 on send them as {@code Output} lines, older ones and some appliances as
     * plain text; both are read.
     */
    public List<String> output() {
        if (!fields.is("Response", "Follows")) {
            return fields.all("Output");
        }
        return fields.all("").stream().filter(line -> !line.equals(END_COMMAND)).toList();
    }

    /** Returns the items of a list in the server's order; empty when the answer has no list. */
    public List<AmiEvent> items() {
        return items;
    }

    /** Returns those items of a list that are of one type. */
    public <E extends AmiEvent> List<E> items(Class<E> type) {
        return items.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Returns the event that ended the list, if the answer had one. */
    public Optional<AmiEvent> completion() {
        return Optional.ofNullable(completion);
    }

    /** Shows the names of the lines only: values can be secrets, numbers or texts of people. */
    @Override
    public String toString() {
        return "AmiResponse[" + fields + ", " + items.size() + " items]";
    }
}
