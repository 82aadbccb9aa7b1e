package io.github.pbxsdk.core.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class OutboxTest {

    private final Wire wire = new Wire();
    private final Queue<Runnable> threads = new ArrayDeque<>();
    private final Outbox outbox = new Outbox(wire, Duration.ofSeconds(5), threads::add);

    private void add(String text) {
        outbox.add(text.getBytes(US_ASCII), () -> true);
    }

    private void runThreads() {
        while (!threads.isEmpty()) {
            threads.remove().run();
        }
    }

    @Test
    void whatHasGatheredIsWrittenTogetherAndInOrder() {
        add("one ");
        add("two ");
        add("three");
        assertThat(threads).as("one thread at a time").hasSize(1);

        runThreads();
        add("four");
        runThreads();

        assertThat(wire.written).containsExactly("one two three", "four");
    }

    @Test
    void whatComesWhileOneIsWrittenGoesNext() {
        wire.whileWriting =
                () -> {
                    wire.whileWriting = () -> {};
                    add("two");
                };
        add("one");

        runThreads();

        assertThat(wire.written).containsExactly("one", "two");
    }

    @Test
    void whatWasGivenUpMeanwhileDoesNotLeave() {
        AtomicBoolean wanted = new AtomicBoolean(true);
        wire.whileWriting =
                () -> {
                    wire.whileWriting = () -> {};
                    outbox.add("given up".getBytes(US_ASCII), wanted::get);
                    add("three");
                    wanted.set(false);
                };
        add("one");

        runThreads();

        assertThat(wire.written).containsExactly("one", "three");
    }

    @Test
    void aFailedWriteEndsTheConnectionAndIsTheReason() {
        wire.failure = new PbxTimeoutException("takes no data", null, true);
        add("one");

        runThreads();

        assertThat(wire.closed).isTrue();
        assertThat(outbox.failure()).isSameAs(wire.failure);
        assertThatThrownBy(() -> add("two"))
                .isInstanceOf(PbxConnectionException.class)
                .hasMessageContaining("takes no data")
                .extracting(e -> ((PbxException) e).mayHaveBeenSent())
                .isEqualTo(false);
    }

    @Test
    void anythingElseThatGoesWrongEndsTheConnectionAsWell() {
        outbox.add(
                "one".getBytes(US_ASCII),
                () -> {
                    throw new IllegalStateException("fails on purpose");
                });

        assertThatThrownBy(this::runThreads).isInstanceOf(IllegalStateException.class);

        assertThat(wire.closed).isTrue();
        assertThat(outbox.failure())
                .isInstanceOf(PbxConnectionException.class)
                .extracting(PbxException::mayHaveBeenSent)
                .isEqualTo(true);
        assertThatThrownBy(() -> add("two"))
                .isInstanceOf(PbxConnectionException.class)
                .hasMessageContaining("is not written to any more");
    }

    @Test
    void morePatienceThanSixteenMebibytesIsRefused() {
        outbox.add(new byte[Outbox.MAX_BYTES], () -> true);

        assertThatThrownBy(() -> add("x"))
                .isInstanceOf(PbxConnectionException.class)
                .hasMessageContaining("16 MiB");

        runThreads();
        add("x");
        runThreads();
        assertThat(wire.written).hasSize(2).last().isEqualTo("x");
    }

    @Test
    void withoutThreadsNothingIsSentAnyMore() {
        Outbox late =
                new Outbox(
                        wire,
                        Duration.ofSeconds(5),
                        task -> {
                            throw new RejectedExecutionException("closed");
                        });

        late.add("one".getBytes(US_ASCII), () -> true);

        assertThat(wire.closed).isTrue();
        assertThat(wire.written).isEmpty();
    }

    /** Keeps what is written. */
    private static final class Wire implements Outbox.Wire {

        private final List<String> written = new ArrayList<>();
        private Runnable whileWriting = () -> {};
        private PbxException failure;
        private boolean closed;

        @Override
        public String peer() {
            return "pbx:5038";
        }

        @Override
        public void write(byte[] bytes, Duration timeout) {
            if (failure != null) {
                throw failure;
            }
            written.add(new String(bytes, US_ASCII));
            whileWriting.run();
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
