package io.github.pbxsdk.core.internal.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.pbxsdk.core.state.StateEntry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads entries that have not expired. */
public final class JdbcEntries {

    private final JdbcTables tables;

    /** Creates a reader of these tables. */
    public JdbcEntries(JdbcTables tables) {
        this.tables = tables;
    }

    /** Returns those of the keys that are there. */
    public List<StateEntry> find(Connection connection, byte[] namespace, List<byte[]> keys)
            throws SQLException {
        String places = String.join(", ", Collections.nCopies(keys.size(), "?"));
        String sql = select() + " AND entry_key IN (" + places + ")";
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setBytes(1, namespace);
            for (int i = 0; i < keys.size(); i++) {
                query.setBytes(i + 2, keys.get(i));
            }
            return read(query);
        }
    }

    /** Returns the entries that follow a key. */
    public List<StateEntry> scan(
            Connection connection, byte[] namespace, byte[] afterKey, int limit)
            throws SQLException {
        hintAtScan(connection);
        String sql = select() + " AND entry_key > ? ORDER BY entry_key LIMIT ?";
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setBytes(1, namespace);
            query.setBytes(2, afterKey);
            query.setInt(3, limit);
            return read(query);
        }
    }

    private void hintAtScan(Connection connection) throws SQLException {
        String hint = tables.dialect().scanHint();
        if (hint.isEmpty()) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute(hint);
        }
    }

    private String select() {
        return "SELECT entry_key, entry_value, version, expires_millis FROM "
                + tables.state()
                + " WHERE namespace = ? AND "
                + tables.isLive();
    }

    private static List<StateEntry> read(PreparedStatement query) throws SQLException {
        List<StateEntry> entries = new ArrayList<>();
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                entries.add(entry(rows));
            }
        }
        return entries;
    }

    private static StateEntry entry(ResultSet row) throws SQLException {
        String key = new String(row.getBytes(1), UTF_8);
        return StateEntry.of(key, row.getBytes(2), row.getLong(3), expiry(row));
    }

    private static @Nullable Instant expiry(ResultSet row) throws SQLException {
        long millis = row.getLong(4);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }
}
