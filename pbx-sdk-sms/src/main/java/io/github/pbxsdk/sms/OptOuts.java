package io.github.pbxsdk.sms;

import io.github.pbxsdk.core.internal.StorageKey;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.state.StateChange;
import io.github.pbxsdk.core.state.StateConflictException;
import io.github.pbxsdk.core.state.StateEntry;
import io.github.pbxsdk.core.state.StateException;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.core.time.Time;
import io.github.pbxsdk.sms.event.MessageReceivedEvent;
import io.github.pbxsdk.sms.event.OptOutEvent;
import io.github.pbxsdk.sms.event.OptOutEvent.Wish;
import io.github.pbxsdk.sms.event.SmsEvent;
import io.github.pbxsdk.sms.internal.json.StoredJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Who wants no texts from us.
 *
 * <pre>{@code
 * OptOuts optOuts = OptOuts.builder().store(store).build();
 * SmsClient sms = SmsClient.builder().provider(provider).optOuts(optOuts).build();
 * SmsIntake intake = SmsIntake.builder()
 *         .store(store)
 *         .handler(event -> {
 *             if (optOuts.note(event).isEmpty()) {
 *                 inbox.save(event);
 *             }
 *         })
 *         .build();
 * }</pre>
 *
 * <p>A client that is given the list asks it before each text, and adds whom its provider refuses
 * for that reason: for the number that the text went from, if the list is kept per number and that
 * is known, otherwise for all of ours. The list holds by the time of the wish: a text that comes
 * late or twice changes nothing. It is kept until somebody changes his mind.
 *
 * <p>Thread-safe.
 */
public final class OptOuts {

    private static final String NAMESPACE = "sms.optout";
    private static final String ALL_OURS = "*";

    private final StateStore store;
    private final String list;
    private final boolean perNumber;
    private final OptOutKeywords keywords;
    private final @Nullable Time time;

    private OptOuts(Builder builder, StateStore store) {
        this.store = store;
        this.list = builder.list;
        this.perNumber = builder.perNumber;
        this.keywords = builder.keywords;
        this.time = builder.time;
    }

    /** Returns a builder. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Notes what an event says about somebody's wish.
     *
     * @return the wish; empty for all other events, which are yours to handle
     * @throws StateException if the store fails; the event should come again
     */
    public Optional<Wish> note(SmsEvent event) {
        return note(event, keywords);
    }

    /**
     * Notes what an event says, by the words that count in its conversation.
     *
     * <p>A word that wants texts again, such as {@code YES}, is an answer like any other unless its
     * sender had opted out.
     */
    public Optional<Wish> note(SmsEvent event, OptOutKeywords words) {
        if (event instanceof OptOutEvent said) {
            note(said.message(), said.wish());
            return Optional.of(said.wish());
        }
        if (!(event instanceof MessageReceivedEvent received)) {
            return Optional.empty();
        }
        TextMessage text = received.message();
        Optional<Wish> wish =
                words.find(text.text()).filter(found -> found != Wish.START || isUnwanted(text));
        wish.ifPresent(found -> note(text, found));
        return wish;
    }

    private boolean isUnwanted(TextMessage received) {
        return received.from().filter(person -> isOptedOut(ours(received), person)).isPresent();
    }

    private void note(TextMessage received, Wish wish) {
        if (wish != Wish.HELP && received.from().isPresent()) {
            Instant at = received.sentAt().or(received::receivedAt).orElseGet(this::now);
            set(ours(received), received.from().get(), wish, at);
        }
    }

    private static @Nullable Address ours(TextMessage received) {
        return received.to().isEmpty() ? null : received.to().get(0);
    }

    /** Adds somebody, for all of our numbers. */
    public void add(Address person) {
        add(null, person);
    }

    /** Adds somebody for one of our numbers, or for all of them if it isn't known which. */
    void add(@Nullable Address ours, Address person) {
        set(ours, person, Wish.STOP, now());
    }

    /** Takes somebody off the list, for all of our numbers. */
    public void remove(Address person) {
        for (Address ours : sendersRefusedBy(person)) {
            set(ours, person, Wish.START, now());
        }
        set(null, person, Wish.START, now());
    }

    private List<Address> sendersRefusedBy(Address person) {
        return entries().stream()
                .filter(entry -> entry.person().equals(person))
                .map(Entry::ours)
                .flatMap(Optional::stream)
                .toList();
    }

    /** Tells whether somebody wants no texts from one of our numbers, whichever that is. */
    public boolean isOptedOut(Address person) {
        return isOptedOut(null, person);
    }

    /**
     * Tells whether somebody wants no texts from one of our numbers.
     *
     * @param ours the number, or null if it isn't known which one will be used: then it is enough
     *     that he stopped any of them
     */
    public boolean isOptedOut(@Nullable Address ours, Address person) {
        boolean anyOfOurs = ours == null && perNumber;
        return hasStopped(ours, person)
                || (anyOfOurs && numbers().stream().anyMatch(each -> hasStopped(each, person)));
    }

    /** Of what he said about this number, and about all of them, the later counts. */
    private boolean hasStopped(@Nullable Address ours, Address person) {
        Set<String> keys = new TreeSet<>(List.of(key(null, person), key(ours, person)));
        return store.findAll(NAMESPACE, keys).values().stream()
                .map(Note::of)
                .reduce((first, second) -> second.at().isAfter(first.at()) ? second : first)
                .filter(latest -> latest.wish() == Wish.STOP)
                .isPresent();
    }

    /**
     * Returns those who want no texts, from any or from one of our numbers. Reads the whole list.
     */
    public List<Address> list() {
        return entries().stream()
                .filter(entry -> hasStopped(entry.ours().orElse(null), entry.person()))
                .map(Entry::person)
                .distinct()
                .toList();
    }

    /** Returns those of our numbers about which there are wishes; reads one entry of each. */
    private List<Address> numbers() {
        List<Address> numbers = new ArrayList<>();
        String prefix = prefix();
        Optional<StateEntry> next = after(prefix);
        while (next.isPresent()) {
            String key = next.get().key();
            Entry.ofKey(key.substring(prefix.length())).ours().ifPresent(numbers::add);
            // The character that follows the separator: behind all other entries of the number.
            next = after(key.substring(0, key.indexOf('|', prefix.length())) + '}');
        }
        return numbers;
    }

    private Optional<StateEntry> after(String key) {
        return store.scan(NAMESPACE, key, 1).stream()
                .filter(entry -> entry.key().startsWith(prefix()))
                .findFirst();
    }

    private String prefix() {
        return StorageKey.join(list) + "|";
    }

    private List<Entry> entries() {
        String prefix = prefix();
        try (var stored = store.stream(NAMESPACE)) {
            return stored.filter(entry -> entry.key().startsWith(prefix))
                    .map(entry -> Entry.ofKey(entry.key().substring(prefix.length())))
                    .toList();
        }
    }

    private void set(@Nullable Address ours, Address person, Wish wish, Instant at) {
        String key = key(ours, person);
        while (true) {
            Optional<StateEntry> before = store.find(NAMESPACE, key);
            if (before.map(Note::of).filter(note -> note.at().isAfter(at)).isPresent()) {
                return;
            }
            StateChange change = StateChange.put(NAMESPACE, key, new Note(wish, at).toString());
            try {
                store.commit(
                        before.map(entry -> change.ifVersion(entry.version()))
                                .orElseGet(change::ifAbsent));
                return;
            } catch (StateConflictException e) {
                // Somebody else noted something about this person: compare with that.
            }
        }
    }

    private String key(@Nullable Address ours, Address person) {
        String number = ours == null || !perNumber ? ALL_OURS : ours.key();
        return StorageKey.join(list, number, person.key());
    }

    private Instant now() {
        return time == null ? Instant.now() : time.now();
    }

    @Override
    public String toString() {
        return "OptOuts[" + list + "]";
    }

    /** What was noted about somebody, in a form that is read for ever: {@code 1 STOP 2026-…}. */
    private record Note(Wish wish, Instant at) {

        static Note of(StateEntry entry) {
            String[] words = entry.text().split(" ", -1);
            if (words.length != 3 || !words[0].equals("1")) {
                throw new StateException(
                        "the list of opt-outs was written by a newer version of pbx-sdk; update");
            }
            return StoredJson.undamaged(
                    "the list of opt-outs",
                    () -> new Note(Wish.valueOf(words[1]), Instant.parse(words[2])));
        }

        @Override
        public String toString() {
            return "1 " + wish + " " + at;
        }
    }

    /** Whose wish an entry holds, and about which of our numbers. */
    private record Entry(Optional<Address> ours, Address person) {

        static Entry ofKey(String key) {
            String[] parts = key.split("\\|", -1);
            Optional<Address> ours =
                    parts[0].equals(ALL_OURS)
                            ? Optional.empty()
                            : Optional.of(Address.ofKey(StorageKey.unescape(parts[0])));
            return new Entry(ours, Address.ofKey(StorageKey.unescape(parts[1])));
        }
    }

    /** Collects the settings of {@link OptOuts}; not thread-safe. */
    public static final class Builder {

        private @Nullable StateStore store;
        private String list = "default";
        private boolean perNumber;
        private OptOutKeywords keywords = OptOutKeywords.standard();
        private @Nullable Time time;

        private Builder() {}

        /** Sets where the list is kept; needed, and not closed by anybody here. */
        public Builder store(StateStore value) {
            this.store = Objects.requireNonNull(value, "store");
            return this;
        }

        /** Sets the name of the list, where one store holds several, such as one for a tenant. */
        public Builder list(String value) {
            this.list = Objects.requireNonNull(value, "list");
            return this;
        }

        /**
         * Keeps a wish apart for each of our numbers; by default who stops one of them has stopped
         * all.
         *
         * <p>Where the provider chooses the number, such as a messaging service, one that somebody
         * stopped could be chosen: then he gets nothing.
         */
        public Builder perNumber() {
            this.perNumber = true;
            return this;
        }

        /** Sets the words that count; {@link OptOutKeywords#standard()} by default. */
        public Builder keywords(OptOutKeywords value) {
            this.keywords = Objects.requireNonNull(value, "keywords");
            return this;
        }

        /** Sets the clock for wishes without a time; the machine's by default. */
        public Builder time(Time value) {
            this.time = Objects.requireNonNull(value, "time");
            return this;
        }

        /**
         * Returns the list.
         *
         * @throws IllegalStateException if there is no store
         */
        public OptOuts build() {
            if (store == null) {
                throw new IllegalStateException("set store(...) before build()");
            }
            return new OptOuts(this, store);
        }
    }
}
