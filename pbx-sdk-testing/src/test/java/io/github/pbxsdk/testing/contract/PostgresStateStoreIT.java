package io.github.pbxsdk.testing.contract;

import io.github.pbxsdk.core.state.JdbcStateStore;
import io.github.pbxsdk.core.state.StateStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PostgresStateStoreIT extends StateStoreContract {

    private static final AtomicInteger STORES = new AtomicInteger();

    private static EmbeddedPostgres server;

    @BeforeAll
    static void startServer() throws IOException {
        server = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    @Override
    protected StateStore open() {
        return JdbcStateStore.builder()
                .dataSource(server.getPostgresDatabase())
                .tablePrefix("store" + STORES.incrementAndGet() + "_")
                .open();
    }
}
