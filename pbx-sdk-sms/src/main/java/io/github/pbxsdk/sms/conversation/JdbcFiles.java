package io.github.pbxsdk.sms.conversation;

import io.github.pbxsdk.core.internal.state.JdbcTransactions;
import io.github.pbxsdk.core.message.MediaItem;
import io.github.pbxsdk.core.state.StateException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The statements about files of texts; a content is read when somebody opens it. */
final class JdbcFiles {

    private final String table;
    private final FileContents contents;
    private final JdbcTransactions transactions;

    JdbcFiles(String prefix, FileContents contents, JdbcTransactions transactions) {
        this.table = prefix + "file";
        this.contents = contents;
        this.transactions = transactions;
    }

    /** Keeps those that a text brings with it. */
    void add(Connection connection, long number, List<MediaItem> files) throws SQLException {
        for (int place = 0; place < files.size(); place++) {
            if (files.get(place).canOpen()) {
                add(connection, number, place, FileContents.bytes(files.get(place)));
            }
        }
    }

    int replace(Connection connection, long number, int place, byte[] content) throws SQLException {
        Sql.of("DELETE FROM " + table + " WHERE number = ? AND place = ?", number, place)
                .update(connection);
        return add(connection, number, place, content);
    }

    private int add(Connection connection, long number, int place, byte[] content)
            throws SQLException {
        return Sql.of(
                        "INSERT INTO " + table + " (number, place, content) VALUES (?, ?, ?)",
                        number,
                        place,
                        contents.written(number, place, content))
                .update(connection);
    }

    /** Returns the files of texts, by the number of the text and their place in it. */
    Map<Long, Map<Integer, MediaItem.Content>> of(Connection connection, List<Long> numbers)
            throws SQLException {
        Map<Long, Map<Integer, MediaItem.Content>> files = new HashMap<>();
        Sql.of("SELECT number, place FROM " + table + " WHERE number IN (")
                .addList(numbers)
                .add(")")
                .query(
                        connection,
                        row -> {
                            long number = row.getLong(1);
                            int place = row.getInt(2);
                            return files.computeIfAbsent(number, key -> new HashMap<>())
                                    .put(place, () -> open(number, place));
                        });
        return files;
    }

    private InputStream open(long number, int place) {
        Sql content =
                Sql.of(
                        "SELECT content FROM " + table + " WHERE number = ? AND place = ?",
                        number,
                        place);
        List<byte[]> found =
                transactions.run(
                        "read a file",
                        connection -> content.query(connection, row -> row.getBytes(1)));
        if (found.isEmpty()) {
            throw new StateException("this file has been deleted");
        }
        return contents.open(number, place, found.get(0));
    }

    /** Deletes those of texts that a query returns the numbers of; returns how many. */
    int delete(Connection connection, Sql numbers) throws SQLException {
        return Sql.of("DELETE FROM " + table + " WHERE number IN (")
                .add(numbers)
                .add(")")
                .update(connection);
    }
}
