package io.github.pbxsdk.ami;

import io.github.pbxsdk.ami.event.AmiEvent;
import io.github.pbxsdk.ami.event.ListCompletionEvent;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxTimeoutException;
import io.github.pbxsdk.core.time.Time;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one action, as far as it has come.
 *
 * <p>Whether it is a list is told by the server's first words, never by the action: {@code DBGet}
 * of a missing key has none, {@code Hangup} with a pattern has one.
 *
 * <p>An answer that nobody waits for any more is received to its end all the same, since its items
 * would pass for events otherwise.
 */
final class PendingAnswer {

    private final Object what;
    private final ListItems items;
    private final Duration itemTimeout;
    private final Time time;
    private final Asker asker;
    private final AtomicReference<Departure> departure = new AtomicReference<>(Departure.WAITING);
    private final AtomicBoolean over = new AtomicBoolean();

    // The reader's own.
    private @Nullable AmiFields head;

    private volatile long lastItem;
    private volatile Time.@Nullable Alarm itemAlarm;

    /**
     * Creates an answer of which nothing has come.
     *
     * @param what the action in words, for messages
     */
    PendingAnswer(Object what, ListItems items, Duration itemTimeout, Time time, Asker asker) {
        this.what = what;
        this.items = items;
        this.itemTimeout = itemTimeout;
        this.time = time;
        this.asker = asker;
    }

    /** Who has sent the action; called by whoever brings the news, and quick. */
    interface Asker {

        /** Tells whether the action may leave, of which the first byte is about to. */
        boolean mayLeave();

        /** Hears that the answer is a list. */
        void listBegins();

        /** Takes the whole answer. */
        void answered(AmiResponse response);

        /** Hears that there is no answer any more to wait for. */
        void failed(Throwable failure);
    }

    private enum Departure {
        WAITING,
        LEFT,
        GIVEN_UP
    }

    /**
     * Notes that the action leaves: from now on the server may carry it out.
     *
     * @return whether it may leave; not when nobody wants the answer any more
     */
    boolean leave() {
        if (!departure.compareAndSet(Departure.WAITING, Departure.LEFT)) {
            return false;
        }
        if (asker.mayLeave()) {
            return true;
        }
        departure.set(Departure.GIVEN_UP);
        return false;
    }

    /** Tells whether the server may have the action. */
    boolean hasLeft() {
        return departure.get() == Departure.LEFT;
    }

    /** Takes the answer itself; returns whether that is all. */
    boolean answer(AmiFields fields) {
        items.answered(fields);
        if (!fields.is("EventList", "start")) {
            end(AmiResponse.of(fields));
            return true;
        }
        head = fields;
        lastItem = time.nanos();
        asker.listBegins();
        watch(itemTimeout);
        return false;
    }

    /** Tells whether the answer is a list that goes on. */
    boolean isOpenList() {
        return head != null;
    }

    /** Takes an event with the action's id; returns whether it was the last. */
    boolean item(AmiFields fields) {
        lastItem = time.nanos();
        AmiEvent event = AmiEvent.of(fields);
        items.saw(event, fields.byteCount());
        if (ListCompletionEvent.ends(event)) {
            complete(event);
            return true;
        }
        if (!over.get()) {
            keep(event, fields.byteCount());
        }
        return false;
    }

    private void keep(AmiEvent event, int bytes) {
        try {
            items.add(event, bytes);
        } catch (PbxException e) {
            fail(e);
        }
    }

    private void complete(AmiEvent completion) {
        AmiFields first = head;
        if (first == null || over.get()) {
            return;
        }
        items.end()
                .whenComplete(
                        (kept, failure) -> {
                            if (failure == null) {
                                end(AmiResponse.ofList(first, kept, completion));
                            } else {
                                end(failure);
                            }
                        });
    }

    private void watch(Duration wait) {
        Time.Alarm alarm = time.schedule(wait, this::checkItems);
        itemAlarm = alarm;
        if (over.get()) {
            alarm.cancel();
        }
    }

    /** Sets the alarm again instead of once for each item, of which there are many. */
    private void checkItems() {
        Duration left = itemTimeout.minusNanos(time.nanos() - lastItem);
        if (left.isNegative() || left.isZero()) {
            fail(
                    new PbxTimeoutException(
                            what
                                    + ": the list stopped, nothing came for "
                                    + (itemTimeout.toMillis() + " ms"),
                            null,
                            true));
        } else if (!over.get()) {
            watch(left);
        }
    }

    /** Ends the wait with a failure. */
    void fail(PbxException failure) {
        end(failure);
        items.abandon();
    }

    private void end(AmiResponse response) {
        if (end()) {
            asker.answered(response);
        }
    }

    private void end(Throwable failure) {
        if (end()) {
            asker.failed(failure);
        }
    }

    /** Ends the wait; returns false when it was over. */
    private boolean end() {
        if (!over.compareAndSet(false, true)) {
            return false;
        }
        Time.Alarm alarm = itemAlarm;
        if (alarm != null) {
            alarm.cancel();
        }
        return true;
    }

    /** Ends the wait: nobody wants the answer any more. */
    void abandon() {
        departure.compareAndSet(Departure.WAITING, Departure.GIVEN_UP);
        end();
        items.abandon();
    }

    /** Returns the action in words, for messages. */
    String what() {
        return what.toString();
    }
}
