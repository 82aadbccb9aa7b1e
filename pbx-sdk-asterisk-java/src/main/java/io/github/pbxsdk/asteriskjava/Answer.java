package io.github.pbxsdk.asteriskjava;

import io.github.pbxsdk.ami.AmiFields;
import io.github.pbxsdk.ami.AmiRejectedException;
import io.github.pbxsdk.ami.event.AmiEvent;
import io.github.pbxsdk.ami.internal.AnswerWatch;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import org.asteriskjava.manager.action.ManagerAction;
import org.asteriskjava.manager.response.ManagerResponse;
import org.asteriskjava.util.DateUtil;
import org.jspecify.annotations.Nullable;

/**
 * What has come for one action: its answer and, where they are wanted, the events that belong to
 * it.
 *
 * <p>The reader only puts lines here. Events and responses are made of them by whoever waits.
 */
final class Answer implements AnswerWatch {

    private final ManagerAction action;
    private final @Nullable Class<?> last;
    private final EventMaker events;
    private final ListenerQueue listeners;
    private final CompletableFuture<AmiFields> head = new CompletableFuture<>();
    private final CompletableFuture<Boolean> whole = new CompletableFuture<>();

    private final ReentrantLock lock = new ReentrantLock();
    private final List<Item> items = new ArrayList<>();
    private boolean lastCame;

    /**
     * Creates an answer of which nothing has come.
     *
     * @param last the class of the event that ends it, or null if only the answer itself is wanted
     */
    Answer(
            ManagerAction action,
            @Nullable Class<?> last,
            EventMaker events,
            ListenerQueue listeners) {
        this.action = action;
        this.last = last;
        this.events = events;
        this.listeners = listeners;
    }

    /** Returns the future of the answer itself; completed by the reader. */
    CompletableFuture<AmiFields> head() {
        return head;
    }

    /** Returns the future of the answer with all its events; completed by the reader. */
    CompletableFuture<Boolean> whole() {
        return whole;
    }

    /** Returns the future of all that is wanted. */
    CompletableFuture<?> end() {
        return collects() ? whole : head;
    }

    boolean collects() {
        return last != null;
    }

    @Override
    public void answered(AmiFields answer) {
        boolean complete;
        lock.lock();
        try {
            complete = lastCame || answer.is("Response", "Error");
        } finally {
            lock.unlock();
        }
        head.complete(answer);
        if (complete) {
            whole.complete(true);
        }
    }

    @Override
    public void item(AmiEvent event, int bytes) {
        collect(event.fields());
        listeners.arrived(event.fields());
    }

    /** Takes an event with the id of the action. */
    void collect(AmiFields fields) {
        if (last == null || !events.isItem(fields)) {
            return;
        }
        boolean complete;
        lock.lock();
        try {
            items.add(new Item(fields, DateUtil.getDate()));
            lastCame |= events.isA(last, fields) || fields.is("EventList", "Complete");
            complete = lastCame && head.isDone();
        } finally {
            lock.unlock();
        }
        if (complete) {
            whole.complete(true);
        }
    }

    /** Notes how the call ended: a refusal is an answer, and was seen before. */
    void ended(@Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause != null && !(cause instanceof AmiRejectedException)) {
            fail(cause);
        }
    }

    /** Ends the wait: nothing more will come. */
    void fail(Throwable failure) {
        head.completeExceptionally(failure);
        whole.completeExceptionally(failure);
    }

    /** Returns the answer itself, which has come. */
    ManagerResponse response() {
        return ResponseMaker.response(action, head.join());
    }

    /** Returns the answer itself; null if it has not come, and will not. */
    @Nullable ManagerResponse responseIfAny() {
        return head.isDone() && !head.isCompletedExceptionally() ? response() : null;
    }

    /** Returns what has come so far. */
    PbxResponseEvents soFar() {
        List<Item> collected;
        lock.lock();
        try {
            collected = List.copyOf(items);
        } finally {
            lock.unlock();
        }
        return new PbxResponseEvents(
                responseIfAny(),
                collected.stream()
                        .map(item -> events.item(item.fields(), item.received()))
                        .toList(),
                collected.stream().map(Item::fields).toList(),
                whole.isDone() && !whole.isCompletedExceptionally());
    }

    private record Item(AmiFields fields, Date received) {}
}
