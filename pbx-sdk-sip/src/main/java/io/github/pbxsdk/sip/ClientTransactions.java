package io.github.pbxsdk.sip;

import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxTimeoutException;
import io.github.pbxsdk.core.time.Time;
import io.github.pbxsdk.sip.internal.transport.Flow;
import io.github.pbxsdk.sip.internal.wire.MalformedMessageException;
import io.github.pbxsdk.sip.internal.wire.SipResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Requests that wait for their final answer (RFC 3261, 17.1.2): over datagrams they are repeated
 * until one comes.
 */
final class ClientTransactions {

    /** T1, the guess of a round trip. */
    private static final Duration FIRST_REPEAT = Duration.ofMillis(500);

    /** T2, the longest pause between repeats. */
    private static final Duration LONGEST_REPEAT = Duration.ofSeconds(4);

    private final Time time;
    private final WireFigures figures;
    private final Map<String, Transaction> byBranch = new ConcurrentHashMap<>();

    /** Why flows have ended: whoever was given one before that may begin on it after that. */
    private final Map<Flow, PbxException> ended = Collections.synchronizedMap(new WeakHashMap<>());

    private final String prefix = "z9hG4bK" + randomText();
    private final AtomicLong count = new AtomicLong();

    ClientTransactions(Time time, WireFigures figures) {
        this.time = time;
        this.figures = figures;
    }

    /** Returns 64 random bits as text. */
    static String randomText() {
        byte[] bytes = new byte[8];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Returns the name of a new transaction. */
    String newBranch() {
        return prefix + Long.toString(count.incrementAndGet(), Character.MAX_RADIX);
    }

    /**
     * Sends a request.
     *
     * @return the final answer; cancelling it ends the repeats
     */
    CompletableFuture<SipResponse> start(
            Flow flow,
            String branch,
            String method,
            byte[] bytes,
            Duration timeout,
            BooleanSupplier mayLeave) {
        Transaction transaction = new Transaction(flow, branch, method, bytes, timeout);
        byBranch.put(branch, transaction);
        transaction.whenComplete((response, failure) -> transaction.end());
        PbxException reason = ended.get(flow);
        if (reason != null) {
            transaction.lost(reason);
        } else {
            send(transaction, mayLeave);
        }
        return transaction;
    }

    private void send(Transaction transaction, BooleanSupplier mayLeave) {
        try {
            figures.sent();
            transaction.flow.send(transaction.bytes, () -> transaction.leaves(mayLeave));
            transaction.waitFor(FIRST_REPEAT);
        } catch (PbxException e) {
            transaction.completeExceptionally(e);
        }
    }

    /** Takes a response; one that belongs to nothing is dropped. */
    void received(Flow flow, SipResponse response) throws MalformedMessageException {
        Transaction transaction = byBranch.get(response.via().branch());
        if (transaction == null
                || transaction.flow != flow
                || !transaction.method.equals(response.sequenceMethod())) {
            return;
        }
        if (response.isFinal()) {
            figures.answered(response.status(), time.nanos() - transaction.started);
            transaction.complete(response);
        } else {
            transaction.provisional = true;
        }
    }

    /**
     * Fails what waits for answers over a flow that has ended. The reason is about the flow;
     * whether a request may have arrived, each one says for itself.
     */
    void flowEnded(Flow flow, PbxException reason) {
        // Before the look: what begins meanwhile finds it here, or is found there.
        ended.put(flow, reason);
        byBranch.values().stream()
                .filter(transaction -> transaction.flow == flow)
                .forEach(transaction -> transaction.lost(reason));
    }

    private final class Transaction extends CompletableFuture<SipResponse> {

        private final Flow flow;
        private final String branch;
        private final String method;
        private final byte[] bytes;
        private final Duration timeout;
        private final long started = time.nanos();

        /** Whether the request leaves; the first to say so decides. */
        private final CompletableFuture<Boolean> departure = new CompletableFuture<>();

        private volatile boolean provisional;
        private volatile Time.@Nullable Alarm alarm;

        Transaction(Flow flow, String branch, String method, byte[] bytes, Duration timeout) {
            this.flow = flow;
            this.branch = branch;
            this.method = method;
            this.bytes = bytes;
            this.timeout = timeout;
        }

        /** Asked when the request is about to leave. */
        boolean leaves(BooleanSupplier mayLeave) {
            return !isDone() && departure.complete(true) && mayLeave.getAsBoolean();
        }

        /** Keeps the request back; false if it may have left. */
        private boolean keepBack() {
            departure.complete(false);
            return !departure.join();
        }

        void lost(PbxException reason) {
            completeExceptionally(
                    new PbxConnectionException(
                            method
                                    + (" to " + flow.peer() + ": the connection ended before")
                                    + (" the answer: " + reason.getMessage()),
                            reason,
                            !keepBack()));
        }

        /** Waits for the next repeat or the end, whichever comes first. */
        void waitFor(Duration pause) {
            Duration left = timeout.minusNanos(time.nanos() - started);
            boolean repeats = !flow.isReliable() && pause.compareTo(left) < 0;
            alarm = time.schedule(repeats ? pause : left, () -> due(repeats, pause));
            if (isDone()) {
                end();
            }
        }

        private void due(boolean repeats, Duration pause) {
            if (isDone()) {
                return;
            }
            if (!repeats) {
                completeExceptionally(
                        new PbxTimeoutException(
                                method
                                        + (" to " + flow.peer() + ": no answer within ")
                                        + (timeout.toMillis() + " ms"),
                                null,
                                !keepBack()));
                return;
            }
            try {
                figures.repeated();
                flow.send(bytes, () -> !isDone());
                Duration doubled = pause.multipliedBy(2);
                boolean longest = provisional || doubled.compareTo(LONGEST_REPEAT) > 0;
                waitFor(longest ? LONGEST_REPEAT : doubled);
            } catch (PbxException e) {
                completeExceptionally(
                        new PbxConnectionException(String.valueOf(e.getMessage()), e, true));
            }
        }

        void end() {
            byBranch.remove(branch, this);
            Time.Alarm waiting = alarm;
            if (waiting != null) {
                waiting.cancel();
            }
        }
    }
}
