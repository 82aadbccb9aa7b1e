package io.github.pbxsdk.asteriskjava;

import io.github.pbxsdk.core.PbxTimeoutException;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.asteriskjava.manager.EventTimeoutException;
import org.asteriskjava.manager.SendActionCallback;
import org.asteriskjava.manager.SendEventGeneratingActionCallback;
import org.asteriskjava.manager.TimeoutException;
import org.asteriskjava.manager.action.EventGeneratingAction;
import org.asteriskjava.manager.action.ManagerAction;
import org.asteriskjava.manager.event.ResponseEvent;
import org.asteriskjava.manager.response.ManagerResponse;
import org.jspecify.annotations.Nullable;

/** Sends actions and waits for what comes for them. */
final class Sender {

    /** How long a whole answer waits for listeners to see what came before it. */
    private static final Duration COURTESY = Duration.ofMillis(500);

    private final Logins logins;

    Sender(Logins logins) {
        this.logins = logins;
    }

    ManagerResponse send(ManagerAction action, long timeout) throws IOException, TimeoutException {
        Line.Sent sent = logins.connected().send(checked(action), null);
        try {
            await(sent.answer().head(), timeout, action);
            return sent.answer().response();
        } catch (java.util.concurrent.TimeoutException e) {
            throw new TimeoutException(noAnswer(action, timeout));
        } finally {
            sent.call().cancel(false);
        }
    }

    void send(ManagerAction action, @Nullable SendActionCallback callback) {
        Line line = logins.connected();
        Answer answer = line.send(checked(action), null).answer();
        if (callback != null) {
            answer.head()
                    .whenComplete(
                            (head, failure) ->
                                    line.inTurn(() -> callback.onResponse(answer.responseIfAny())));
        }
    }

    PbxResponseEvents sendForEvents(EventGeneratingAction action, long timeout)
            throws IOException, EventTimeoutException {
        Line line = logins.connected();
        Line.Sent sent = line.send(checked(action), last(action));
        try {
            await(sent.answer().whole(), timeout, action);
            awaitListeners(line, action);
            return sent.answer().soFar();
        } catch (java.util.concurrent.TimeoutException e) {
            throw new EventTimeoutException(noAnswer(action, timeout), sent.answer().soFar());
        } finally {
            sent.call().cancel(false);
        }
    }

    void sendForEvents(
            EventGeneratingAction action, @Nullable SendEventGeneratingActionCallback callback) {
        Line line = logins.connected();
        Answer answer = line.send(checked(action), last(action)).answer();
        if (callback != null) {
            answer.whole()
                    .whenComplete(
                            (done, failure) ->
                                    line.inTurn(() -> callback.onResponse(answer.soFar())));
        }
    }

    private static <A extends ManagerAction> A checked(@Nullable A action) {
        if (action == null) {
            throw new IllegalArgumentException("there is no action to send");
        }
        return action;
    }

    private static Class<?> last(EventGeneratingAction action) {
        Class<?> last = action.getActionCompleteEventClass();
        if (last == null || !ResponseEvent.class.isAssignableFrom(last)) {
            throw new IllegalArgumentException(
                    action.getClass() + " must name a ResponseEvent as its last event");
        }
        return last;
    }

    private static void await(CompletableFuture<?> future, long timeout, ManagerAction action)
            throws IOException, java.util.concurrent.TimeoutException {
        try {
            future.get(timeout, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw Failures.interrupted(action.getAction());
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNull(e.getCause());
            if (cause instanceof PbxTimeoutException) {
                throw new java.util.concurrent.TimeoutException(cause.getMessage());
            }
            throw Failures.ofAction(cause);
        }
    }

    private static void awaitListeners(Line line, ManagerAction action) throws IOException {
        try {
            line.awaitListeners(COURTESY);
        } catch (InterruptedException e) {
            throw Failures.interrupted(action.getAction());
        }
    }

    private static String noAnswer(ManagerAction action, long timeout) {
        return "Timeout waiting for response to " + action.getAction() + " for " + timeout + " ms";
    }
}
