package io.github.pbxsdk.core.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchTest {

    @Nested
    class AChange {

        @Test
        void keepsItsOwnCopyOfTheValue() {
            byte[] value = {1};
            StateChange change = StateChange.put("a", "k", value);
            value[0] = 2;
            change.value().orElseThrow()[0] = 3;

            assertThat(change.value().orElseThrow()).containsExactly(1);
        }

        @Test
        void isNotTouchedByWhatIsAddedToIt() {
            StateChange plain = StateChange.put("a", "k", "v");
            StateChange full = plain.ifAbsent().ttl(Duration.ofHours(1));

            assertThat(plain.expectedVersion()).isEmpty();
            assertThat(plain.ttl()).isEmpty();
            assertThat(full.expectedVersion()).hasValue(0);
            assertThat(full.ttl()).contains(Duration.ofHours(1));
        }

        @Test
        void doesNotShowItsValue() {
            assertThat(StateChange.put("a", "k", "secret")).hasToString("put a/k");
            assertThat(StateEntry.of("k", new byte[6], 7, null))
                    .hasToString("k (version 7, 6 bytes)");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "line\nbreak", "nul\0", "\u0085", "half \uD83D pair"})
        void refusesNamesThatCannotBeKept(String name) {
            assertThatThrownBy(() -> StateChange.put("a", name, "v"))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> StateChange.put(name, "k", "v"))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> StateChange.delete("a", name))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void refusesWhatIsTooLong() {
            assertThatThrownBy(() -> StateChange.put("a", "é".repeat(501), "v"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a key has 1 to 1000 bytes, this one has 1002");
            assertThatThrownBy(() -> StateChange.put("a".repeat(101), "k", "v"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a namespace has 1 to 100 bytes, this one has 101");
            assertThatThrownBy(() -> StateChange.put("a", "k", new byte[65_537]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a value has at most 65536 bytes, this one has 65537");
            assertThatThrownBy(() -> StateChange.put("a", "k", "half \uDC4B pair"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the value holds half a surrogate pair, which no UTF-8 can hold");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"\uD83D", "\uDC4B\uD83D", "\uD83D\uD83D\uDC4B", "\uD83D\uDC4B\uDC4B"})
        void refusesHalfAPairWhereverItStands(String half) {
            assertThatThrownBy(() -> StateChange.put("a", half, "v"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the key holds half a surrogate pair, which no UTF-8 can hold");
        }

        @Test
        void takesWholePairs() {
            assertThat(StateChange.put("a", "👋👋", "👋").key()).isEqualTo("👋👋");
        }

        @Test
        void refusesWhatMakesNoSense() {
            StateChange put = StateChange.put("a", "k", "v");
            StateChange delete = StateChange.delete("a", "k");

            assertThatThrownBy(() -> put.ifVersion(0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("ifAbsent()");
            assertThatThrownBy(delete::ifAbsent).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> delete.ttl(Duration.ofHours(1)))
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> put.ttl(Duration.ZERO))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> put.ttl(Duration.ofDays(40_000)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Nested
    class ABatch {

        @Test
        void changesNoEntryTwice() {
            Batch.Builder batch = Batch.builder().add(StateChange.put("a", "k", "v"));
            batch.add(StateChange.put("b", "k", "v"));

            assertThatThrownBy(() -> batch.add(StateChange.delete("a", "k")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("this batch changes a/k already");
            assertThat(batch.build().changes()).hasSize(2);
        }

        @Test
        void hasAtLeastOneChange() {
            assertThatThrownBy(() -> Batch.builder().build())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("add a change before build()");
        }

        @Test
        void isBounded() {
            Batch.Builder many = Batch.builder();
            IntStream.range(0, 10_000).forEach(i -> many.add(StateChange.delete("a", "k" + i)));
            assertThatThrownBy(() -> many.add(StateChange.delete("a", "more")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("10,000 changes and 16 MiB");

            Batch.Builder large = Batch.builder();
            byte[] value = new byte[65_536];
            IntStream.range(0, 255).forEach(i -> large.add(StateChange.put("a", "k" + i, value)));
            assertThatThrownBy(() -> large.add(StateChange.put("a", "more", value)))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void refusesLimitsInQuestionsToo() {
        try (StateStore store = StateStore.inMemory()) {
            assertThatThrownBy(() -> store.find("a", "half \uD83D pair"))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> store.scan("a", "", 0))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> store.scan("a", "", 10_001))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> store.lease("job", Duration.ofDays(2)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a lease lasts from a millisecond to a day, not PT48H");
            assertThatThrownBy(() -> store.lease("", Duration.ofDays(1)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
