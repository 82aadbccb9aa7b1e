package io.github.pbxsdk.sms.conversation;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement with the values for its question marks, which grow together. */
final class Sql {

    private final StringBuilder text = new StringBuilder();
    private final List<@Nullable Object> values = new ArrayList<>();

    static Sql of(String part, @Nullable Object... parameters) {
        return new Sql().add(part, parameters);
    }

    Sql add(String part, @Nullable Object... parameters) {
        text.append(part);
        for (Object parameter : parameters) {
            values.add(parameter);
        }
        return this;
    }

    Sql add(Sql other) {
        text.append(other.text);
        values.addAll(other.values);
        return this;
    }

    /** Adds question marks for several values, with commas between. */
    Sql addList(List<?> parameters) {
        text.append("?, ".repeat(parameters.size() - 1)).append('?');
        values.addAll(parameters);
        return this;
    }

    int update(Connection connection) throws SQLException {
        try (PreparedStatement statement = prepared(connection)) {
            return statement.executeUpdate();
        }
    }

    <T> List<T> query(Connection connection, RowReader<T> reader) throws SQLException {
        try (PreparedStatement statement = prepared(connection);
                ResultSet rows = statement.executeQuery()) {
            List<T> found = new ArrayList<>();
            while (rows.next()) {
                found.add(reader.read(rows));
            }
            return found;
        }
    }

    private PreparedStatement prepared(Connection connection) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(text.toString());
        try {
            for (int i = 0; i < values.size(); i++) {
                set(statement, i + 1, values.get(i));
            }
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    private static void set(PreparedStatement statement, int place, @Nullable Object value)
            throws SQLException {
        if (value == null) {
            statement.setNull(place, Types.VARCHAR);
        } else if (value instanceof byte[] bytes) {
            statement.setBytes(place, bytes);
        } else {
            statement.setObject(place, value);
        }
    }

    /** Reads the row on which a result stands. */
    @FunctionalInterface
    interface RowReader<T> {

        T read(ResultSet row) throws SQLException;
    }
}
