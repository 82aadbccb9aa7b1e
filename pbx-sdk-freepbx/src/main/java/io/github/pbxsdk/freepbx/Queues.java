package io.github.pbxsdk.freepbx;

import io.github.pbxsdk.core.internal.Futures;
import io.github.pbxsdk.freepbx.FreePbxRejectedException.Kind;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * The queues of a PBX, which can be read and not changed: over REST with the scope {@code rest}, or
 * else from a {@link TelephonySource}.
 */
public final class Queues {

    private final FreePbxCalls calls;

    Queues(FreePbxCalls calls) {
        this.calls = calls;
    }

    /** Returns all queues. */
    public List<CallQueue> list() {
        return Futures.await(listAsync());
    }

    /** Lists without waiting; the future fails as {@link #list} does. */
    public CompletableFuture<List<CallQueue>> listAsync() {
        return calls.read("queues.list", Queues::all);
    }

    private static List<CallQueue> all(FreePbxSession session) {
        return session.readOr(() -> overRest(session), Queues::over);
    }

    private static List<CallQueue> overRest(FreePbxSession session) {
        RestAnswer answer = RestAnswer.of(session.rest("GET", "queues/", null));
        return answer.isNone() ? List.of() : answer.objects().stream().map(CallQueue::of).toList();
    }

    private static List<CallQueue> over(TelephonySource telephony) {
        return telephony.queues().stream()
                .map(
                        queue ->
                                new CallQueue(
                                        queue.number(),
                                        "",
                                        telephony.road(),
                                        FreePbxObject.empty()))
                .toList();
    }

    /** Returns the queue with this number, if there is one. */
    public Optional<CallQueue> find(String number) {
        return Futures.await(findAsync(number));
    }

    /** Looks without waiting; the future fails as {@link #find} does. */
    public CompletableFuture<Optional<CallQueue>> findAsync(String number) {
        String checked = NewExtension.checkedNumber(number);
        return calls.read("queues.find", session -> find(session, checked));
    }

    /**
     * Returns the queue with this number.
     *
     * @throws FreePbxRejectedException if there is none
     */
    public CallQueue get(String number) {
        return Futures.await(getAsync(number));
    }

    /** Gets without waiting; the future fails as {@link #get} does. */
    public CompletableFuture<CallQueue> getAsync(String number) {
        String checked = NewExtension.checkedNumber(number);
        return calls.read(
                "queues.get",
                session ->
                        find(session, checked)
                                .orElseThrow(
                                        () ->
                                                FreePbxRejectedException.notSent(
                                                        session.tried("queues"),
                                                        Kind.NOT_FOUND,
                                                        "there is no queue " + checked)));
    }

    private static Optional<CallQueue> find(FreePbxSession session, String number) {
        return all(session).stream().filter(queue -> queue.number().equals(number)).findFirst();
    }

    /**
     * Returns the agents of a queue by REST, first those who are always there; none also where
     * there is no such queue. Who is logged in at this moment is told by AMI.
     */
    public List<QueueAgent> agents(String number) {
        return Futures.await(agentsAsync(number));
    }

    /** Lists without waiting; the future fails as {@link #agents} does. */
    public CompletableFuture<List<QueueAgent>> agentsAsync(String number) {
        String checked = NewExtension.checkedNumber(number);
        return calls.read(
                "queues.agents",
                session -> {
                    FreePbxObject queue =
                            RestAnswer.of(session.rest("GET", "queues/members", null))
                                    .object()
                                    .object(checked);
                    return Stream.concat(
                                    queue.texts("members").stream()
                                            .map(one -> new QueueAgent(one, false)),
                                    queue.texts("dynmembers").stream()
                                            .map(one -> new QueueAgent(one, true)))
                            .toList();
                });
    }
}
