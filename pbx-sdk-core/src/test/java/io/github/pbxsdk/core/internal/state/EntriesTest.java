package io.github.pbxsdk.core.internal.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntriesTest {

    private static final int ENTRIES = 300;

    private final Entries entries = new Entries();
    private long now = 1_000;

    @Test
    void throwsOutWhatExpiresAfterARoundInWhichNothingDid() {
        put("a", 1, now + 100);
        put("a", 2, now + 200);
        advance(101);
        writeALot();
        assertThat(entries.loggedBytes()).isEqualTo(bytesOfTheLiving());

        advance(100);
        writeALot();

        assertThat(entries.loggedBytes()).isEqualTo(bytesOfTheLiving());
    }

    @Test
    void throwsOutWhatWasWrittenWhereTheSweepHadPassed() {
        for (int i = 100; i < 200; i++) {
            put("a", i, now + 1);
        }
        advance(1);
        for (int i = 0; i < 10; i++) {
            put("b", i, Entry.NEVER);
        }
        put("a", 1, now + 50);
        writeALot();

        advance(50);
        writeALot();

        assertThat(entries.loggedBytes()).isEqualTo(bytesOfTheLiving());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void throwsOutWhateverHasExpiredWhileOthersAreWritten(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < ENTRIES; i++) {
            String namespace = List.of("a", "b", "c").get(random.nextInt(3));
            put(namespace, random.nextInt(ENTRIES), now + 1 + random.nextInt(100));
            advance(random.nextInt(5));
        }
        for (int round = 0; round < 5; round++) {
            writeALot();
            assertThat(entries.loggedBytes()).isEqualTo(bytesOfTheLiving());
            advance(30);
        }
    }

    private void advance(int millis) {
        now += millis;
    }

    /** Enough writes for the sweep to come by everywhere, wherever it was. */
    private void writeALot() {
        for (int i = 0; i < 2 * ENTRIES; i++) {
            put("b", -1, Entry.NEVER);
        }
    }

    private void put(String namespace, int number, long expiresMillis) {
        EntryId id = EntryId.of(namespace, "key" + number);
        byte[] value = "value".getBytes(StandardCharsets.UTF_8);
        entries.apply(List.of(new Write(id, 1, new Entry(value, 1, expiresMillis))), now);
    }

    private long bytesOfTheLiving() {
        return entries.firstLive(StateLimits.PAGE, now).stream()
                .mapToLong(
                        each ->
                                LogRecords.size(
                                        each.id().namespace(), each.id().key(), each.entry()))
                .sum();
    }
}
