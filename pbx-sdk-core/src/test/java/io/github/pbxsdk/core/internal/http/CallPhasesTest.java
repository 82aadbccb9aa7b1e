package io.github.pbxsdk.core.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxInterruptedException;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.http.HttpRequest;
import io.github.pbxsdk.core.http.HttpResponse;
import io.github.pbxsdk.core.http.HttpTimeoutException;
import io.github.pbxsdk.core.http.OkHttpTransport;
import io.github.pbxsdk.core.http.OkHttpTransports;
import io.github.pbxsdk.core.internal.Futures;
import io.github.pbxsdk.core.internal.RootFuture;
import io.github.pbxsdk.core.internal.http.StalledPeer.Phase;
import io.github.pbxsdk.core.time.ManualTime;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ends a call early in each of its phases, in each of the ways to do so. */
@Timeout(30)
class CallPhasesTest {

    private final ManualTime time = ManualTime.startingAt(Instant.EPOCH);
    private final PbxResources resources = PbxResources.builder().time(time).build();
    private final CountDownLatch connecting = new CountDownLatch(1);
    private final OkHttpTransport http =
            OkHttpTransports.using(new OkHttpClient.Builder().eventListener(watcher()).build())
                    .resources(resources)
                    .connectTimeout(Duration.ofMinutes(1))
                    .idleTimeout(Duration.ofMinutes(1))
                    .build();

    private EventListener watcher() {
        return new EventListener() {
            @Override
            public void connectStart(Call call, InetSocketAddress address, Proxy proxy) {
                connecting.countDown();
            }
        };
    }

    @AfterEach
    void close() {
        resources.close();
    }

    private RootFuture<String> call(StalledPeer peer) {
        return HttpCalls.call(
                resources,
                resources.executor(),
                http,
                peer.request(),
                response -> read(response, peer));
    }

    private static String read(HttpResponse response, StalledPeer peer) {
        peer.answered();
        return response.text(1000);
    }

    private void awaitPhase(StalledPeer peer) throws InterruptedException {
        assertThat(connecting.await(10, TimeUnit.SECONDS)).isTrue();
        peer.awaitReached();
    }

    @ParameterizedTest
    @EnumSource
    void cancellingTheFutureEndsTheCall(Phase phase) throws Exception {
        try (StalledPeer peer = StalledPeer.in(phase)) {
            RootFuture<String> answer = call(peer);
            awaitPhase(peer);
            answer.cancel(true);

            assertThat(answer).isCancelled();
            peer.awaitEnded();
            assertThat(time.pending()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void interruptingTheBlockingDoorEndsTheCall(Phase phase) throws Exception {
        try (StalledPeer peer = StalledPeer.in(phase)) {
            Waiting waiting = new Waiting(() -> Futures.await(call(peer)));
            awaitPhase(peer);
            waiting.thread.interrupt();

            PbxException failure = waiting.failure();
            assertThat(failure).isInstanceOf(PbxInterruptedException.class);
            assertThat(failure.mayHaveBeenSent()).isEqualTo(phase.sent());
            assertThat(waiting.flagged).isTrue();
            peer.awaitEnded();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theDeadlineEndsTheCall(Phase phase) throws Exception {
        try (StalledPeer peer = StalledPeer.in(phase)) {
            RootFuture<String> answer = call(peer);
            awaitPhase(peer);
            time.advance(Duration.ofSeconds(30));

            assertTimeout(
                    catchThrowableOfType(HttpTimeoutException.class, () -> Futures.await(answer)),
                    phase);
            peer.awaitEnded();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theDeadlineEndsTheBlockingDoor(Phase phase) throws Exception {
        try (StalledPeer peer = StalledPeer.in(phase)) {
            Waiting waiting = new Waiting(() -> read(http.send(peer.request()), peer));
            awaitPhase(peer);
            time.advance(Duration.ofSeconds(30));

            assertTimeout((HttpTimeoutException) waiting.failure(), phase);
            peer.awaitEnded();
        }
    }

    private static void assertTimeout(HttpTimeoutException failure, Phase phase) {
        assertThat(failure.mayHaveBeenSent()).isEqualTo(phase.sent());
        assertThat(failure.bytesSent() > 0).isEqualTo(phase.sent());
        assertThat(failure)
                .hasMessageContaining("POST http")
                .hasMessageContaining("within 30000 ms")
                .hasMessageFindingMatch(
                        switch (phase) {
                            case CONNECTING -> "no connection";
                            case HANDSHAKE -> "no end of the TLS handshake";
                            case SENDING -> "the request was not taken";
                            // The peer can have all before the call has noticed that nothing is
                            // left.
                            case WAITING -> "no answer|the request was not taken";
                            case READING -> "no end of the answer";
                        });
    }

    @Test
    void interruptingTheReaderOfABodyEndsTheCall() throws Exception {
        try (StalledPeer peer = StalledPeer.in(Phase.READING)) {
            Waiting waiting =
                    new Waiting(
                            () -> {
                                InputStream body = http.send(peer.request()).body();
                                peer.answered();
                                return body.readAllBytes();
                            });
            awaitPhase(peer);
            waiting.thread.interrupt();

            assertThat(waiting.failure()).isInstanceOf(PbxInterruptedException.class);
            assertThat(waiting.flagged).isTrue();
            peer.awaitEnded();
        }
    }

    @Test
    void theDeadlineOfAStreamingCallEndsWithTheHeadOfTheAnswer() throws Exception {
        try (StalledPeer peer = StalledPeer.in(Phase.READING)) {
            HttpResponse response =
                    http.send(HttpRequest.builder("GET", peer.request().url()).streaming().build());
            time.advance(Duration.ofDays(1));

            assertThat(response.body().readNBytes(9)).asString().isEqualTo("beginning");
            response.close();
            peer.awaitEnded();
        }
    }

    private void assertEndsForSilence(Waiting waiting, StalledPeer peer, String words)
            throws InterruptedException {
        await().until(
                        () -> {
                            time.advance(Duration.ofMinutes(1));
                            return !waiting.thread.isAlive();
                        });

        assertThat(waiting.failure())
                .isInstanceOf(HttpTimeoutException.class)
                .hasMessageContaining(words);
        peer.awaitEnded();
        assertThat(time.pending()).isEmpty();
    }

    @Test
    void aPeerThatFallsSilentWithinAStreamedAnswerEndsTheCall() throws Exception {
        try (StalledPeer peer = StalledPeer.in(Phase.READING)) {
            HttpRequest streaming =
                    HttpRequest.builder("GET", peer.request().url()).streaming().build();
            Waiting waiting = new Waiting(() -> http.send(streaming).body().readAllBytes());
            await().until(() -> time.pending().contains(Duration.ofMinutes(1)));
            assertEndsForSilence(waiting, peer, "fell silent within the answer after 9 bytes");
        }
    }

    @Test
    void aPeerThatTakesNothingMoreEndsTheCall() throws Exception {
        try (StalledPeer peer = StalledPeer.in(Phase.SENDING)) {
            HttpRequest patient = peer.request(Duration.ofDays(1));
            Waiting waiting = new Waiting(() -> http.send(patient));
            awaitPhase(peer);
            assertEndsForSilence(waiting, peer, "the request was not taken in time");
        }
    }

    @ParameterizedTest
    @EnumSource
    void closingTheResourcesFailsTheCall(Phase phase) throws Exception {
        try (StalledPeer peer = StalledPeer.in(phase)) {
            RootFuture<String> answer = call(peer);
            awaitPhase(peer);
            resources.close();

            PbxException failure =
                    catchThrowableOfType(PbxException.class, () -> Futures.await(answer));
            assertThat(failure).hasMessageContaining("the transport was closed meanwhile");
            assertThat(failure.mayHaveBeenSent()).isEqualTo(phase.sent());
            peer.awaitEnded();
        }
    }

    /** A thread in a blocking call that is bound to fail. */
    private static final class Waiting {

        private final Thread thread;
        private volatile PbxException failure;
        private volatile boolean flagged;

        Waiting(ThrowingCall call) {
            thread =
                    new Thread(
                            () -> {
                                try {
                                    call.run();
                                } catch (PbxException e) {
                                    failure = e;
                                    flagged = Thread.currentThread().isInterrupted();
                                } catch (Exception e) {
                                    throw new AssertionError(e);
                                }
                            });
            thread.start();
        }

        PbxException failure() throws InterruptedException {
            thread.join(TimeUnit.SECONDS.toMillis(10));
            assertThat(failure).as("failure of the blocking call").isNotNull();
            return failure;
        }
    }

    @FunctionalInterface
    private interface ThrowingCall {
        Object run() throws Exception;
    }
}
