package io.github.pbxsdk.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.core.ConnectionState;
import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.CredentialsProvider;
import io.github.pbxsdk.core.HostAndPort;
import io.github.pbxsdk.core.PbxAuthenticationException;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.ReconnectOptions;
import io.github.pbxsdk.core.ServerIdentity;
import io.github.pbxsdk.core.event.ConnectionEvent;
import io.github.pbxsdk.core.event.GapEvent;
import io.github.pbxsdk.core.event.PbxEvent;
import io.github.pbxsdk.core.event.ServerChangedEvent;
import io.github.pbxsdk.core.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class ConnectionKeeperTest {

    private static final HostAndPort FIRST = new HostAndPort("first.example", 5038);
    private static final HostAndPort SECOND = new HostAndPort("second.example", 5038);
    private static final Credentials OLD = Credentials.of("reporting", "old");
    private static final Credentials NEW = Credentials.of("reporting", "new");

    private final ManualTime time = ManualTime.startingAt(Instant.parse("2026-01-01T00:00:00Z"));
    private final RecordedFigures figures = new RecordedFigures();
    private final PbxResources resources =
            PbxResources.builder().time(time).observer(figures).build();
    private final BlockingQueue<PbxEvent> events = new LinkedBlockingQueue<>();

    /** What the peer does at the next attempts; each gives a link or throws. */
    private final BlockingQueue<Function<ConnectionKeeper.Attempt, TestLink>> peer =
            new LinkedBlockingQueue<>();

    private final BlockingQueue<ConnectionKeeper.Attempt> attempts = new LinkedBlockingQueue<>();
    private volatile Credentials credentials = OLD;

    @AfterEach
    void close() {
        resources.close();
    }

    private ConnectionKeeper keeper(ReconnectOptions options, HostAndPort... hosts) {
        return new ConnectionKeeper(
                "test pbx",
                resources,
                new ConnectionKeeper.Settings(List.of(hosts), () -> credentials, options),
                attempt -> {
                    attempts.add(attempt);
                    return take(peer).apply(attempt);
                },
                events::add);
    }

    private ConnectionKeeper keeper(CredentialsProvider provider, Consumer<PbxEvent> announce) {
        return new ConnectionKeeper(
                "test pbx",
                resources,
                new ConnectionKeeper.Settings(
                        List.of(FIRST), provider, ReconnectOptions.defaults()),
                attempt -> take(peer).apply(attempt),
                announce);
    }

    private ConnectionKeeper keeper() {
        return keeper(ReconnectOptions.defaults(), FIRST);
    }

    private static <T> T take(BlockingQueue<T> queue) {
        try {
            T next = queue.poll(20, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("nothing came");
            }
            return next;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private TestLink accept() {
        return accept(null);
    }

    private TestLink accept(@Nullable ServerIdentity identity) {
        TestLink link = new TestLink(time, identity);
        peer.add(attempt -> link);
        return link;
    }

    private void fail(PbxException failure) {
        peer.add(
                attempt -> {
                    throw failure;
                });
    }

    private ConnectionEvent nextState(ConnectionState state) {
        ConnectionEvent event = (ConnectionEvent) take(events);
        assertThat(event.state()).isEqualTo(state);
        return event;
    }

    /** Lets the pause before the next attempt pass. */
    private void passPause() throws InterruptedException {
        time.awaitPending(1);
        time.advanceToNext();
    }

    @Test
    void connectsAndSaysSo() {
        ConnectionKeeper keeper = keeper();
        assertThat(keeper.status().state()).isEqualTo(ConnectionState.DISCONNECTED);
        accept();

        keeper.connect().join();

        nextState(ConnectionState.CONNECTING);
        nextState(ConnectionState.CONNECTED);
        assertThat(keeper.status().state()).isEqualTo(ConnectionState.CONNECTED);
        assertThat(keeper.connect()).isDone();
    }

    @Test
    void theFirstFailureIsThrownAndNothingGoesOn() {
        ConnectionKeeper keeper = keeper();
        PbxConnectionException refused = new PbxConnectionException("connection refused", null);
        fail(refused);

        assertThatThrownBy(keeper.connect()::join).hasCause(refused);

        nextState(ConnectionState.CONNECTING);
        ConnectionEvent event = nextState(ConnectionState.DISCONNECTED);
        assertThat(event.now().failure()).contains(refused);
        assertThat(time.pending()).isEmpty();

        accept();
        keeper.connect().join();
        assertThat(keeper.status().state()).isEqualTo(ConnectionState.CONNECTED);
    }

    @Test
    void aSettingKeepsTryingFromTheStart() throws Exception {
        ConnectionKeeper keeper = keeper(ReconnectOptions.defaults().fromTheStart(true), FIRST);
        fail(new PbxConnectionException("connection refused", null));
        fail(new PbxConnectionException("still refused", null));
        accept();

        CompletableFuture<?> connected = keeper.connect();
        passPause();
        passPause();

        connected.join();
        assertThat(attempts).hasSize(3);
    }

    @Test
    void comesBackAfterALossAndTellsTheGap() throws Exception {
        ConnectionKeeper keeper = keeper();
        TestLink first = accept();
        keeper.connect().join();
        Instant lastSign = time.now();
        events.clear();

        time.advance(Duration.ofSeconds(7));
        accept();
        first.lose(new PbxConnectionException("reset by peer", null, true));
        assertThat(nextState(ConnectionState.RECONNECTING).now().reason())
                .isEqualTo("reset by peer");
        passPause();

        nextState(ConnectionState.CONNECTED);
        GapEvent gap = (GapEvent) take(events);
        assertThat(gap.cause()).isEqualTo(GapEvent.Cause.CONNECTION);
        assertThat(gap.from()).isEqualTo(lastSign);
        assertThat(gap.to()).isBetween(lastSign.plusSeconds(7), lastSign.plusSeconds(8));
        assertThat(gap.lost()).isEmpty();
        assertThat(figures.next()).isEqualTo("pbx.reconnects {client=test, host=pbx} 1");
    }

    @Test
    void aStoppedConnectionStaysDownUntilItIsAskedForAgain() {
        ConnectionKeeper keeper = keeper();
        TestLink first = accept();
        keeper.connect().join();
        first.awaitRunning();
        events.clear();
        PbxConnectionException takenOver = new PbxConnectionException("taken over", null, true);

        keeper.stop(takenOver);

        ConnectionEvent down = nextState(ConnectionState.DISCONNECTED);
        assertThat(down.now().failure()).contains(takenOver);
        assertThat(time.pending()).isEmpty();

        accept();
        keeper.connect().join();
        nextState(ConnectionState.CONNECTING);
        nextState(ConnectionState.CONNECTED);
        assertThat(take(events)).isInstanceOf(GapEvent.class);
    }

    @Test
    void pausesGrowUntilAConnectionProvesItself() throws Exception {
        ConnectionKeeper keeper = keeper();
        TestLink link = accept();
        keeper.connect().join();
        link.lose(new PbxConnectionException("reset", null, true));

        for (long most : List.of(500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000)) {
            time.awaitPending(1);
            Duration pause = time.pending().get(0);
            assertThat(pause).isBetween(Duration.ofMillis(most / 2), Duration.ofMillis(most));
            fail(new PbxConnectionException("refused", null));
            time.advanceToNext();
            take(attempts);
        }
        TestLink proved = accept();
        passPause();
        proved.awaitRunning();
        time.advance(Duration.ofMinutes(1));
        proved.lose(new PbxConnectionException("reset", null, true));
        time.awaitPending(1);
        assertThat(time.pending().get(0)).isLessThanOrEqualTo(Duration.ofMillis(500));
    }

    @Test
    void aConnectionThatIsClosedAtOnceCountsAsAFailure() throws Exception {
        ConnectionKeeper keeper = keeper();
        TestLink link = accept();
        keeper.connect().join();
        for (long most : List.of(500, 1000, 2000)) {
            link.lose(new PbxConnectionException("closed", null, true));
            time.awaitPending(1);
            assertThat(time.pending().get(0))
                    .isBetween(Duration.ofMillis(most / 2), Duration.ofMillis(most));
            link = accept();
            time.advanceToNext();
            link.awaitRunning();
        }
    }

    @Test
    void triesTheHostsInOrder() {
        ConnectionKeeper keeper = keeper(ReconnectOptions.defaults(), FIRST, SECOND);
        fail(new PbxConnectionException("refused", null));
        accept();

        keeper.connect().join();

        assertThat(attempts)
                .extracting(ConnectionKeeper.Attempt::host)
                .containsExactly(FIRST, SECOND);
    }

    @Test
    void anotherServerIsTold() throws Exception {
        ServerIdentity before = ServerIdentity.of("pbx-a", Instant.parse("2026-01-01T00:00:00Z"));
        ServerIdentity restarted =
                ServerIdentity.of("pbx-a", Instant.parse("2026-01-01T08:00:00Z"));
        ConnectionKeeper keeper = keeper();
        TestLink link = accept(before);
        keeper.connect().join();
        accept(restarted);
        link.lose(new PbxConnectionException("shutdown", null, true));
        passPause();

        ServerChangedEvent changed = await(ServerChangedEvent.class);
        assertThat(changed.before()).isEqualTo(before);
        assertThat(changed.now()).isEqualTo(restarted);
    }

    @Test
    void refusedCredentialsAreNotSentAgain() {
        ConnectionKeeper keeper = keeper();
        fail(new PbxAuthenticationException("authentication failed"));

        assertThatThrownBy(keeper.connect()::join)
                .hasCauseInstanceOf(PbxAuthenticationException.class);
        assertThat(keeper.status().state()).isEqualTo(ConnectionState.REFUSED);
        assertThatThrownBy(keeper.connect()::join)
                .hasMessageContaining("nothing is sent until there are others");
        assertThat(attempts).hasSize(1);

        credentials = NEW;
        accept();
        keeper.connect().join();
        assertThat(keeper.status().state()).isEqualTo(ConnectionState.CONNECTED);
    }

    @Test
    void afterARefusalOnTheWayBackOtherCredentialsAreWaitedFor() throws Exception {
        ConnectionKeeper keeper = keeper();
        TestLink link = accept();
        keeper.connect().join();
        link.lose(new PbxConnectionException("reset", null, true));
        fail(new PbxAuthenticationException("authentication failed"));
        passPause();
        time.awaitPending(1);
        assertThat(keeper.status().state()).isEqualTo(ConnectionState.REFUSED);

        time.advance(Duration.ofMinutes(10));
        time.awaitPending(1);
        assertThat(attempts).hasSize(2);

        credentials = NEW;
        TestLink again = accept();
        time.advance(Duration.ofSeconds(30));
        again.awaitRunning();
        assertThat(keeper.status().state()).isEqualTo(ConnectionState.CONNECTED);
    }

    @Test
    void whoAsksAfterARefusalOnTheWayBackIsToldSo() throws Exception {
        ConnectionKeeper keeper = keeper();
        refuseOnTheWayBack(keeper);

        assertThatThrownBy(() -> outcome(keeper.connect()))
                .hasMessageContaining("nothing is sent until there are others");

        assertThat(attempts).hasSize(2);
        assertThat(keeper.status().state()).isEqualTo(ConnectionState.REFUSED);
    }

    @Test
    void whoAsksAfterARefusalHasOtherCredentialsLookedForAtOnce() throws Exception {
        ConnectionKeeper keeper = keeper();
        refuseOnTheWayBack(keeper);
        credentials = NEW;
        accept();

        outcome(keeper.connect());

        assertThat(keeper.status().state()).isEqualTo(ConnectionState.CONNECTED);
        assertThat(time.pending()).isEmpty();
    }

    @Test
    void whoAsksWhileFormerCredentialsAreLookedAtIsNotToldOfThem() throws Exception {
        BlockingQueue<Supplier<Credentials>> vault = new LinkedBlockingQueue<>();
        ConnectionKeeper keeper = keeper(() -> take(vault).get(), events::add);
        vault.addAll(List.of(() -> OLD, () -> OLD, () -> OLD));
        refuseOnTheWayBack(keeper);
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        vault.add(
                () -> {
                    asked.countDown();
                    awaitLatch(answer);
                    return OLD;
                });
        CompletableFuture<?> before = keeper.connect();
        awaitLatch(asked);

        CompletableFuture<?> meanwhile = keeper.connect();
        vault.addAll(List.of(() -> NEW, () -> NEW));
        accept();
        answer.countDown();

        assertThatThrownBy(() -> outcome(before))
                .hasCauseInstanceOf(PbxAuthenticationException.class);
        outcome(meanwhile);
        assertThat(keeper.status().state()).isEqualTo(ConnectionState.CONNECTED);
    }

    private void refuseOnTheWayBack(ConnectionKeeper keeper) throws InterruptedException {
        TestLink link = accept();
        keeper.connect().join();
        fail(new PbxAuthenticationException("authentication failed"));
        link.lose(new PbxConnectionException("reset", null, true));
        passPause();
        time.awaitPending(1);
        assertThat(keeper.status().state()).isEqualTo(ConnectionState.REFUSED);
    }

    @Test
    void anErrorOfTheCredentialsProviderIsAFailureLikeAnyOther() throws Exception {
        NoClassDefFoundError missing = new NoClassDefFoundError("com/example/Vault");
        BlockingQueue<Supplier<Credentials>> vault = new LinkedBlockingQueue<>();
        ConnectionKeeper keeper = keeper(() -> take(vault).get(), events::add);
        vault.add(
                () -> {
                    throw missing;
                });

        failsAndCanBeAskedForAgain(keeper, missing, () -> vault.add(() -> OLD));
    }

    @Test
    void anErrorOnTheWayToTheServerIsAFailureLikeAnyOther() throws Exception {
        NoClassDefFoundError missing = new NoClassDefFoundError("com/example/Codec");
        peer.add(
                attempt -> {
                    throw missing;
                });

        failsAndCanBeAskedForAgain(keeper(), missing, () -> {});
    }

    @Test
    void anErrorOfTheConnectionAsSoonAsItStandsIsAFailureLikeAnyOther() throws Exception {
        NoClassDefFoundError missing = new NoClassDefFoundError("com/example/Banner");
        TestLink link = new TestLink(time, null);
        link.identityFails(missing);
        peer.add(attempt -> link);

        failsAndCanBeAskedForAgain(keeper(), missing, () -> {});
        assertThat(link.isClosed()).isTrue();
    }

    @Test
    void aThreadThatCannotBeStartedIsAFailureLikeAnyOther() throws Exception {
        InternalError noThread = new InternalError("unable to create a thread");
        ResourcesAccess access = ResourcesAccess.get();
        ResourcesAccess.register(new NoReaderFor("test pbx", noThread, access));

        failsAndCanBeAskedForAgain(keeper(), noThread, () -> ResourcesAccess.register(access));
    }

    private void failsAndCanBeAskedForAgain(ConnectionKeeper keeper, Error error, Runnable mend)
            throws Exception {
        CompletableFuture<?> connected;
        try {
            connected = keeper.connect();
        } finally {
            mend.run();
        }
        assertThatThrownBy(() -> outcome(connected)).hasRootCause(error);
        assertThat(keeper.status().state()).isEqualTo(ConnectionState.DISCONNECTED);
        assertThat(keeper.isKept()).isFalse();
        accept();
        outcome(keeper.connect());
        assertThat(keeper.status().state()).isEqualTo(ConnectionState.CONNECTED);
    }

    /** Waits, but not for ever. */
    private static void outcome(CompletableFuture<?> connected) throws Exception {
        connected.get(20, TimeUnit.SECONDS);
    }

    @Test
    void anErrorOfTheReaderEndsTheConnectionAndAnotherOneIsMade() throws Exception {
        ConnectionKeeper keeper = keeper();
        TestLink link = accept();
        keeper.connect().join();
        TestLink next = accept();

        link.fail(new StackOverflowError("of the reader"));
        passPause();

        next.awaitRunning();
        assertThat(link.isClosed()).isTrue();
        assertThat(keeper.status().state()).isEqualTo(ConnectionState.CONNECTED);
    }

    @Test
    void aFailingCredentialsProviderIsAFailureLikeAnyOther() {
        ConnectionKeeper keeper =
                keeper(
                        () -> {
                            throw new IllegalStateException("vault is sealed");
                        },
                        events::add);

        assertThatThrownBy(keeper.connect()::join).hasMessageContaining("vault is sealed");
        assertThat(keeper.status().state()).isEqualTo(ConnectionState.DISCONNECTED);
    }

    @Test
    void droppingAConnectionGivesTheReason() throws Exception {
        ConnectionKeeper keeper = keeper();
        TestLink link = accept();
        keeper.connect().join();
        link.awaitRunning();
        events.clear();

        keeper.drop(new PbxConnectionException("no answer to a ping", null, true));

        assertThat(nextState(ConnectionState.RECONNECTING).now().reason())
                .isEqualTo("no answer to a ping");
    }

    @Test
    void closingEndsTheConnection() {
        ConnectionKeeper keeper = keeper();
        TestLink link = accept();
        keeper.connect().join();

        keeper.close();
        keeper.close();

        assertThat(link.isClosed()).isTrue();
        assertThat(keeper.status().state()).isEqualTo(ConnectionState.CLOSED);
        assertThatThrownBy(keeper::connect).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void closingWhileConnectingClosesTheSocketAndFailsWhoWaits() throws Exception {
        ConnectionKeeper keeper = keeper();
        CountDownLatch socketClosed = new CountDownLatch(1);
        CountDownLatch connecting = new CountDownLatch(1);
        peer.add(
                attempt -> {
                    attempt.onAbort(socketClosed::countDown);
                    connecting.countDown();
                    awaitLatch(socketClosed);
                    throw new PbxConnectionException("socket closed", null);
                });
        CompletableFuture<?> connected = keeper.connect();
        connecting.await();

        keeper.close();

        assertThatThrownBy(connected::join).hasCauseInstanceOf(PbxConnectionException.class);
        assertThat(keeper.status().state()).isEqualTo(ConnectionState.CLOSED);
    }

    @Test
    void closingInAPauseEndsTheKeeper() throws Exception {
        ConnectionKeeper keeper = keeper();
        TestLink link = accept();
        keeper.connect().join();
        link.lose(new PbxConnectionException("reset", null, true));
        time.awaitPending(1);

        keeper.close();
        time.advance(Duration.ofMinutes(1));

        assertThat(attempts).hasSize(1);
    }

    @Test
    void afterClosedNoOtherStateFollows() throws Exception {
        ConnectionKeeper keeper = keeper();
        TestLink link = accept();
        keeper.connect().join();
        link.awaitRunning();

        keeper.close();
        link.awaitEnd();

        assertThat(events)
                .last()
                .isInstanceOfSatisfying(
                        ConnectionEvent.class,
                        event -> assertThat(event.state()).isEqualTo(ConnectionState.CLOSED));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void anAnnouncementThatFailsEndsNeitherTheConnectionNorTheKeeper(Supplier<Throwable> failure)
            throws Exception {
        ConnectionKeeper keeper =
                keeper(
                        () -> credentials,
                        event -> {
                            if (event instanceof GapEvent) {
                                throwUnchecked(failure.get());
                            }
                        });
        TestLink link = accept();
        keeper.connect().join();

        for (int i = 0; i < 2; i++) {
            TestLink next = accept();
            link.lose(new PbxConnectionException("reset", null, true));
            passPause();
            next.awaitRunning();
            link = next;
        }

        assertThat(keeper.status().state()).isEqualTo(ConnectionState.CONNECTED);
    }

    static Stream<Supplier<Throwable>> failures() {
        return Stream.of(
                () -> new IllegalStateException("whoever is told has failed"),
                () -> new AssertionError("whoever is told has failed"));
    }

    private static void throwUnchecked(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) failure;
    }

    private <E extends PbxEvent> E await(Class<E> type) {
        PbxEvent event = take(events);
        while (!type.isInstance(event)) {
            event = take(events);
        }
        return type.cast(event);
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** A connection that the test ends. */
    private static final class TestLink implements ConnectionKeeper.Link {

        private final Instant lastSignOfLife;
        private final @Nullable ServerIdentity identity;
        private final CountDownLatch running = new CountDownLatch(1);
        private final CountDownLatch left = new CountDownLatch(1);
        private final CompletableFuture<PbxException> end = new CompletableFuture<>();
        private volatile @Nullable Error identityFailure;
        private volatile boolean closed;

        TestLink(ManualTime time, @Nullable ServerIdentity identity) {
            this.lastSignOfLife = time.now();
            this.identity = identity;
        }

        void lose(PbxException reason) {
            end.complete(reason);
        }

        void fail(Error error) {
            end.completeExceptionally(error);
        }

        void identityFails(Error error) {
            identityFailure = error;
        }

        void awaitRunning() {
            awaitLatch(running);
        }

        void awaitEnd() {
            awaitLatch(left);
        }

        boolean isClosed() {
            return closed;
        }

        @Override
        public void run() {
            running.countDown();
            try {
                throw end.get();
            } catch (ExecutionException e) {
                throw (Error) e.getCause();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            } finally {
                left.countDown();
            }
        }

        @Override
        public Instant lastSignOfLife() {
            return lastSignOfLife;
        }

        @Override
        public @Nullable ServerIdentity identity() {
            Error failure = identityFailure;
            if (failure != null) {
                throw failure;
            }
            return identity;
        }

        @Override
        public void close() {
            closed = true;
            end.complete(new PbxConnectionException("closed here", null, true));
        }
    }

    /** Resources in which one reader has no thread. */
    private static final class NoReaderFor extends ResourcesAccess {

        private final String source;
        private final Error failure;
        private final ResourcesAccess others;

        NoReaderFor(String source, Error failure, ResourcesAccess others) {
            this.source = source;
            this.failure = failure;
            this.others = others;
        }

        @Override
        public <T extends AutoCloseable> T part(
                PbxResources resources, Class<T> key, Supplier<T> maker) {
            return others.part(resources, key, maker);
        }

        @Override
        public Thread startReader(PbxResources resources, String name, Runnable loop) {
            if (name.equals(source)) {
                throw failure;
            }
            return others.startReader(resources, name, loop);
        }

        @Override
        public Registration register(PbxResources resources, AutoCloseable client) {
            return others.register(resources, client);
        }
    }
}
