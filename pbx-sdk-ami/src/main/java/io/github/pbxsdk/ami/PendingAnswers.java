package io.github.pbxsdk.ami;

import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The answers that one connection still owes, by the ids of their actions. */
final class PendingAnswers {

    private final Map<String, PendingAnswer> byId = new ConcurrentHashMap<>();
    private final AtomicInteger openLists = new AtomicInteger();
    private volatile @Nullable PbxException end;

    /**
     * Notes an action that is about to be sent.
     *
     * @throws PbxConnectionException if the connection is over; nothing was sent
     */
    void add(String id, PendingAnswer answer) {
        byId.put(id, answer);
        PbxException reason = end;
        if (reason != null && byId.remove(id) != null) {
            throw new PbxConnectionException(
                    answer.what() + ": not connected (" + reason.getMessage() + ")", reason);
        }
    }

    /** Forgets an action that is not sent after all. */
    void forget(String id) {
        byId.remove(id);
    }

    /** Takes a message without an event; returns whether somebody waits for it. */
    boolean answer(AmiFields message) {
        String id = message.text("ActionID");
        PendingAnswer answer = byId.get(id);
        if (answer == null) {
            return false;
        }
        if (answer.answer(message)) {
            byId.remove(id);
        } else {
            openLists.incrementAndGet();
        }
        return true;
    }

    /**
     * Takes an event if it belongs to a list.
     *
     * <p>The event that an {@code Action: UserEvent} makes carries the id of the action and belongs
     * to none, whatever id somebody gave it.
     */
    boolean item(AmiFields event) {
        if (openLists.get() == 0 || event.is("Event", "UserEvent")) {
            return false;
        }
        String id = event.text("ActionID");
        PendingAnswer answer = byId.get(id);
        if (answer == null || !answer.isOpenList()) {
            return false;
        }
        if (answer.item(event)) {
            byId.remove(id);
            openLists.decrementAndGet();
        }
        return true;
    }

    /** Ends all waiting: what the server made of the actions is not known. */
    void end(PbxException reason) {
        end = reason;
        for (String id : List.copyOf(byId.keySet())) {
            PendingAnswer answer = byId.remove(id);
            if (answer != null) {
                answer.fail(answer.hasLeft() ? lost(answer, reason) : unsent(answer, reason));
            }
        }
    }

    private static PbxConnectionException unsent(PendingAnswer answer, PbxException reason) {
        return new PbxConnectionException(
                answer.what()
                        + (": the connection ended before this was sent (" + reason.getMessage())
                        + ")",
                reason);
    }

    private static PbxConnectionException lost(PendingAnswer answer, PbxException reason) {
        return new PbxConnectionException(
                answer.what()
                        + ": the connection ended before the answer came, so that the outcome is"
                        + (" unknown (" + reason.getMessage() + ")"),
                reason,
                true);
    }
}
