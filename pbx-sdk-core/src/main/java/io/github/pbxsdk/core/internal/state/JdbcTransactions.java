package io.github.pbxsdk.core.internal.state;

import io.github.pbxsdk.core.state.StateException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs work on a connection of its own, in a transaction of its own. */
public final class JdbcTransactions {

    private static final Logger log = LoggerFactory.getLogger(JdbcTransactions.class);

    private static final int ATTEMPTS = 10;

    /**
     * What databases say when they have rolled a transaction back for the sake of another one:
     * serialization, deadlock, and in H2 a concurrent update, a wait for a lock, and an insert that
     * was overtaken.
     */
    private static final Set<String> OVERTAKEN =
            Set.of("40001", "40P01", "90131", "HYT00", "23505");

    private final DataSource dataSource;

    /** Creates transactions of a database. */
    public JdbcTransactions(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * Runs the work, again when the database gave another transaction the right of way.
     *
     * @throws StateException if the database fails
     */
    public <T> T run(String purpose, Work<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return once(dataSource, work);
            } catch (SQLException e) {
                if (attempt == ATTEMPTS || !OVERTAKEN.contains(String.valueOf(e.getSQLState()))) {
                    throw failed(purpose, e);
                }
            }
        }
    }

    /** Returns the failure of something that the database refused. */
    public static StateException failed(String purpose, SQLException cause) {
        boolean open = cause instanceof CommitFailedException;
        return new StateException(
                "cannot " + purpose + " in the database: " + cause.getMessage(), cause, open);
    }

    /** Runs the work one time; what fails after the commit is no failure of the work. */
    static <T> T once(DataSource dataSource, Work<T> work) throws SQLException {
        Connection connection = dataSource.getConnection();
        try {
            boolean autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try {
                return committed(connection, work);
            } finally {
                quietly(() -> connection.setAutoCommit(autoCommit));
            }
        } finally {
            quietly(connection::close);
        }
    }

    private static <T> T committed(Connection connection, Work<T> work) throws SQLException {
        try {
            T result = work.on(connection);
            commit(connection);
            return result;
        } catch (SQLException | RuntimeException e) {
            quietly(connection::rollback);
            throw e;
        }
    }

    private static void commit(Connection connection) throws SQLException {
        try {
            connection.commit();
        } catch (SQLException e) {
            throw OVERTAKEN.contains(String.valueOf(e.getSQLState()))
                    ? e
                    : new CommitFailedException(e);
        }
    }

    private static void quietly(Step step) {
        try {
            step.run();
        } catch (SQLException e) {
            // The outcome is known already; the connection is of no more use.
            log.debug("giving back a connection failed", e);
        }
    }

    /** What is done on a connection. */
    @FunctionalInterface
    public interface Work<T> {

        /** Does it, without ending the transaction. */
        T on(Connection connection) throws SQLException;
    }

    @FunctionalInterface
    private interface Step {
        void run() throws SQLException;
    }

    /** Nobody knows whether the database has carried out the commit. */
    private static final class CommitFailedException extends SQLException {

        private static final long serialVersionUID = 1L;

        CommitFailedException(SQLException cause) {
            super(cause.getMessage(), cause.getSQLState(), cause.getErrorCode(), cause);
        }
    }
}
