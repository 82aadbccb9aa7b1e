package io.github.pbxsdk.sip;

import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.sip.internal.digest.DigestMemory;
import io.github.pbxsdk.sip.internal.digest.DigestMemory.Learnt;
import io.github.pbxsdk.sip.internal.transport.Flow;
import io.github.pbxsdk.sip.internal.wire.Grammar;
import io.github.pbxsdk.sip.internal.wire.MalformedMessageException;
import io.github.pbxsdk.sip.internal.wire.RequestText;
import io.github.pbxsdk.sip.internal.wire.SipResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests with their answers, the server's question who we are included.
 *
 * <p>Each round is a transaction of its own with the next number; the server has done nothing in
 * the rounds before.
 */
final class Exchanges {

    private static final Logger log = LoggerFactory.getLogger(Exchanges.class);

    /** A proxy and the server behind it ask, one of them finds the proof stale, all is well. */
    private static final int MOST_ROUNDS = 4;

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
        private final Set<String> answered = new HashSet<>();
        private volatile @Nullable CompletableFuture<SipResponse> round;
        private String via = "";
        private long number;
        private int rounds;

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
            via = via(branch);
            number = sequence.getAsLong();
            List<String> proof = digest == null ? List.of() : digest.lines(request);
            byte[] bytes = request.encode(via, number, proof);
            CompletableFuture<SipResponse> current =
                    transactions.start(flow, branch, request.method(), bytes, timeout, mayLeave);
            round = current;
            current.whenComplete(this::ended);
            if (isDone()) {
                current.cancel(false);
            }
        }

        private String via(String branch) {
            return ("SIP/2.0/" + flow.protocol() + " " + flow.localAddress())
                    + (";rport;branch=" + branch);
        }

        private void ended(@Nullable SipResponse response, @Nullable Throwable failure) {
            if (request.method().equals("INVITE")) {
                settle(response);
            }
            if (response == null) {
                completeExceptionally(failure);
            } else if (!isDone() && asksAgain(response)) {
                nextRound();
            } else {
                complete(response);
            }
        }

        /**
         * Leaves no call behind: a refusal is acknowledged, what was not answered is taken back,
         * and who answered against all rules is told that nobody is there (RFC 3261, 9.1, 13.2.2.4,
         * 17.1.1.3).
         */
        private void settle(@Nullable SipResponse response) {
            if (response == null) {
                tell(request.next("CANCEL", request.uri(), request.to()), via, number);
                return;
            }
            String to = response.headers().get("To");
            if (!response.isSuccess()) {
                tell(request.next("ACK", request.uri(), to), via, number);
                return;
            }
            String target = target(response);
            tell(request.next("ACK", target, to), via(transactions.newBranch()), number);
            tell(request.next("BYE", target, to), via(transactions.newBranch()), number + 1);
        }

        private String target(SipResponse response) {
            try {
                return Grammar.address("Contact", response.headers().get("Contact")).uri();
            } catch (MalformedMessageException | IllegalStateException e) {
                // Whoever gives no address is found where he was called.
                return request.uri();
            }
        }

        /** Says what needs no answer. */
        private void tell(RequestText last, String lastVia, long lastNumber) {
            try {
                flow.send(last.encode(lastVia, lastNumber, List.of()), () -> true);
            } catch (PbxException e) {
                log.debug("a call ended with its connection: {}", e.getMessage());
            }
        }

        /**
         * Decides whether a challenge is worth an answer, or is the server's no. A proxy and the
         * server behind it may both ask, one after the other.
         */
        private boolean asksAgain(SipResponse response) {
            if (digest == null || (response.status() != 401 && response.status() != 407)) {
                return false;
            }
            Learnt learnt = digest.learn(response);
            boolean mayHelp = answered.addAll(learnt.askers()) || learnt.stale();
            if (!mayHelp || rounds == MOST_ROUNDS) {
                digest.forget();
                return false;
            }
            return true;
        }
    }
}
