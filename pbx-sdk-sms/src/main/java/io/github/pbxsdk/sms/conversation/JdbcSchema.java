package io.github.pbxsdk.sms.conversation;

import io.github.pbxsdk.core.internal.state.JdbcTransactions;
import io.github.pbxsdk.core.state.StateException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/**
 * The tables of a {@link JdbcMessageStore}, and how they came to be: each step is carried out once,
 * by whoever opens the store first, and never changes afterwards.
 */
final class JdbcSchema {

    private static final String NAME = "pbx-sdk-messages";
    private static final int ATTEMPTS = 20;

    /** How each database calls bytes of any length. */
    private static final Map<String, String> BYTES =
            Map.of("PostgreSQL", "BYTEA", "H2", "BINARY LARGE OBJECT");

    private JdbcSchema() {}

    /**
     * Makes the tables, or brings them to the newest form.
     *
     * @throws StateException if they are of a newer form, or the database is of another kind
     */
    static void prepare(DataSource dataSource, JdbcTransactions transactions, String prefix) {
        List<List<String>> steps = steps(prefix, bytes(dataSource));
        for (int i = 1; ; i++) {
            try {
                prepare(transactions, prefix, steps);
                return;
            } catch (StateException e) {
                if (i == ATTEMPTS || !(e.getCause() instanceof SQLException)) {
                    throw e;
                }
                // Another process makes them at the same moment; the next look shows them.
            }
        }
    }

    private static void prepare(
            JdbcTransactions transactions, String prefix, List<List<String>> steps) {
        transactions.run(
                "make the tables of messages",
                connection ->
                        Sql.of(
                                        "CREATE TABLE IF NOT EXISTS "
                                                + prefix
                                                + "format (name VARCHAR(40) PRIMARY KEY,"
                                                + " version INT NOT NULL)")
                                .update(connection));
        transactions.run(
                "prepare the tables of messages",
                connection ->
                        Sql.of(
                                        ("INSERT INTO "
                                                        + prefix
                                                        + "format SELECT '"
                                                        + NAME
                                                        + "', 0")
                                                + (" WHERE NOT EXISTS (SELECT 1 FROM " + prefix)
                                                + ("format WHERE name = '" + NAME + "')"))
                                .update(connection));
        transactions.run(
                "bring the tables of messages up to date",
                connection -> upgrade(connection, prefix, steps));
    }

    private static String bytes(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection()) {
            String product = connection.getMetaData().getDatabaseProductName();
            String bytes = BYTES.get(product);
            if (bytes == null) {
                throw new StateException(
                        "messages can be kept in PostgreSQL or H2, not in " + product);
            }
            return bytes;
        } catch (SQLException e) {
            throw JdbcTransactions.failed("look at the tables of messages", e);
        }
    }

    /** The row is locked meanwhile, so that several processes may start at once. */
    private static int upgrade(Connection connection, String prefix, List<List<String>> steps)
            throws SQLException {
        int version =
                Sql.of("SELECT version FROM " + prefix + "format WHERE name = ? FOR UPDATE", NAME)
                        .query(connection, row -> row.getInt(1))
                        .get(0);
        if (version > steps.size()) {
            throw new StateException(
                    "the tables "
                            + prefix
                            + "… were made by a newer pbx-sdk in format "
                            + version
                            + "; this one reads up to "
                            + steps.size()
                            + ": use the newer one");
        }
        for (List<String> step : steps.subList(version, steps.size())) {
            for (String sql : step) {
                Sql.of(sql).update(connection);
            }
        }
        return Sql.of(
                        "UPDATE " + prefix + "format SET version = ? WHERE name = ?",
                        steps.size(),
                        NAME)
                .update(connection);
    }

    /** H2 commits after each definition: a step that broke off must be able to begin again. */
    private static List<List<String>> steps(String prefix, String bytes) {
        return List.of(messages(prefix), files(prefix, bytes));
    }

    private static List<String> messages(String prefix) {
        return List.of(
                "CREATE TABLE IF NOT EXISTS "
                        + prefix
                        + "counter (name VARCHAR(20) PRIMARY KEY, latest BIGINT NOT NULL)",
                counter(prefix, "message"),
                counter(prefix, "report"),
                "CREATE TABLE IF NOT EXISTS "
                        + prefix
                        + "member (address VARCHAR(900), conversation VARCHAR(900),"
                        + " PRIMARY KEY (address, conversation))",
                "CREATE TABLE IF NOT EXISTS "
                        + prefix
                        + "message (number BIGINT PRIMARY KEY, conversation VARCHAR(900) NOT NULL,"
                        + " conversation_key VARCHAR(1000000) NOT NULL, message_identity"
                        + " VARCHAR(900) UNIQUE, unread BOOLEAN NOT NULL, at_millis BIGINT NOT"
                        + " NULL, provider VARCHAR(900) NOT NULL,"
                        + " account VARCHAR(900) NOT NULL,"
                        + " report_key VARCHAR(900), ledger_key VARCHAR(1000000), status"
                        + " VARCHAR(1000000), words VARCHAR(1000000) NOT NULL, content"
                        + " VARCHAR(1000000) NOT NULL)",
                index(prefix, "message_conversation", "message (conversation, at_millis, number)"),
                index(prefix, "message_time", "message (at_millis, number)"),
                index(prefix, "message_report", "message (report_key)"),
                "CREATE TABLE IF NOT EXISTS "
                        + prefix
                        + "report (report_key VARCHAR(900) NOT NULL, number BIGINT NOT NULL,"
                        + " arrived_millis BIGINT NOT NULL, status VARCHAR(1000000) NOT NULL,"
                        + " PRIMARY KEY (report_key, number))");
    }

    private static String counter(String prefix, String name) {
        String table = prefix + "counter";
        return "INSERT INTO "
                + table
                + " SELECT '"
                + name
                + "', 0 WHERE NOT EXISTS (SELECT 1 FROM "
                + table
                + " WHERE name = '"
                + name
                + "')";
    }

    private static List<String> files(String prefix, String bytes) {
        return List.of(
                "CREATE TABLE IF NOT EXISTS "
                        + prefix
                        + "file (number BIGINT, place INT, content "
                        + bytes
                        + " NOT NULL, PRIMARY KEY (number, place))");
    }

    private static String index(String prefix, String name, String columns) {
        String unqualified = prefix.substring(prefix.indexOf('.') + 1);
        return "CREATE INDEX IF NOT EXISTS " + unqualified + name + " ON " + prefix + columns;
    }
}
