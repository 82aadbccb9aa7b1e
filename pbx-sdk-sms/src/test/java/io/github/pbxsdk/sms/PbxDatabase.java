package io.github.pbxsdk.sms;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;

/** The database of a PBX with the table of its SMS module: H2, as far as it speaks MySQL. */
final class PbxDatabase implements AutoCloseable {

    private final JdbcDataSource database = new JdbcDataSource();

    /** Keeps the database alive: it ends with its last connection. */
    private final Connection anchor;

    PbxDatabase() {
        database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";MODE=MySQL");
        try {
            anchor = database.getConnection();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        execute(
                "CREATE TABLE `sms_messages` (`id` INT AUTO_INCREMENT PRIMARY KEY, `from`"
                        + " VARCHAR(20), `to` VARCHAR(20), `cnam` VARCHAR(40), `direction`"
                        + " VARCHAR(3), `tx_rx_datetime` DATETIME, `body` VARCHAR(1600),"
                        + " `delivered` TINYINT(1), `read` TINYINT(1), `adaptor` VARCHAR(45),"
                        + " `emid` VARCHAR(255), `threadid` VARCHAR(50), `didid` INT, `timestamp`"
                        + " BIGINT)");
        execute("CREATE USER READER PASSWORD 'reader'");
        execute("GRANT SELECT ON `sms_messages` TO READER");
    }

    /** A database that nobody can reach. */
    static DataSource absent() {
        JdbcDataSource absent = new JdbcDataSource();
        absent.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";IFEXISTS=TRUE");
        return absent;
    }

    /** Returns it with a user that may only read, as on a PBX. */
    DataSource source() {
        JdbcDataSource reader = new JdbcDataSource();
        reader.setURL(database.getURL());
        reader.setUser("READER");
        reader.setPassword("reader");
        return reader;
    }

    void in(int id, String from, String to, String text, Instant at, String emid) {
        insert(id, from, to, "in", text, at, emid);
    }

    void out(int id, String from, String to, String text, Instant at) {
        insert(id, from, to, "out", text, at, null);
    }

    void withoutTime(int id, String from, String to, String text) {
        insert(id, from, to, "in", text, null, null);
    }

    private void insert(
            int id,
            String from,
            String to,
            String direction,
            String text,
            @Nullable Instant at,
            @Nullable String emid) {
        try (PreparedStatement row =
                anchor.prepareStatement(
                        "INSERT INTO `sms_messages` VALUES (?, ?, ?, 'Pat', ?, ?, ?, ?, 0,"
                                + " 'Twilio', ?, 't-1', 1, ?)")) {
            row.setInt(1, id);
            row.setString(2, from);
            row.setString(3, to);
            row.setString(4, direction);
            Instant local = at == null ? Instant.now() : at;
            row.setObject(5, LocalDateTime.ofInstant(local, ZoneOffset.ofHours(10)));
            row.setString(6, text);
            row.setInt(7, direction.equals("out") ? 1 : 0);
            row.setString(8, emid);
            row.setObject(9, at == null ? null : at.getEpochSecond());
            row.executeUpdate();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private void execute(String sql) {
        try (Statement statement = anchor.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        try {
            anchor.close();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
