package io.github.pbxsdk.sms;

import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.event.Listener;
import io.github.pbxsdk.core.internal.StorageKey;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.state.Batch;
import io.github.pbxsdk.core.state.StateChange;
import io.github.pbxsdk.core.state.StateConflictException;
import io.github.pbxsdk.core.state.StateEntry;
import io.github.pbxsdk.core.state.StateException;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.core.time.Time;
import io.github.pbxsdk.sms.event.DeliveryReportEvent;
import io.github.pbxsdk.sms.event.MessageReceivedEvent;
import io.github.pbxsdk.sms.event.OptOutEvent;
import io.github.pbxsdk.sms.event.SmsEvent;
import io.github.pbxsdk.sms.event.SmsOrigin;
import io.github.pbxsdk.sms.internal.webhook.Signatures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one door for what comes in: by webhook, by polling, or by both.
 *
 * <pre>{@code
 * SmsIntake intake = SmsIntake.builder()
 *         .store(store)
 *         .region("AU")
 *         .handler(event -> inbox.save(event))
 *         .build();
 * }</pre>
 *
 * <p>What has been handled is remembered by account and the provider's id, so a repeated webhook,
 * or a text that comes by webhook and by polling, is handled once. If the handler throws, or the
 * process ends, the event is handled when it comes again. Events without an id, as those of FreePBX
 * itself, are handled each time: two equal texts are two texts. Two ways for one number without an
 * id in common are therefore refused when they are built.
 *
 * <p>Thread-safe.
 */
public final class SmsIntake {

    private static final Logger log = LoggerFactory.getLogger(SmsIntake.class);

    static final String NAMESPACE = "sms.seen";
    private static final String HANDLED = "1 handled";

    /** The last text of a quiet number is in every list, and polling may pause for weeks. */
    private static final Duration POLLED = Duration.ofDays(30);

    private static final int LONGEST_KEY = 900;

    private final StateStore store;
    private final @Nullable PhoneNumbers phoneNumbers;
    private final SmsHandler handler;
    private final Duration retention;
    private final Time time;
    private final String reader;
    private final IntakeDoors doors = new IntakeDoors();

    /** Begins the marks of our claims, which another process or intake leaves alone. */
    private final String owner = "1 claimed " + UUID.randomUUID();

    private final Set<String> atWork = ConcurrentHashMap.newKeySet();

    /** What was told of last: polling comes to it each round. */
    private volatile String heldUp = "";

    private SmsIntake(Builder builder, StateStore store, SmsHandler handler) {
        this.store = store;
        this.phoneNumbers = builder.phoneNumbers;
        this.handler = handler;
        this.retention = builder.retention;
        this.time = builder.time;
        this.reader = builder.reader;
    }

    /** Returns a builder. */
    public static Builder builder() {
        return new Builder();
    }

    StateStore store() {
        return store;
    }

    /** Returns whose memory it is where several read the same texts; empty for an application's. */
    String reader() {
        return reader;
    }

    /**
     * Notes that texts come from somewhere without ids; a {@code SmsWebhook} does it for itself, a
     * door of your own should.
     *
     * @param numbers those of ours that it brings texts for; none stands for all
     * @throws IllegalStateException if another one without ids brings texts for one of them, or the
     *     same texts come with ids, too: each would be handled twice, and nobody could tell
     */
    public void addDoorWithoutIds(SmsOrigin origin, Collection<? extends Address> numbers) {
        doors.addWithoutIds(origin, numbers);
    }

    /**
     * Notes that texts come from somewhere with ids; polling and {@code FreePbxSms} do it for
     * themselves, a door of your own should.
     *
     * @throws IllegalStateException if the same texts come without ids, too
     */
    public void addDoorWithIds(SmsOrigin origin) {
        doors.addWithIds(origin);
    }

    /**
     * Has an event handled, unless it was; returns when the handler has.
     *
     * @throws PbxException if the handler failed with a checked exception, or the store fails
     * @throws RuntimeException what the handler throws
     */
    public Outcome accept(SmsEvent event) {
        return event.repetitionKey()
                .map(repetition -> acceptOnce(event, key(event, repetition)))
                .orElseGet(() -> handleEachTime(completed(event)));
    }

    private Outcome acceptOnce(SmsEvent event, String key) {
        return handled(key).isPresent()
                ? Outcome.SEEN
                : claimAndHandle(completed(event), key, retention);
    }

    /** Has an event of a list handled, which has a key for longer: it is in the next list, too. */
    Outcome acceptPolled(SmsEvent event, String repetition) {
        return hasSeen(event, repetition)
                ? Outcome.SEEN
                : claimAndHandle(completed(event), key(event, repetition), polledRetention());
    }

    /** Tells whether an event of a list was handled, and keeps in mind that it was. */
    boolean hasSeen(SmsEvent event, String repetition) {
        Optional<StateEntry> known = handled(key(event, repetition));
        known.ifPresent(this::keepInMind);
        return known.isPresent();
    }

    private Duration polledRetention() {
        return retention.compareTo(POLLED) > 0 ? retention : POLLED;
    }

    /** Not each time: a list is read every few seconds. */
    private void keepInMind(StateEntry entry) {
        Instant enough = time.now().plus(polledRetention().multipliedBy(9).dividedBy(10));
        if (entry.expiresAt().filter(enough::isAfter).isPresent()) {
            remember(entry);
        }
    }

    /** It was handled, whether that can be noted for longer or not; the next list tries again. */
    private void remember(StateEntry entry) {
        try {
            store.commit(noted(entry.key()).ifVersion(entry.version()));
        } catch (StateConflictException e) {
            log.debug("somebody else was faster: {}", e.getMessage());
        } catch (StateException e) {
            log.warn("{} can't be kept in mind for longer", entry.key(), e);
        }
    }

    /** Notes an event as handled by somebody else, unless a handler is at work on it again. */
    void giveUp(SmsEvent event, String repetition) {
        String key = key(event, repetition);
        Optional<StateEntry> leftOver = store.find(NAMESPACE, key).filter(this::isLeftOver);
        StateChange given = noted(key);
        try {
            store.commit(
                    leftOver.map(entry -> given.ifVersion(entry.version()))
                            .orElseGet(given::ifAbsent));
        } catch (StateConflictException e) {
            log.warn("{} was given up, and somebody handles it all the same", event);
        }
    }

    /** Tells whether it is a claim of ours that could not be given back. */
    private boolean isLeftOver(StateEntry entry) {
        return entry.text().startsWith(owner) && !atWork.contains(entry.text());
    }

    private StateChange noted(String key) {
        return StateChange.put(NAMESPACE, key, HANDLED).ttl(polledRetention());
    }

    static String digest(SmsEvent event) {
        StringBuilder all = new StringBuilder();
        event.raw()
                .list()
                .forEach(
                        field ->
                                all.append(StorageKey.join(field.name(), field.value()))
                                        .append('|'));
        return Signatures.hex(Signatures.sha256(Signatures.utf8(all.toString())));
    }

    private String key(SmsEvent event, String repetition) {
        String key = keyOf(event.origin(), reader) + "|" + StorageKey.join(repetition);
        return key.length() <= LONGEST_KEY
                ? key
                : "hash|" + Signatures.hex(Signatures.sha256(Signatures.utf8(key)));
    }

    /** Returns what begins the keys of a reader, or is one; that of the application has no name. */
    static String keyOf(SmsOrigin origin, String reader) {
        return reader.isEmpty()
                ? StorageKey.join(origin.provider(), origin.account())
                : StorageKey.join(reader, origin.provider(), origin.account());
    }

    private Outcome handleEachTime(SmsEvent event) {
        List<StateChange> changes = call(event);
        if (!changes.isEmpty()) {
            Batch.Builder batch = Batch.builder();
            changes.forEach(batch::add);
            store.commit(batch.build());
        }
        return Outcome.HANDLED;
    }

    private Outcome claimAndHandle(SmsEvent event, String key, Duration remembered) {
        KeptClaim claim = new KeptClaim(store, key, owner, time);
        atWork.add(claim.mark());
        try {
            return claim.take()
                    ? handleClaimed(event, claim, remembered)
                    : seenOrInProgress(event, key);
        } finally {
            atWork.remove(claim.mark());
        }
    }

    private Outcome seenOrInProgress(SmsEvent event, String key) {
        if (handled(key).isPresent()) {
            return Outcome.SEEN;
        }
        if (!key.equals(heldUp)) {
            heldUp = key;
            log.warn("{} has to come again: somebody handles it, or was killed doing so", event);
        }
        return Outcome.IN_PROGRESS;
    }

    private Outcome handleClaimed(SmsEvent event, KeptClaim claim, Duration remembered) {
        try {
            claim.become(HANDLED, remembered, call(event));
            return Outcome.HANDLED;
        } catch (Throwable e) {
            claim.release();
            throw e;
        }
    }

    private Optional<StateEntry> handled(String key) {
        return store.find(NAMESPACE, key).filter(entry -> entry.text().equals(HANDLED));
    }

    private List<StateChange> call(SmsEvent event) {
        List<StateChange> changes = new ArrayList<>();
        try {
            handler.handle(event, changes::add);
            return changes;
        } catch (RuntimeException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PbxException("the handler was interrupted", e, false);
        } catch (Exception e) {
            throw new PbxException("the handler failed: " + e.getMessage(), e, false);
        }
    }

    private SmsEvent completed(SmsEvent event) {
        if (event instanceof MessageReceivedEvent received) {
            return new MessageReceivedEvent(event.origin(), completed(received.message()));
        }
        if (event instanceof OptOutEvent optOut) {
            return optOut.with(completed(optOut.message()));
        }
        if (event instanceof DeliveryReportEvent report && report.to().isPresent()) {
            return report.toBuilder().to(resolved(report.to().get())).build();
        }
        return event;
    }

    private TextMessage completed(TextMessage message) {
        TextMessage.Builder completed =
                message.toBuilder().to(message.to().stream().map(this::resolved).toList());
        message.from().map(this::resolved).ifPresent(completed::from);
        if (message.receivedAt().isEmpty()) {
            completed.receivedAt(time.now());
        }
        return completed.build();
    }

    private Address resolved(Address address) {
        return phoneNumbers == null ? address : phoneNumbers.resolve(address);
    }

    /** What became of an event. */
    public enum Outcome {
        /** The handler has handled it now. */
        HANDLED,
        /** It had been handled before. */
        SEEN,
        /** Somebody else handles it at this moment: it should come again. */
        IN_PROGRESS
    }

    /** Collects the settings of {@link SmsIntake}; not thread-safe. */
    public static final class Builder {

        private @Nullable StateStore store;
        private @Nullable PhoneNumbers phoneNumbers;
        private @Nullable SmsHandler handler;
        private Duration retention = Duration.ofDays(3);
        private Time time = new JdkTime();
        private String reader = "";

        private Builder() {}

        /** Sets where it is remembered what was handled; needed, and not closed by anybody here. */
        public Builder store(StateStore value) {
            this.store = Objects.requireNonNull(value, "store");
            return this;
        }

        /**
         * Sets the country for numbers that come without their {@code +}; none by default.
         *
         * @throws IllegalArgumentException if it is not a country in two letters
         */
        public Builder region(String value) {
            this.phoneNumbers = PhoneNumbers.of(value);
            return this;
        }

        /**
         * Sets who handles events; this or {@link #committing} is needed.
         *
         * <p>It is called again for an event that it threw on, and for one that it was handling
         * when the process ended.
         */
        public Builder handler(Listener<? super SmsEvent> value) {
            Objects.requireNonNull(value, "handler");
            return committing((event, commit) -> value.onEvent(event));
        }

        /** Sets who handles events and stores what becomes of them in the same step. */
        public Builder committing(SmsHandler value) {
            this.handler = Objects.requireNonNull(value, "handler");
            return this;
        }

        /**
         * Sets for how long handled events are remembered; three days by default. What polling
         * brings is remembered for thirty days at least, and for as long as it is in the lists.
         */
        public Builder retention(Duration value) {
            this.retention = Objects.requireNonNull(value, "retention");
            return this;
        }

        /**
         * Sets the clock; the machine's by default. Its alarms have to ring: they renew the right
         * of a handler that takes long to go on alone.
         */
        public Builder time(Time value) {
            this.time = Objects.requireNonNull(value, "time");
            return this;
        }

        /** Has it remember apart from an application's intake that reads the same texts. */
        Builder reader(String name) {
            this.reader = name;
            return this;
        }

        /**
         * Returns the intake.
         *
         * @throws IllegalStateException if store or handler is missing
         */
        public SmsIntake build() {
            if (store == null || handler == null) {
                throw new IllegalStateException("set store(...) and handler(...) before build()");
            }
            return new SmsIntake(this, store, handler);
        }
    }
}
