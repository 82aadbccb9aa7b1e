package io.github.pbxsdk.core.internal.state;

import io.github.pbxsdk.core.state.StateException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes what has expired, now and then and not too much at a time. */
public final class JdbcPurge {

    private static final Logger log = LoggerFactory.getLogger(JdbcPurge.class);

    private static final int ROWS = 1000;
    private static final long PAUSE_NANOS = Duration.ofMinutes(1).toNanos();

    private final JdbcTables tables;
    private final JdbcTransactions transactions;
    private final AtomicLong nextNanos = new AtomicLong(System.nanoTime());

    /** Creates a purge that is due at once. */
    public JdbcPurge(JdbcTables tables, JdbcTransactions transactions) {
        this.tables = tables;
        this.transactions = transactions;
    }

    /** Deletes a bounded number of rows, unless that was done a moment ago. */
    public void runIfDue() {
        long due = nextNanos.get();
        long now = System.nanoTime();
        if (now - due < 0 || !nextNanos.compareAndSet(due, now + PAUSE_NANOS)) {
            return;
        }
        if (purged() >= ROWS) {
            nextNanos.set(now);
        }
    }

    private int purged() {
        try {
            return transactions.run("delete what has expired", this::purge);
        } catch (StateException e) {
            // Expired rows are passed over anyway, and the next time is near.
            log.debug("purging failed", e);
            return 0;
        }
    }

    private int purge(Connection connection) throws SQLException {
        JdbcDialect dialect = tables.dialect();
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(
                            dialect.purge(
                                    tables.state(), "namespace, entry_key", "expires_millis", ROWS))
                    + statement.executeUpdate(
                            dialect.purge(tables.lease(), "name", "ends_millis", ROWS));
        }
    }
}
