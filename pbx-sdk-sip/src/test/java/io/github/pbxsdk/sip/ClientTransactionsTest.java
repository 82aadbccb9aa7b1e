package io.github.pbxsdk.sip;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.core.HostAndPort;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.PbxTimeoutException;
import io.github.pbxsdk.core.time.ManualTime;
import io.github.pbxsdk.sip.internal.transport.Flow;
import io.github.pbxsdk.sip.internal.transport.FlowReader;
import io.github.pbxsdk.sip.internal.wire.SipResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClientTransactionsTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(32);

    private final ManualTime time = ManualTime.startingAt(Instant.parse("2026-01-01T00:00:00Z"));
    private final PbxResources resources = PbxResources.builder().time(time).build();
    private final ClientTransactions transactions =
            new ClientTransactions(time, new WireFigures("sip test", resources, () -> 0));
    private final Letterbox flow = new Letterbox();
    private final PbxException reason = new PbxConnectionException("dropped", null);

    @AfterEach
    void close() {
        resources.close();
    }

    /** A flow on which what is handed over leaves when the test says so. */
    private static final class Letterbox implements Flow {

        private BooleanSupplier letter = () -> false;

        /** Tells whether it has left. */
        boolean empty() {
            return letter.getAsBoolean();
        }

        @Override
        public void send(byte[] message, BooleanSupplier mayLeave) {
            letter = mayLeave;
        }

        @Override
        public HostAndPort peer() {
            return new HostAndPort("127.0.0.1", 5060);
        }

        @Override
        public String localAddress() {
            return "127.0.0.1:5070";
        }

        @Override
        public String protocol() {
            return "TCP";
        }

        @Override
        public boolean isReliable() {
            return true;
        }

        @Override
        public void run(FlowReader reader) {
            throw new UnsupportedOperationException("nothing comes in here");
        }

        @Override
        public Instant lastHeard() {
            return Instant.EPOCH;
        }

        @Override
        public void close() {
            // It holds nothing.
        }
    }

    private CompletableFuture<SipResponse> start() {
        return transactions.start(
                flow, transactions.newBranch(), "MESSAGE", new byte[1], TIMEOUT, () -> true);
    }

    private static PbxException failure(CompletableFuture<SipResponse> transaction) {
        assertThat(transaction).isCompletedExceptionally();
        return SipFailures.known("the test", transaction.handle((answer, e) -> e).join());
    }

    @Test
    void whatHasLeftMayHaveArrivedWhenItsFlowEnds() {
        CompletableFuture<SipResponse> transaction = start();
        assertThat(flow.empty()).isTrue();
        transactions.flowEnded(flow, reason);

        assertThat(failure(transaction))
                .isInstanceOf(PbxConnectionException.class)
                .hasMessage(
                        "MESSAGE to 127.0.0.1:5060: the connection ended before the answer:"
                                + " dropped")
                .hasCause(reason);
        assertThat(failure(transaction).mayHaveBeenSent()).isTrue();
    }

    @Test
    void whatHasNotLeftWhenItsFlowEndsNeverDoes() {
        CompletableFuture<SipResponse> transaction = start();
        transactions.flowEnded(flow, new PbxConnectionException("lost", null, true));

        assertThat(failure(transaction).mayHaveBeenSent()).isFalse();
        assertThat(flow.empty()).isFalse();
    }

    @Test
    void whatBeginsOnAFlowThatHasJustEndedFailsAtOnce() {
        transactions.flowEnded(flow, reason);
        CompletableFuture<SipResponse> transaction = start();

        assertThat(failure(transaction)).hasCause(reason);
        assertThat(failure(transaction).mayHaveBeenSent()).isFalse();
        assertThat(flow.empty()).isFalse();
        assertThat(time.pending()).isEmpty();
    }

    @Test
    void whatIsCancelledBeforeItHasLeftNeverDoes() {
        start().cancel(false);

        assertThat(flow.empty()).isFalse();
    }

    @Test
    void whatHasNotLeftInItsTimeNeverDoes() {
        CompletableFuture<SipResponse> transaction = start();
        time.advance(TIMEOUT);

        assertThat(failure(transaction)).isInstanceOf(PbxTimeoutException.class);
        assertThat(failure(transaction).mayHaveBeenSent()).isFalse();
        assertThat(flow.empty()).isFalse();
    }

    @Test
    void whatIsSaidToHaveStayedDoesNotLeaveAtTheSameMoment() throws Exception {
        for (int i = 0; i < 2_000; i++) {
            CompletableFuture<SipResponse> transaction = start();
            CyclicBarrier together = new CyclicBarrier(2);
            CompletableFuture<Boolean> leaving =
                    CompletableFuture.supplyAsync(
                            () -> {
                                await(together);
                                return flow.empty();
                            });
            await(together);
            transactions.flowEnded(flow, reason);

            assertThat(failure(transaction).mayHaveBeenSent())
                    .isEqualTo(leaving.get(10, TimeUnit.SECONDS));
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }
}
