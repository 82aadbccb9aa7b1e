package io.github.pbxsdk.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresStateStoreIT extends JdbcStateStoreBehaviour {

    private static @Nullable PostgresServer server;

    @BeforeAll
    static void startServer() throws IOException {
        server = PostgresServer.start();
    }

    @AfterAll
    static void stopServer() throws IOException {
        Objects.requireNonNull(server).close();
    }

    @Test
    void readsTablesOfFormat1() throws IOException, SQLException {
        JdbcConnectionPool connections = Objects.requireNonNull(server).connections();
        try (Connection connection = connections.getConnection();
                JdbcStateStore store =
                        GoldenStateTest.openOn(connection, connections, "postgresql.sql")) {
            GoldenStateTest.verify(store);
            assertThat(store.commit(StateChange.put("a", "k", "v"))).isEqualTo(1006);
        }
    }

    @Override
    DataSource dataSource() {
        return Objects.requireNonNull(server).connections();
    }
}
