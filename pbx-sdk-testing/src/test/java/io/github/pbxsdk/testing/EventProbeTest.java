package io.github.pbxsdk.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.core.PbxInterruptedException;
import io.github.pbxsdk.core.event.Events;
import io.github.pbxsdk.core.event.Listener;
import io.github.pbxsdk.core.event.PbxEvent;
import io.github.pbxsdk.core.event.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EventProbeTest {

    private final Source source = new Source();

    @Test
    void givesEventsOfItsTypeInOrder() {
        EventProbe<Rang> probe = EventProbe.on(source, Rang.class);

        source.emit(new Rang("100"), new Ended("100"), new Rang("200"));

        assertThat(probe.next()).isEqualTo(new Rang("100"));
        assertThat(probe.next()).isEqualTo(new Rang("200"));
        probe.none();
    }

    @Test
    void waitsForAnEventOfAnotherThread() {
        EventProbe<Rang> probe = EventProbe.on(source, Rang.class);

        CompletableFuture<Rang> next = CompletableFuture.supplyAsync(probe::next);
        source.emit(new Rang("100"));

        assertThat(next).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(new Rang("100"));
    }

    @Test
    void looksForTheOneThatMatches() {
        EventProbe<PbxEvent> probe = EventProbe.on(source, PbxEvent.class);
        source.emit(new Rang("100"), new Rang("200"), new Ended("200"));

        assertThat(probe.next(event -> event.equals(new Rang("200")))).isEqualTo(new Rang("200"));
        assertThat(probe.next()).isEqualTo(new Ended("200"));
    }

    @Test
    void tellsWhatCameInstead() {
        EventProbe<Rang> probe = EventProbe.on(source, Rang.class, Duration.ofMillis(20));
        source.emit(new Ended("100"), new Ended("200"));

        assertThatThrownBy(probe::next)
                .isInstanceOf(AssertionError.class)
                .hasMessage(
                        "no Rang that was asked for came in 20 ms; since the beginning came 2:"
                                + " Ended[channel=100], Ended[channel=200]");
    }

    @Test
    void tellsTheEndOfALongPast() {
        EventProbe<Rang> probe = EventProbe.on(source, Rang.class, Duration.ofMillis(20));
        for (int i = 1; i <= 21; i++) {
            source.emit(new Ended("channel-" + i));
        }

        assertThatThrownBy(probe::next)
                .hasMessageContaining("came 21, the last 20: Ended[channel=channel-2]")
                .hasMessageContaining("channel-21");
    }

    @Test
    void tellsThatNothingCame() {
        EventProbe<Rang> probe = EventProbe.on(source, Rang.class, Duration.ofMillis(20));

        assertThatThrownBy(probe::next)
                .isInstanceOf(AssertionError.class)
                .hasMessage("no Rang that was asked for came in 20 ms, and nothing else");
    }

    @Test
    void tellsWhatShouldNotHaveCome() {
        EventProbe<Rang> probe = EventProbe.on(source, Rang.class);
        assertThatCode(probe::none).doesNotThrowAnyException();

        source.emit(new Rang("100"));

        assertThatThrownBy(probe::none)
                .isInstanceOf(AssertionError.class)
                .hasMessage("expected no Rang, but got [Rang[channel=100]]");
    }

    @Test
    void detachesAndKeepsWhatHasCome() {
        EventProbe<Rang> probe = EventProbe.on(source, Rang.class);
        source.emit(new Rang("100"));

        probe.close();
        source.emit(new Rang("200"));

        assertThat(probe.next()).isEqualTo(new Rang("100"));
        probe.none();
    }

    @Test
    void endsWithTheInterruptFlagSetWhenItIsInterrupted() {
        EventProbe<Rang> probe = EventProbe.on(source, Rang.class);

        Thread.currentThread().interrupt();

        assertThatThrownBy(probe::next).isInstanceOf(PbxInterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    private record Rang(String channel) implements PbxEvent {}

    private record Ended(String channel) implements PbxEvent {}

    private static final class Source implements Events {

        private final List<Attached<?>> listeners = new CopyOnWriteArrayList<>();

        @Override
        public <E extends PbxEvent> Subscription subscribe(
                Class<E> type, Listener<? super E> listener) {
            Attached<E> attached = new Attached<>(type, listener);
            listeners.add(attached);
            return () -> listeners.remove(attached);
        }

        void emit(PbxEvent... events) {
            for (PbxEvent event : events) {
                listeners.forEach(attached -> attached.deliver(event));
            }
        }
    }

    private record Attached<E extends PbxEvent>(Class<E> type, Listener<? super E> listener) {

        void deliver(PbxEvent event) {
            if (type.isInstance(event)) {
                try {
                    listener.onEvent(type.cast(event));
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            }
        }
    }
}
