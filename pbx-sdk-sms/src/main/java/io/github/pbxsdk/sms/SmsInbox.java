package io.github.pbxsdk.sms;

import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.event.Subscription;
import io.github.pbxsdk.core.internal.Futures;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.sms.event.MessageReceivedEvent;
import io.github.pbxsdk.sms.event.SmsEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The received texts as a screen shows them: one object with the list, the number of unread ones,
 * and a listener for changes.
 *
 * <pre>{@code
 * SmsInbox inbox = sms.inbox();
 * inbox.subscribe(changed -> screen.show(changed.messages(), changed.unread()));
 * inbox.startPolling(Duration.ofSeconds(30));
 * }</pre>
 *
 * <p>It keeps the newest 1000 in memory; whoever must not lose a text has an {@link SmsIntake}
 * store it. Thread-safe.
 */
public final class SmsInbox implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SmsInbox.class);

    private static final int MOST = 1000;
    private static final Duration HISTORY = Duration.ofDays(7);

    private static final Comparator<TextMessage> NEWEST_FIRST =
            Comparator.comparing(SmsInbox::timeOf).reversed();

    private final SmsClient client;
    private final SmsEngine engine;
    private final ReentrantLock lock = new ReentrantLock();

    /** Whether it is all there of a text. */
    private final Map<TextMessage, Boolean> known =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<TextMessage, Boolean> eldest) {
                    return size() > 10 * MOST;
                }
            };

    private final List<TextMessage> messages = new ArrayList<>();
    private final Set<TextMessage> unread = new HashSet<>();
    private final List<Consumer<? super SmsInbox>> listeners = new CopyOnWriteArrayList<>();
    private final Subscription events;
    private @Nullable Subscription polling;

    SmsInbox(SmsClient client, SmsEngine engine) {
        this.client = client;
        this.engine = engine;
        this.events =
                engine.events()
                        .subscribe(
                                MessageReceivedEvent.class,
                                event -> add(List.of(new Found(event.message(), true))));
    }

    /** Returns the texts, the newest first. */
    public List<TextMessage> messages() {
        lock.lock();
        try {
            return List.copyOf(messages);
        } finally {
            lock.unlock();
        }
    }

    /** Returns how many have not been marked as read. */
    public int unread() {
        lock.lock();
        try {
            return unread.size();
        } finally {
            lock.unlock();
        }
    }

    /** Tells whether a text has not been marked as read. */
    public boolean isUnread(TextMessage message) {
        lock.lock();
        try {
            return unread.contains(message);
        } finally {
            lock.unlock();
        }
    }

    /** Marks a text as read, here only. */
    public void markRead(TextMessage message) {
        change(() -> unread.remove(message));
    }

    /** Tells whether texts are asked for now and then. */
    public boolean isPolling() {
        lock.lock();
        try {
            return polling != null;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Asks for texts every so often, from now on; does nothing when that is so already.
     *
     * @throws IllegalStateException as {@link SmsClient#startPolling(Duration)} does
     */
    public void startPolling(Duration interval) {
        change(
                () -> {
                    boolean starts = polling == null;
                    if (starts) {
                        polling = client.startPolling(interval);
                    }
                    return starts;
                });
    }

    /** Asks no more, until it is started again. */
    public void stopPolling() {
        change(
                () -> {
                    Subscription running = polling;
                    polling = null;
                    if (running != null) {
                        running.close();
                    }
                    return running != null;
                });
    }

    /**
     * Asks for the texts of the last seven days now.
     *
     * <p>A text whose pictures can't be listed at this moment is shown without them; the next time
     * they are asked for again.
     *
     * @throws PbxException if the provider can't be asked: an outage never looks like an empty list
     */
    public void refresh() {
        Instant since = engine.resources().time().now().minus(HISTORY);
        List<SmsEvent> found =
                Futures.await(
                        engine.ask(
                                "receive",
                                client.options(),
                                http -> engine.provider().receiveAsync(since, http)));
        add(
                found.stream()
                        .filter(MessageReceivedEvent.class::isInstance)
                        .map(event -> completed((MessageReceivedEvent) event))
                        .toList());
    }

    private Found completed(MessageReceivedEvent event) {
        if (!engine.canComplete() || isWhole(event.message())) {
            return new Found(event.message(), true);
        }
        try {
            return Futures.await(engine.complete(event)) instanceof MessageReceivedEvent whole
                    ? new Found(whole.message(), true)
                    : new Found(event.message(), true);
        } catch (RuntimeException e) {
            log.warn("a text is shown without its pictures for now: {}", e.toString());
            return new Found(event.message(), false);
        }
    }

    private boolean isWhole(TextMessage message) {
        lock.lock();
        try {
            return known.getOrDefault(identity(message), false);
        } finally {
            lock.unlock();
        }
    }

    /** Attaches a listener that is called after each change, on the thread that made it. */
    public Subscription subscribe(Consumer<? super SmsInbox> listener) {
        Objects.requireNonNull(listener, "listener");
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private void add(List<Found> found) {
        change(() -> found.stream().map(this::put).reduce(false, Boolean::logicalOr));
    }

    private boolean put(Found found) {
        TextMessage identity = identity(found.message());
        Boolean whole = known.putIfAbsent(identity, found.whole());
        if (whole == null) {
            insert(found.message());
            return true;
        }
        if (whole || !found.whole()) {
            return false;
        }
        known.put(identity, true);
        return replace(identity, found.message());
    }

    private void insert(TextMessage message) {
        messages.add(message);
        messages.sort(NEWEST_FIRST);
        unread.add(message);
        if (messages.size() > MOST) {
            TextMessage oldest = messages.remove(messages.size() - 1);
            unread.remove(oldest);
        }
    }

    /** Returns whether it is one of those that are shown. */
    private boolean replace(TextMessage identity, TextMessage whole) {
        for (int i = 0; i < messages.size(); i++) {
            if (identity(messages.get(i)).equals(identity)) {
                TextMessage before = messages.set(i, whole);
                if (unread.remove(before)) {
                    unread.add(whole);
                }
                return true;
            }
        }
        return false;
    }

    /** The same text may have been received twice, at two times. */
    private static TextMessage identity(TextMessage message) {
        TextMessage.Builder identity = TextMessage.builder(message.direction());
        if (message.id().isPresent()) {
            return identity.id(message.id().get()).build();
        }
        message.from().ifPresent(identity::from);
        message.sentAt().ifPresent(identity::sentAt);
        return identity.text(message.text()).build();
    }

    private static Instant timeOf(TextMessage message) {
        return message.sentAt().or(message::receivedAt).orElse(Instant.EPOCH);
    }

    private void change(Change step) {
        boolean changed;
        lock.lock();
        try {
            changed = step.make();
        } finally {
            lock.unlock();
        }
        if (changed) {
            listeners.forEach(this::tell);
        }
    }

    private void tell(Consumer<? super SmsInbox> listener) {
        try {
            listener.accept(this);
        } catch (RuntimeException e) {
            log.warn("a listener of the inbox failed", e);
        }
    }

    /** Ends polling and listening; what is there stays readable. */
    @Override
    public void close() {
        stopPolling();
        events.close();
    }

    @Override
    public String toString() {
        return "SmsInbox[" + messages().size() + " texts, " + unread() + " unread]";
    }

    /** A text, and whether it is all there. */
    private record Found(TextMessage message, boolean whole) {}

    /** Makes a change and tells whether there is something new to show. */
    @FunctionalInterface
    private interface Change {

        boolean make();
    }
}
