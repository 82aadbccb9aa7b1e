package io.github.pbxsdk.sms.conversation;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.Objects;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.postgresql.ds.PGConnectionPoolDataSource;

/** On PostgreSQL. */
class PostgresMessageStoreIT extends JdbcMessageStoreBehaviour {

    private static @Nullable EmbeddedPostgres server;
    private static @Nullable JdbcConnectionPool connections;

    @BeforeAll
    static void startServer() throws IOException {
        EmbeddedPostgres started = EmbeddedPostgres.start();
        PGConnectionPoolDataSource source = new PGConnectionPoolDataSource();
        source.setUrl(started.getJdbcUrl("postgres", "postgres"));
        server = started;
        connections = JdbcConnectionPool.create(source);
    }

    @AfterAll
    static void stopServer() throws IOException {
        Objects.requireNonNull(connections).dispose();
        Objects.requireNonNull(server).close();
    }

    @Override
    DataSource dataSource() {
        return Objects.requireNonNull(connections);
    }
}
