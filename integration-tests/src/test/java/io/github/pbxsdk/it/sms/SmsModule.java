package io.github.pbxsdk.it.sms;

import io.github.pbxsdk.ami.AmiAction;
import io.github.pbxsdk.ami.AmiClient;
import io.github.pbxsdk.ami.AmiMessageGateway;
import io.github.pbxsdk.core.event.Subscription;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.it.lab.MariaDb;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The SMS module of a FreePBX, which is not to be had for a test: its rows in a real database, and
 * its reports by a real Asterisk, which it raises over AMI as the module does.
 *
 * <p>It has a number of its own, as others use the same servers.
 */
final class SmsModule implements AutoCloseable {

    private final DataSource database;
    private final String number =
            "6149" + ThreadLocalRandom.current().nextInt(1_000_000, 9_999_999);

    private volatile long lastRow;

    SmsModule(MariaDb server) {
        this.database = server.owner("asterisk");
    }

    /** Returns its number, as it writes it. */
    String number() {
        return number;
    }

    /** Returns the number of the row that it wrote last. */
    String lastRow() {
        return String.valueOf(lastRow);
    }

    /** Takes texts that the dialplan is given for {@code NUMBER+RECIPIENT}. */
    Subscription takeTexts(AmiClient ami) {
        return AmiMessageGateway.builder(ami).build().subscribe(text -> take(text, ami));
    }

    private void take(TextMessage text, AmiClient ami) throws SQLException {
        String[] parts = text.to().get(0).text().split("\\+", -1);
        if (parts.length == 2 && parts[0].equals(number)) {
            long id = out(parts[1], text.text());
            report(ami, "sms-outbound", id, number, parts[1], text.text(), "");
        }
    }

    /** Brings a text of a carrier, live and into the table. */
    void bring(AmiClient ami, String from, String text, String emid) throws SQLException {
        long id = in(from, text, emid, Instant.now());
        report(ami, "sms-inbound", id, from, number, text, emid);
    }

    private static void report(
            AmiClient ami, String name, long id, String from, String to, String text, String emid) {
        ami.send(
                AmiAction.raw(
                        "UserEvent",
                        "UserEvent",
                        name,
                        "id",
                        String.valueOf(id),
                        "from",
                        from,
                        "to",
                        to,
                        "adaptor",
                        "Twilio",
                        "emid",
                        emid,
                        "time",
                        String.valueOf(Instant.now().getEpochSecond()),
                        "message",
                        quoted(text)));
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean plain = c == ' ' || (c < 0x7F && Character.isLetterOrDigit(c));
            json.append(plain ? String.valueOf(c) : "\\u%04x".formatted((int) c));
        }
        return json.append('"').toString();
    }

    /** Writes the row of a text that a carrier brought. */
    long in(String from, String text, @Nullable String emid, @Nullable Instant time)
            throws SQLException {
        return insert(from, number, "in", text, emid, time);
    }

    /** Writes the row of a text that goes out. */
    long out(String to, String text) throws SQLException {
        return insert(number, to, "out", text, null, Instant.now());
    }

    private long insert(
            String from,
            String to,
            String direction,
            String text,
            @Nullable String emid,
            @Nullable Instant time)
            throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement row =
                        connection.prepareStatement(
                                "INSERT INTO sms_messages (`from`, `to`, direction, body, emid,"
                                        + " `timestamp`, tx_rx_datetime, adaptor, threadid)"
                                        + " VALUES (?, ?, ?, ?, ?, ?, ?, 'Twilio', 't1')",
                                Statement.RETURN_GENERATED_KEYS)) {
            row.setString(1, from);
            row.setString(2, to);
            row.setString(3, direction);
            row.setString(4, text);
            row.setString(5, emid);
            row.setObject(6, time == null ? null : time.getEpochSecond());
            row.setTimestamp(7, local(time == null ? Instant.now() : time));
            row.executeUpdate();
            try (ResultSet keys = row.getGeneratedKeys()) {
                keys.next();
                lastRow = keys.getLong(1);
                return lastRow;
            }
        }
    }

    private static Timestamp local(Instant time) {
        return Timestamp.valueOf(LocalDateTime.ofInstant(time, ZoneOffset.UTC));
    }

    /** Deletes its rows. */
    @Override
    public void close() throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement rows =
                        connection.prepareStatement(
                                "DELETE FROM sms_messages WHERE `from` = ? OR `to` = ?")) {
            rows.setString(1, number);
            rows.setString(2, number);
            rows.executeUpdate();
        }
    }
}
