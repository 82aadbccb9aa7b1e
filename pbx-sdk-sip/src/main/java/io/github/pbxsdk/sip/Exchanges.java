package io.github.pbxsdk.sip;

import io.github.pbxsdk.sip.internal.digest.DigestMemory;
import io.github.pbxsdk.sip.internal.digest.DigestMemory.Learnt;
import io.github.pbxsdk.sip.internal.transport.Flow;
import io.github.pbxsdk.sip.internal.wire.RequestText;
import io.github.pbxsdk.sip.internal.wire.SipResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Requests with their answers, the server's question who we are included.
 *
 * <p>Each round is a transaction of its own with the next number; the server has done nothing in
 * the rounds before.
 */
final class Exchanges {

    private static final int MOST_ROUNDS = 3;

    private final ClientTransactions transactions;

    Exchanges(ClientTransactions transactions) {
        this.transactions = transactions;
    }

    /**
     * Sends a request and answers challenges to it.
     *
     * @param sequence gives the number of each round
     * @param digest proves who we are; without one a challenge is the answer
     * @return the final answer; a challenge if the server does not accept the proof. Cancelling it
     *     ends what is under way
     */
    CompletableFuture<SipResponse> start(
            Flow flow,
            RequestText request,
            LongSupplier sequence,
            @Nullable DigestMemory digest,
            Duration timeout,
            BooleanSupplier mayLeave) {
        Exchange exchange = new Exchange(flow, request, sequence, digest, timeout, mayLeave);
        exchange.begin();
        return exchange;
    }

    private final class Exchange extends CompletableFuture<SipResponse> {

        private final Flow flow;
        private final RequestText request;
        private final LongSupplier sequence;
        private final @Nullable DigestMemory digest;
        private final Duration timeout;
        private final BooleanSupplier mayLeave;
        private volatile @Nullable CompletableFuture<SipResponse> round;
        private int rounds;
        private boolean fresh;

        Exchange(
                Flow flow,
                RequestText request,
                LongSupplier sequence,
                @Nullable DigestMemory digest,
                Duration timeout,
                BooleanSupplier mayLeave) {
            this.flow = flow;
            this.request = request;
            this.sequence = sequence;
            this.digest = digest;
            this.timeout = timeout;
            this.mayLeave = mayLeave;
        }

        void begin() {
            whenComplete((response, failure) -> endRound());
            nextRound();
        }

        private void endRound() {
            CompletableFuture<SipResponse> current = round;
            if (current != null) {
                current.cancel(false);
            }
        }

        private void nextRound() {
            rounds++;
            String branch = transactions.newBranch();
            String via =
                    "SIP/2.0/"
                            + flow.protocol()
                            + " "
                            + flow.localAddress()
                            + ";rport;branch="
                            + branch;
            List<String> proof = digest == null ? List.of() : digest.lines(request);
            byte[] bytes = request.encode(via, sequence.getAsLong(), proof);
            CompletableFuture<SipResponse> current =
                    transactions.start(flow, branch, request.method(), bytes, timeout, mayLeave);
            round = current;
            current.whenComplete(this::ended);
            if (isDone()) {
                current.cancel(false);
            }
        }

        private void ended(@Nullable SipResponse response, @Nullable Throwable failure) {
            if (response == null) {
                completeExceptionally(failure);
            } else if (!isDone() && asksAgain(response)) {
                nextRound();
            } else {
                complete(response);
            }
        }

        /** Decides whether a challenge is worth an answer, or is the server's no. */
        private boolean asksAgain(SipResponse response) {
            if (digest == null || (response.status() != 401 && response.status() != 407)) {
                return false;
            }
            Learnt learnt = digest.learn(response);
            boolean refused = learnt == Learnt.CHALLENGE && fresh;
            fresh = true;
            if (refused || learnt == Learnt.NOTHING_USABLE || rounds == MOST_ROUNDS) {
                digest.forget();
                return false;
            }
            return true;
        }
    }
}
