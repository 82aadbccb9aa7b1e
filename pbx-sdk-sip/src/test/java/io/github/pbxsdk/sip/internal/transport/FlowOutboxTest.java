package io.github.pbxsdk.sip.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.core.HostAndPort;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.internal.StreamConnection;
import io.github.pbxsdk.core.time.ManualTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FlowOutboxTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private ServerSocket listener;
    private Socket accepted;
    private StreamConnection connection;
    private FlowOutbox outbox;

    @BeforeEach
    void connect() throws IOException {
        listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        connection =
                StreamConnection.open(
                        new HostAndPort("127.0.0.1", listener.getLocalPort()),
                        null,
                        TIMEOUT,
                        ManualTime.startingAt(Instant.EPOCH),
                        socket -> {});
        accepted = listener.accept();
        outbox = new FlowOutbox(connection, TIMEOUT, Runnable::run);
    }

    @AfterEach
    void close() throws IOException {
        connection.close();
        accepted.close();
        listener.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void whatWasGivenUpDoesNotLeave() throws IOException {
        outbox.add(bytes("a"), () -> false);
        outbox.add(bytes("b"), () -> true);

        assertThat(accepted.getInputStream().read()).isEqualTo('b');
    }

    @Test
    void whatFailsInWritingEndsTheConnection() throws IOException {
        assertThatThrownBy(
                        () ->
                                outbox.add(
                                        bytes("a"),
                                        () -> {
                                            throw new IllegalStateException("a fault");
                                        }))
                .isInstanceOf(IllegalStateException.class);

        PbxException failure = outbox.failure();
        assertThat(failure).isInstanceOf(PbxConnectionException.class);
        assertThat(failure.mayHaveBeenSent()).isTrue();
        assertThatThrownBy(() -> outbox.add(bytes("b"), () -> true))
                .isInstanceOf(PbxConnectionException.class)
                .hasMessageContaining("is not written to any more");
        assertThat(accepted.getInputStream().read()).isEqualTo(-1);
    }
}
