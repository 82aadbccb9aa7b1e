package io.github.pbxsdk.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.core.ConnectionState;
import io.github.pbxsdk.core.ConnectionStatus;
import io.github.pbxsdk.core.PbxConnectionException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CurrentConnectionTest {

    private final Queue<Runnable> threads = new ArrayDeque<>();
    private final CurrentConnection<String> connections =
            new CurrentConnection<>("ami pbx:5038", PbxConnectionException::new, threads::add);

    private String become(ConnectionState state) {
        return connections.become(ConnectionStatus.of(state, Instant.EPOCH, "for a test"));
    }

    private void runThreads() {
        while (!threads.isEmpty()) {
            threads.remove().run();
        }
    }

    @Test
    void withoutAConnectionAndNoneInSightNobodyWaits() {
        assertThatThrownBy(connections.await()::join)
                .hasCauseInstanceOf(PbxConnectionException.class)
                .hasMessageContaining("ami pbx:5038 is not connected: call connect() first");

        become(ConnectionState.DISCONNECTED);

        assertThatThrownBy(connections.await()::join)
                .hasMessageContaining("ami pbx:5038 is not connected: for a test");
    }

    @Test
    void anOfferedConnectionIsUsedOnceTheStateSaysSo() {
        become(ConnectionState.CONNECTING);
        connections.offer("first");
        assertThat(connections.now()).isNull();

        assertThat(become(ConnectionState.CONNECTED)).isNull();

        assertThat(connections.now()).isEqualTo("first");
        assertThat(connections.await()).isCompletedWithValue("first");
    }

    @Test
    void whoWaitsIsToldOnAThreadOfItsOwn() {
        become(ConnectionState.RECONNECTING);
        CompletableFuture<String> waiting = connections.await();
        connections.offer("first");
        become(ConnectionState.CONNECTED);
        assertThat(waiting).as("the thread that connects runs nobody's code").isNotDone();

        runThreads();

        assertThat(waiting).isCompletedWithValue("first");
    }

    @Test
    void whoWaitsInVainIsToldWhy() {
        become(ConnectionState.CONNECTING);
        CompletableFuture<String> waiting = connections.await();
        become(ConnectionState.DISCONNECTED);
        runThreads();

        assertThatThrownBy(waiting::join)
                .hasCauseInstanceOf(PbxConnectionException.class)
                .hasMessageContaining("for a test");
    }

    @Test
    void theEndNamesTheConnectionThatEnded() {
        connections.offer("first");
        become(ConnectionState.CONNECTED);

        assertThat(become(ConnectionState.RECONNECTING)).isEqualTo("first");
        assertThat(connections.now()).isNull();
        assertThat(become(ConnectionState.CONNECTED)).as("it is not used twice").isNull();
        assertThat(connections.now()).isNull();
    }
}
