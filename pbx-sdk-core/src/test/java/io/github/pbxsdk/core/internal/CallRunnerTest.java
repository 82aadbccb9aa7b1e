package io.github.pbxsdk.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxRejectedException;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.PbxTimeoutException;
import io.github.pbxsdk.core.retry.RetryAdvice;
import io.github.pbxsdk.core.retry.RetryPolicy;
import io.github.pbxsdk.core.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CallRunnerTest {

    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final ManualTime time = ManualTime.startingAt(Instant.parse("2026-01-01T00:00:00Z"));
    private final RecordedFigures figures = new RecordedFigures();
    private final PbxResources resources =
            PbxResources.builder().time(time).executor(Runnable::run).observer(figures).build();
    private final CallRunner runner = new CallRunner("test pbx:1", resources);
    private final Deque<CompletableFuture<String>> attempts = new ArrayDeque<>();

    @AfterEach
    void close() {
        resources.close();
    }

    private RootFuture<String> repeatable(RetryPolicy policy) {
        return runner.run(
                "List", "List on pbx:1", new Call.Repeatable<>(this::attempt), DEADLINE, policy);
    }

    private RootFuture<String> once(RetryPolicy policy) {
        return runner.run(
                "Send", "Send on pbx:1", new Call.Once<>(this::attempt), DEADLINE, policy);
    }

    private CompletableFuture<String> attempt(RootFuture<String> operation) {
        operation.markSent();
        CompletableFuture<String> attempt = new CompletableFuture<>();
        attempts.add(attempt);
        return attempt;
    }

    private void failWith(Throwable failure) {
        attempts.getLast().completeExceptionally(failure);
    }

    private static PbxConnectionException lost(boolean mayHaveBeenSent) {
        return new PbxConnectionException("lost", null, mayHaveBeenSent);
    }

    @Test
    void aReadIsMadeAgainAfterAPauseThatDoubles() {
        RootFuture<String> call = repeatable(RetryPolicy.defaults());

        failWith(lost(true));
        assertThat(pauses()).singleElement().satisfies(p -> between(p, 100, 200));
        time.advance(Duration.ofMillis(200));
        failWith(new CompletionException(lost(true)));
        assertThat(pauses()).singleElement().satisfies(p -> between(p, 200, 400));
        time.advance(Duration.ofMillis(400));
        attempts.getLast().complete("answer");

        assertThat(call.join()).isEqualTo("answer");
        assertThat(attempts).hasSize(3);
        assertThat(time.pending()).isEmpty();
    }

    /** An answer that somebody reads while it comes in is there before its attempt is over. */
    @Test
    void whatWasHandedOverAtOnceIsNotTakenAway() {
        CompletableFuture<String> reading = new CompletableFuture<>();
        RootFuture<String> call =
                runner.run(
                        "Open",
                        "Open on pbx:1",
                        new Call.Once<>(
                                operation -> {
                                    operation.succeed("stream");
                                    return reading;
                                }),
                        DEADLINE,
                        RetryPolicy.defaults());

        assertThat(call.join()).isEqualTo("stream");
        assertThat(call.hasSucceeded()).isTrue();
        assertThat(reading).isNotDone();
    }

    @Test
    void anAttemptThatCanNotBeEndedDoesNotKeepOthersOpen() {
        List<RootFuture<String>> calls = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            calls.add(
                    runner.run(
                            "Send",
                            "Send on pbx:1",
                            new Call.Once<>(operation -> new Stubborn()),
                            DEADLINE,
                            RetryPolicy.none()));
        }

        runner.close();

        assertThat(calls)
                .allSatisfy(
                        call ->
                                assertThat(call.thenApply(String::length))
                                        .isCompletedExceptionally());
    }

    private static final class Stubborn extends CompletableFuture<String> {

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            throw new IllegalStateException("its threads are gone");
        }
    }

    @Test
    void whatWasGivenUpAtOnceIsTakenAway() {
        CompletableFuture<String> attempt = new CompletableFuture<>();
        RootFuture<String> call =
                runner.run(
                        "Open",
                        "Open on pbx:1",
                        new Call.Once<>(
                                operation -> {
                                    operation.cancel(true);
                                    return attempt;
                                }),
                        DEADLINE,
                        RetryPolicy.defaults());

        assertThat(call).isCancelled();
        assertThat(call.hasSucceeded()).isFalse();
        assertThat(attempt).isCancelled();
    }

    @Test
    void theShortestDelaysArePauses() {
        RootFuture<String> call =
                repeatable(
                        RetryPolicy.defaults()
                                .firstDelay(Duration.ofNanos(1))
                                .longestDelay(Duration.ofNanos(1)));

        failWith(lost(true));
        time.advance(Duration.ofMillis(2));
        attempts.getLast().complete("answer");

        assertThat(call.join()).isEqualTo("answer");
        assertThat(attempts).hasSize(2);
    }

    @Test
    void theLastFailureIsTheOutcome() {
        RootFuture<String> call = repeatable(RetryPolicy.defaults().attempts(2));
        PbxConnectionException last = lost(true);

        failWith(lost(true));
        time.advance(Duration.ofSeconds(1));
        failWith(last);

        assertThatThrownBy(call::join).hasCause(last);
        assertThat(attempts).hasSize(2);
    }

    @Test
    void whatMustNotHappenTwiceIsNotRepeatedOnceSent() {
        RootFuture<String> call = once(RetryPolicy.defaults());

        failWith(lost(true));

        assertThat(call).isCompletedExceptionally();
        assertThat(attempts).hasSize(1);
    }

    @Test
    void whatMustNotHappenTwiceIsRepeatedWhenNoByteHadLeft() {
        RootFuture<String> call = once(RetryPolicy.defaults());

        failWith(lost(false));
        time.advance(Duration.ofMillis(200));
        attempts.getLast().complete("sent");

        assertThat(call.join()).isEqualTo("sent");
        assertThat(attempts).hasSize(2);
    }

    @Test
    void whatMustNotHappenTwiceIsRepeatedWhenThePeerDidNothing() {
        RootFuture<String> call = once(RetryPolicy.defaults());

        failWith(new Busy(Duration.ofSeconds(3), true));
        assertThat(pauses()).containsExactly(Duration.ofSeconds(3));
        assertThat(call.mayHaveBeenSent()).isFalse();
        time.advance(Duration.ofSeconds(3));
        attempts.getLast().complete("sent");

        assertThat(call.join()).isEqualTo("sent");
    }

    @Test
    void aBusyPeerThatMayHaveDoneItIsNotAskedAgain() {
        RootFuture<String> call = once(RetryPolicy.defaults());

        failWith(new Busy(Duration.ofSeconds(3), false));

        assertThatThrownBy(call::join).hasCauseInstanceOf(Busy.class);
    }

    @Test
    void aRefusalIsFinal() {
        RootFuture<String> call = repeatable(RetryPolicy.defaults());

        failWith(new PbxRejectedException("no such channel", 404, "Channel not found"));

        assertThatThrownBy(call::join).hasCauseInstanceOf(PbxRejectedException.class);
        assertThat(attempts).hasSize(1);
    }

    @Test
    void aPeerThatAsksForTooMuchPatienceIsNotWaitedFor() {
        RootFuture<String> call =
                repeatable(RetryPolicy.defaults().longestRetryAfter(Duration.ofSeconds(2)));

        failWith(new Busy(Duration.ofSeconds(3), true));

        assertThatThrownBy(call::join).hasCauseInstanceOf(Busy.class);
    }

    @Test
    void aPauseThatTheDeadlineCutsIsNotBegun() {
        RootFuture<String> call = repeatable(RetryPolicy.defaults());

        failWith(new Busy(Duration.ofSeconds(11), true));

        assertThatThrownBy(call::join).hasCauseInstanceOf(Busy.class);
        assertThat(time.pending()).isEmpty();
    }

    @Test
    void theDeadlineEndsTheAttemptUnderWay() {
        RootFuture<String> call = once(RetryPolicy.defaults());

        time.advance(DEADLINE);

        assertThat(attempts.getLast()).isCancelled();
        assertThatThrownBy(call::join)
                .cause()
                .isInstanceOf(PbxTimeoutException.class)
                .hasMessage("Send on pbx:1: no answer within 10000 ms")
                .extracting(e -> ((PbxException) e).mayHaveBeenSent())
                .isEqualTo(true);
    }

    @Test
    void whatTheDeadlineCallsUnsentDoesNotLeaveAnyMore() {
        List<RootFuture<?>> begun = new ArrayList<>();
        RootFuture<String> call =
                runner.run(
                        "Send",
                        "Send on pbx:1",
                        new Call.Once<String>(
                                operation -> {
                                    begun.add(operation);
                                    return new CompletableFuture<>();
                                }),
                        DEADLINE,
                        RetryPolicy.defaults());

        time.advance(DEADLINE);

        assertThatThrownBy(call::join)
                .cause()
                .extracting(e -> ((PbxException) e).mayHaveBeenSent())
                .isEqualTo(false);
        assertThat(begun.get(0).markSent()).as("may leave").isFalse();
        assertThat(begun.get(0).mayHaveBeenSent()).isFalse();
    }

    @Test
    void theDeadlineCoversAllAttempts() {
        RootFuture<String> call = repeatable(RetryPolicy.defaults().attempts(100));

        time.advance(Duration.ofSeconds(9));
        failWith(lost(true));
        time.advance(Duration.ofSeconds(1));

        assertThatThrownBy(call::join).hasCauseInstanceOf(PbxTimeoutException.class);
        assertThat(attempts).hasSize(2);
        assertThat(attempts.getLast()).isCancelled();
    }

    @Test
    void cancellingEndsTheAttemptUnderWay() {
        RootFuture<String> call = repeatable(RetryPolicy.defaults());

        call.cancel(true);

        assertThat(attempts.getLast()).isCancelled();
        assertThat(time.pending()).isEmpty();
    }

    @Test
    void cancellingInAPauseEndsTheRetries() {
        RootFuture<String> call = repeatable(RetryPolicy.defaults());
        failWith(lost(true));

        call.cancel(true);
        time.advance(Duration.ofSeconds(5));

        assertThat(attempts).hasSize(1);
        assertThat(time.pending()).isEmpty();
    }

    @Test
    void closingFailsWhatIsOpen() {
        RootFuture<String> answered = repeatable(RetryPolicy.defaults());
        attempts.getLast().complete("answer");
        RootFuture<String> waiting = repeatable(RetryPolicy.defaults());

        runner.close();

        assertThat(answered.join()).isEqualTo("answer");
        assertThat(attempts.getLast()).isCancelled();
        assertThatThrownBy(waiting::join)
                .cause()
                .isInstanceOf(PbxConnectionException.class)
                .hasMessage("test pbx:1 was closed")
                .extracting(e -> ((PbxException) e).mayHaveBeenSent())
                .isEqualTo(true);
    }

    @Test
    void anAttemptThatCannotEvenStartIsAFailure() {
        RootFuture<String> call =
                runner.run(
                        "List",
                        "List on pbx:1",
                        new Call.Repeatable<String>(
                                operation -> {
                                    throw new IllegalArgumentException("a name must not be empty");
                                }),
                        DEADLINE,
                        RetryPolicy.defaults());

        assertThatThrownBy(call::join).hasCauseInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anAnswerThatIsComingInOutlivesTheDeadline() {
        RootFuture<String> call = repeatable(RetryPolicy.defaults());
        call.suspendDeadline();

        time.advance(DEADLINE.plusSeconds(60));
        assertThat(call).isNotDone();
        attempts.getLast().complete("a long list");

        assertThat(call.join()).isEqualTo("a long list");
    }

    @Test
    void anAnswerThatBreaksOffAfterTheDeadlineIsNotAskedForAgain() {
        RootFuture<String> call = repeatable(RetryPolicy.defaults());
        call.suspendDeadline();
        time.advance(DEADLINE.plusSeconds(60));

        failWith(lost(true));

        assertThatThrownBy(call::join).hasCauseInstanceOf(PbxConnectionException.class);
        assertThat(attempts).hasSize(1);
    }

    @Test
    void afterAnAnswerThatBrokeOffTheDeadlineCountsAgain() {
        RootFuture<String> call = repeatable(RetryPolicy.defaults());
        call.suspendDeadline();
        time.advance(Duration.ofSeconds(5));
        failWith(lost(true));
        time.advance(Duration.ofSeconds(1));
        assertThat(attempts).hasSize(2);

        time.advance(Duration.ofSeconds(4));

        assertThatThrownBy(call::join).hasCauseInstanceOf(PbxTimeoutException.class);
    }

    @Test
    void requestsAndRetriesAreReported() throws Exception {
        RootFuture<String> call = repeatable(RetryPolicy.defaults());
        failWith(lost(true));
        time.advance(Duration.ofSeconds(1));
        attempts.getLast().complete("answer");
        assertThat(call.join()).isEqualTo("answer");

        assertThat(figures.next())
                .isEqualTo("pbx.retries {client=test, host=pbx:1, operation=List} 1");
        assertThat(figures.next())
                .isEqualTo(
                        "pbx.requests {client=test, host=pbx:1, operation=List, outcome=ok}"
                                + " 1000000000");
        assertThat(figures.isSilent()).isTrue();
    }

    @Test
    void howARequestEndedIsReported() throws Exception {
        once(RetryPolicy.defaults());
        failWith(new PbxRejectedException("no such channel", 404, "Channel not found"));
        assertThat(figures.next()).contains("operation=Send", "outcome=rejected");

        once(RetryPolicy.defaults()).cancel(true);
        assertThat(figures.next()).contains("outcome=cancelled");

        once(RetryPolicy.defaults());
        time.advance(DEADLINE);
        assertThat(figures.next()).contains("outcome=timeout");

        once(RetryPolicy.defaults());
        failWith(lost(true));
        assertThat(figures.next()).contains("outcome=failed");
    }

    /** The pauses between attempts, without the deadline. */
    private List<Duration> pauses() {
        List<Duration> waits = time.pending();
        return waits.subList(0, waits.size() - 1);
    }

    private static void between(Duration pause, long fromMillis, long toMillis) {
        assertThat(pause).isBetween(Duration.ofMillis(fromMillis), Duration.ofMillis(toMillis));
    }

    private static final class Busy extends PbxException implements RetryAdvice {

        private static final long serialVersionUID = 1L;

        private final Duration retryAfter;
        private final boolean unprocessed;

        Busy(Duration retryAfter, boolean unprocessed) {
            super("busy", null, !unprocessed);
            this.retryAfter = retryAfter;
            this.unprocessed = unprocessed;
        }

        @Override
        public boolean mayHelp() {
            return true;
        }

        @Override
        public boolean unprocessed() {
            return unprocessed;
        }

        @Override
        public Optional<Duration> retryAfter() {
            return Optional.of(retryAfter);
        }
    }
}
