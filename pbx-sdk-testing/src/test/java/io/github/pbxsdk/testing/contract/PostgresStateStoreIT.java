package io.github.pbxsdk.testing.contract;

import io.github.pbxsdk.core.state.JdbcStateStore;
import io.github.pbxsdk.core.state.StateStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.postgresql.ds.PGConnectionPoolDataSource;

class PostgresStateStoreIT extends StateStoreContract {

    private static final AtomicInteger STORES = new AtomicInteger();

    private static EmbeddedPostgres server;
    private static JdbcConnectionPool connections;

    @BeforeAll
    static void startServer() throws IOException {
        server = EmbeddedPostgres.start();
        PGConnectionPoolDataSource source = new PGConnectionPoolDataSource();
        source.setUrl(server.getJdbcUrl("postgres", "postgres"));
        // The setting under which the driver may tell no counts.
        source.setReWriteBatchedInserts(true);
        connections = JdbcConnectionPool.create(source);
    }

    @AfterAll
    static void stopServer() throws IOException {
        connections.dispose();
        server.close();
    }

    @Override
    protected StateStore open() {
        return JdbcStateStore.builder()
                .dataSource(connections)
                .tablePrefix("store" + STORES.incrementAndGet() + "_")
                .open();
    }
}
