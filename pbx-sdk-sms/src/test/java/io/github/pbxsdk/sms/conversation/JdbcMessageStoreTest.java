package io.github.pbxsdk.sms.conversation;

import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterAll;

/** On H2. */
class JdbcMessageStoreTest extends JdbcMessageStoreBehaviour {

    private static final JdbcConnectionPool CONNECTIONS =
            JdbcConnectionPool.create(
                    "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");

    @Override
    DataSource dataSource() {
        return CONNECTIONS;
    }

    @AfterAll
    static void closeConnections() {
        CONNECTIONS.dispose();
    }
}
