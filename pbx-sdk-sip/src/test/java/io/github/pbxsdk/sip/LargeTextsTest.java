package io.github.pbxsdk.sip;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.core.HostAndPort;
import io.github.pbxsdk.core.internal.Threads;
import io.github.pbxsdk.core.internal.flight.FlightTap;
import io.github.pbxsdk.core.time.ManualTime;
import io.github.pbxsdk.core.time.Time;
import io.github.pbxsdk.sip.internal.transport.Flow;
import io.github.pbxsdk.sip.internal.transport.FlowReader;
import io.github.pbxsdk.sip.internal.transport.UdpFlow;
import io.github.pbxsdk.sip.internal.wire.MalformedMessageException;
import io.github.pbxsdk.sip.internal.wire.SipMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LargeTextsTest {

    private static final Duration IDLE = Duration.ofSeconds(30);

    private final ManualTime time = ManualTime.startingAt(Instant.EPOCH);
    private final ExecutorService threads = Threads.unbounded("large texts test");
    private final CompletableFuture<Flow> ended = new CompletableFuture<>();
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final UdpFlow datagrams =
            UdpFlow.open(
                    new HostAndPort("127.0.0.1", server.getLocalPort()), 0, time, FlightTap.none());

    LargeTextsTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        datagrams.close();
        server.close();
        Threads.end(threads);
    }

    private LargeTexts texts(Time clock) {
        try (SipClient sip =
                SipClient.builder().server("127.0.0.1", server.getLocalPort()).build()) {
            return new LargeTexts(
                    sip.engine().settings(),
                    clock,
                    threads::submit,
                    new Nobody(),
                    new FlightTaps(null),
                    (flow, reason) -> ended.complete(flow));
        }
    }

    private static final class Nobody implements FlowReader {

        @Override
        public void received(Flow flow, SipMessage message) {
            throw new AssertionError("nothing was sent");
        }

        @Override
        public void unreadable(Flow flow, MalformedMessageException problem) {
            throw new AssertionError("nothing was sent");
        }
    }

    @Test
    void aConnectionIsIdleAfterItsLastUse() throws Exception {
        CompletableFuture<Object> first = new CompletableFuture<>();
        CompletableFuture<Object> second = new CompletableFuture<>();
        try (LargeTexts texts = texts(time)) {
            Flow flow = texts.beside(datagrams, first).get(10, TimeUnit.SECONDS);
            assertThat(texts.beside(datagrams, second)).isCompletedWithValue(flow);
            first.complete("answered");
            assertThat(time.pending()).as("the second one waits").isEmpty();

            second.complete("answered, too");
            assertThat(time.pending()).containsExactly(IDLE);
            texts.beside(datagrams, new CompletableFuture<>()).get(10, TimeUnit.SECONDS);
            assertThat(time.pending()).as("in use again").isEmpty();
        }
    }

    @Test
    void anIdleConnectionIsEnded() throws Exception {
        CompletableFuture<Object> use = new CompletableFuture<>();
        try (LargeTexts texts = texts(time)) {
            Flow flow = texts.beside(datagrams, use).get(10, TimeUnit.SECONDS);
            try (Socket client = server.accept()) {
                use.complete("answered");
                time.advance(IDLE);

                assertThat(ended.get(10, TimeUnit.SECONDS)).isSameAs(flow);
                client.setSoTimeout(10_000);
                assertThat(client.getInputStream().read()).isEqualTo(-1);
            }
        }
    }

    /** As it can be where the machine has no thread left. */
    @Test
    void whereAConnectionCannotBeMadeTheDatagramsDo() {
        Time broken =
                new Time() {
                    @Override
                    public Instant now() {
                        throw new OutOfMemoryError("made up by a test");
                    }

                    @Override
                    public long nanos() {
                        return time.nanos();
                    }

                    @Override
                    public Alarm schedule(Duration delay, Runnable task) {
                        return time.schedule(delay, task);
                    }
                };
        try (LargeTexts texts = texts(broken)) {
            assertThat(texts.beside(datagrams, new CompletableFuture<>()))
                    .succeedsWithin(Duration.ofSeconds(10))
                    .isSameAs(datagrams);
        }
    }
}
