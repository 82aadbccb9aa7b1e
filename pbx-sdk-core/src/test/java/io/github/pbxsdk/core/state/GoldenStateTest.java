package io.github.pbxsdk.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.core.time.ManualTime;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * State that was stored in each format there ever was. The files in {@code state-v1} are never
 * written again; a new format gets a folder of its own beside them.
 */
class GoldenStateTest {

    private static final Instant START = Instant.parse("2026-11-21T08:00:00Z");
    private static final String RECORDING = "2026/11/21/Grüße 👋.wav";

    @TempDir Path folder;

    @Test
    void readsALogOfFormat1() throws IOException {
        Files.write(folder.resolve("state.log"), golden("state.log"));

        try (FileStateStore store = open(START.plusSeconds(60))) {
            verify(store);
            assertThat(store.lease("pbx1", Duration.ofHours(1)).orElseThrow().token())
                    .isEqualTo(1001);
            assertThat(store.commit(StateChange.put("a", "k", "v"))).isEqualTo(6);
        }
    }

    @Test
    void readsALogOfFormat1OfAProcessThatWasKilled() throws IOException {
        byte[] closed = golden("state.log");
        byte[] killed = java.util.Arrays.copyOf(closed, closed.length - 7);
        Files.write(folder.resolve("state.log"), killed);

        try (FileStateStore store = open(START.plusSeconds(60))) {
            verify(store);
        }
    }

    @Test
    void writesFormat1ByteByByte() throws IOException {
        try (FileStateStore store = open(START)) {
            fill(store);
        }

        assertThat(Files.readAllBytes(folder.resolve("state.log"))).isEqualTo(golden("state.log"));
    }

    @Test
    void readsH2TablesOfFormat1() throws IOException, SQLException {
        JdbcConnectionPool connections =
                JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID(), "sa", "");
        try (Connection connection = connections.getConnection();
                JdbcStateStore store = openOn(connection, connections, "h2.sql")) {
            verify(store);
            assertThat(store.commit(StateChange.put("a", "k", "v"))).isEqualTo(1006);
        } finally {
            connections.dispose();
        }
    }

    static JdbcStateStore openOn(
            Connection connection, JdbcConnectionPool connections, String script)
            throws IOException, SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(new String(golden(script), StandardCharsets.UTF_8));
        }
        return JdbcStateStore.builder().dataSource(connections).open();
    }

    static void verify(StateStore store) {
        StateEntry sent = store.get("sms.sent", "+4930123456");
        assertThat(sent.text()).isEqualTo("delivered");
        assertThat(sent.version()).isEqualTo(2);
        assertThat(sent.expiresAt()).isEmpty();

        StateEntry recording = store.get("recordings", RECORDING);
        assertThat(recording.bytes()).containsExactly(0, 1, 127, -128, -1);
        assertThat(recording.version()).isEqualTo(3);
        assertThat(recording.expiresAt()).contains(START.plus(Duration.ofDays(36_525)));

        assertThat(store.find("recordings", "gone.wav")).isEmpty();
        assertThat(store.find("handled", "17")).as("expired").isEmpty();
        assertThat(store.stream("recordings").count()).isEqualTo(1);
    }

    private static void fill(StateStore store) {
        store.commit(StateChange.put("sms.sent", "+4930123456", "accepted").ifAbsent());
        store.commit(StateChange.put("sms.sent", "+4930123456", "delivered").ifVersion(1));
        byte[] value = {0, 1, 127, -128, -1};
        store.commit(
                Batch.builder()
                        .add(
                                StateChange.put("recordings", RECORDING, value)
                                        .ttl(Duration.ofDays(36_525)))
                        .add(StateChange.put("recordings", "gone.wav", ""))
                        .build());
        store.commit(
                Batch.builder()
                        .add(StateChange.delete("recordings", "gone.wav"))
                        .under(store.lease("pbx1", Duration.ofHours(1)).orElseThrow())
                        .build());
        store.commit(StateChange.put("handled", "17", "").ttl(Duration.ofSeconds(60)));
    }

    private FileStateStore open(Instant now) {
        return FileStateStore.builder().folder(folder).time(ManualTime.startingAt(now)).open();
    }

    private static byte[] golden(String name) throws IOException {
        try (InputStream file = GoldenStateTest.class.getResourceAsStream("state-v1/" + name)) {
            return Objects.requireNonNull(file, name).readAllBytes();
        }
    }
}
