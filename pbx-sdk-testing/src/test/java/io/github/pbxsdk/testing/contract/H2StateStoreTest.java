package io.github.pbxsdk.testing.contract;

import io.github.pbxsdk.core.state.JdbcStateStore;
import io.github.pbxsdk.core.state.StateStore;
import java.util.UUID;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;

class H2StateStoreTest extends StateStoreContract {

    private final JdbcConnectionPool connections =
            JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID(), "sa", "");

    @Override
    protected StateStore open() {
        return JdbcStateStore.builder().dataSource(connections).open();
    }

    @AfterEach
    void closeConnections() {
        connections.dispose();
    }
}
