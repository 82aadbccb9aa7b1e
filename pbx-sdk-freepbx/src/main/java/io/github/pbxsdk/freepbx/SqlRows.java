package io.github.pbxsdk.freepbx;

import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxTimeoutException;
import io.github.pbxsdk.core.RawFields;
import io.github.pbxsdk.core.internal.redact.Redaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Types;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a query, fetched while they are walked.
 *
 * <p>Times are read as the text of the wall clock: a driver would place them in the zone of this
 * machine.
 */
final class SqlRows extends Spliterators.AbstractSpliterator<RawFields> implements AutoCloseable {

    /** Drivers fetch this many rows at a time, and not the whole result. */
    private static final int AT_A_TIME = 500;

    private final String name;
    private final Connection connection;
    private final PreparedStatement statement;
    private final ResultSet rows;

    private SqlRows(
            String name, Connection connection, PreparedStatement statement, ResultSet rows) {
        super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
        this.name = name;
        this.connection = connection;
        this.statement = statement;
        this.rows = rows;
    }

    /** Returns the rows; closing the stream gives the connection back. */
    static Stream<RawFields> stream(DataSource source, SqlText sql, Duration timeout, String name) {
        SqlRows rows = open(source, sql, timeout, name);
        return StreamSupport.stream(rows, false).onClose(rows::close);
    }

    private static SqlRows open(DataSource source, SqlText sql, Duration timeout, String name) {
        Connection connection = null;
        PreparedStatement statement = null;
        try {
            connection = source.getConnection();
            connection.setReadOnly(true);
            // PostgreSQL and H2 fetch in parts only inside a transaction.
            connection.setAutoCommit(false);
            statement =
                    connection.prepareStatement(
                            sql.text(), ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
            statement.setFetchSize(AT_A_TIME);
            statement.setQueryTimeout((int) Math.min(timeout.toSeconds(), Integer.MAX_VALUE));
            sql.fill(statement);
            return new SqlRows(name, connection, statement, statement.executeQuery());
        } catch (SQLException e) {
            PbxException failure = failure(name, e);
            close(statement, failure);
            giveBack(connection, failure);
            throw failure;
        }
    }

    @Override
    public boolean tryAdvance(Consumer<? super RawFields> action) {
        try {
            if (!rows.next()) {
                return false;
            }
            action.accept(row());
            return true;
        } catch (SQLException e) {
            throw failure(name, e);
        }
    }

    private RawFields row() throws SQLException {
        ResultSetMetaData columns = rows.getMetaData();
        RawFields.Builder row = RawFields.builder();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            String value = value(columns.getColumnType(i), i);
            if (value != null) {
                row.add(columns.getColumnLabel(i), value);
            }
        }
        return row.build();
    }

    private @Nullable String value(int type, int column) throws SQLException {
        if (type != Types.TIMESTAMP) {
            return rows.getString(column);
        }
        LocalDateTime written = rows.getObject(column, LocalDateTime.class);
        return written == null ? null : CallRows.write(written);
    }

    @Override
    public void close() {
        PbxException unheard = new PbxException(name + " could not be closed");
        close(rows, unheard);
        close(statement, unheard);
        giveBack(connection, unheard);
        if (unheard.getSuppressed().length > 0) {
            throw unheard;
        }
    }

    private static void giveBack(@Nullable Connection connection, PbxException reason) {
        try {
            if (connection != null) {
                // Otherwise a pool would hand it on as it is.
                connection.rollback();
                connection.setAutoCommit(true);
                connection.setReadOnly(false);
            }
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
        close(connection, reason);
    }

    private static void close(@Nullable AutoCloseable closeable, PbxException reason) {
        try {
            if (closeable != null) {
                closeable.close();
            }
        } catch (Exception e) {
            reason.addSuppressed(e);
        }
    }

    private static PbxException failure(String name, SQLException failure) {
        String words = Redaction.none().apply(String.valueOf(failure.getMessage()));
        String state = String.valueOf(failure.getSQLState());
        if (failure instanceof SQLTimeoutException) {
            return new PbxTimeoutException(name + ": " + words, failure, false);
        }
        boolean connection = state.startsWith("08");
        return connection
                ? new PbxConnectionException(name + ": " + words, failure)
                : new PbxException(name + ": the database refuses: " + words, failure, false);
    }
}
