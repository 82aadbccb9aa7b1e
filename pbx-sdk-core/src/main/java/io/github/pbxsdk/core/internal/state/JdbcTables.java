package io.github.pbxsdk.core.internal.state;

import io.github.pbxsdk.core.state.StateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The tables of a store in a database: {@code state}, {@code lease}, {@code format} and the
 * sequence {@code state_number}, with a prefix.
 */
public final class JdbcTables {

    private static final String NAME = "pbx-sdk-state";
    private static final int FORMAT = 1;
    private static final int CREATIONS = 5;

    /** What PostgreSQL and H2 say when there is no such table, or no such schema yet. */
    private static final Set<String> NO_SUCH_TABLE = Set.of("42P01", "42S02", "42S03", "42S04");

    private final JdbcDialect dialect;
    private final String prefix;

    private JdbcTables(JdbcDialect dialect, String prefix) {
        this.dialect = dialect;
        this.prefix = prefix;
    }

    /**
     * Returns the tables, which are made if there are none.
     *
     * @param prefix of the names, with the schema in front of it if there is one
     * @throws StateException if they are of a newer format, or cannot be made
     */
    public static JdbcTables open(DataSource dataSource, String prefix) {
        try {
            JdbcTables tables = new JdbcTables(dialect(dataSource), prefix);
            tables.prepare(dataSource);
            return tables;
        } catch (SQLException e) {
            throw new StateException(
                    "cannot open the state tables " + prefix + "…: " + e.getMessage(), e, false);
        }
    }

    private static JdbcDialect dialect(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return JdbcDialect.of(connection.getMetaData().getDatabaseProductName());
        }
    }

    private void prepare(DataSource dataSource) throws SQLException {
        Integer format = format(dataSource);
        for (int i = 1; format == null; i++) {
            try {
                create(dataSource);
            } catch (SQLException e) {
                if (i == CREATIONS) {
                    throw e;
                }
                // Another instance makes them at the same moment; the next look shows it.
            }
            format = format(dataSource);
        }
        requireKnown(format);
    }

    private void requireKnown(int format) {
        if (format > FORMAT) {
            throw new StateException(
                    "the tables "
                            + prefix
                            + "… were made by a newer pbx-sdk in format "
                            + format
                            + "; this one reads up to "
                            + FORMAT
                            + ": use the newer one");
        }
    }

    /** Returns the format of the tables, or null if they are not there yet, or not all. */
    private @Nullable Integer format(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement query =
                        connection.prepareStatement(
                                "SELECT version FROM " + prefix + "format WHERE name = ?")) {
            query.setString(1, NAME);
            try (ResultSet rows = query.executeQuery()) {
                return rows.next() ? rows.getInt(1) : null;
            }
        } catch (SQLException e) {
            if (NO_SUCH_TABLE.contains(e.getSQLState())) {
                return null;
            }
            throw e;
        }
    }

    private void create(DataSource dataSource) throws SQLException {
        JdbcTransactions.once(
                dataSource,
                connection -> {
                    try (Statement statement = connection.createStatement()) {
                        for (String sql : definitions()) {
                            statement.execute(sql);
                        }
                    }
                    return true;
                });
    }

    private List<String> definitions() {
        return List.of(
                "CREATE SEQUENCE IF NOT EXISTS " + sequence(),
                "CREATE TABLE IF NOT EXISTS "
                        + state()
                        + " (namespace "
                        + dialect.binary(StateLimits.NAMESPACE)
                        + " NOT NULL, entry_key "
                        + dialect.binary(StateLimits.KEY)
                        + " NOT NULL, entry_value "
                        + dialect.binary(StateLimits.VALUE)
                        + " NOT NULL, version BIGINT NOT NULL, expires_millis BIGINT,"
                        + " PRIMARY KEY (namespace, entry_key))",
                "CREATE INDEX IF NOT EXISTS "
                        + prefix.substring(prefix.indexOf('.') + 1)
                        + "state_expiry ON "
                        + state()
                        + " (expires_millis)",
                "CREATE TABLE IF NOT EXISTS "
                        + lease()
                        + " (name "
                        + dialect.binary(StateLimits.NAMESPACE)
                        + " PRIMARY KEY, token BIGINT NOT NULL, ends_millis BIGINT NOT NULL)",
                "CREATE TABLE IF NOT EXISTS "
                        + prefix
                        + "format (name VARCHAR(40) PRIMARY KEY, version INT NOT NULL)",
                "INSERT INTO " + prefix + "format VALUES ('" + NAME + "', " + FORMAT + ")");
    }

    JdbcDialect dialect() {
        return dialect;
    }

    String state() {
        return prefix + "state";
    }

    String lease() {
        return prefix + "lease";
    }

    String sequence() {
        return prefix + "state_number";
    }

    /** A condition for entries that have not expired. */
    String isLive() {
        return "(expires_millis IS NULL OR expires_millis > " + dialect.clock() + ")";
    }

    /** Draws a number that is higher than all before. */
    long nextNumber(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(dialect.nextNumber(sequence()))) {
            row.next();
            return row.getLong(1);
        }
    }
}
