package io.github.pbxsdk.sms.internal.freepbx;

import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.RawFields;
import io.github.pbxsdk.core.message.MessageId;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.message.TextMessage.Direction;
import io.github.pbxsdk.sms.SmsState;
import io.github.pbxsdk.sms.SmsStatus;
import io.github.pbxsdk.sms.event.MessageReceivedEvent;
import io.github.pbxsdk.sms.event.SmsEvent;
import io.github.pbxsdk.sms.event.SmsOrigin;
import io.github.pbxsdk.sms.provider.ProviderReceipt;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The table {@code sms_messages} of the SMS module; it is only ever read. */
public final class SmsTable {

    /** The times without a zone are local ones of the PBX, wherever that is. */
    private static final Duration ANY_ZONE = Duration.ofDays(1);

    private static final String SINCE =
            "SELECT * FROM `sms_messages` WHERE `direction` = ? AND (`timestamp` >= ?"
                    + " OR (`timestamp` IS NULL AND `tx_rx_datetime` >= ?)) ORDER BY `id`";
    private static final String UNREAD =
            "SELECT COUNT(*) FROM `sms_messages` WHERE `direction` = 'in' AND `read` = 0";

    private final DataSource database;
    private final SmsOrigin origin;

    /** Reads the table of a database. */
    public SmsTable(DataSource database, SmsOrigin origin) {
        this.database = database;
        this.origin = origin;
    }

    /**
     * Returns the texts that have come since a time, the oldest first.
     *
     * @throws PbxConnectionException if the database can't be read
     */
    public List<SmsEvent> received(Instant since) {
        return rows("in", since).stream().map(this::event).toList();
    }

    private SmsEvent event(RawFields row) {
        TextMessage.Builder message =
                TextMessage.builder(Direction.INBOUND)
                        .text(row.find("body").orElse(""))
                        .via(origin.provider())
                        .raw(row);
        FreePbxText.id(row).ifPresent(message::id);
        FreePbxText.text(row, "from").map(FreePbxText::address).ifPresent(message::from);
        FreePbxText.text(row, "to").map(FreePbxText::address).ifPresent(message::addTo);
        FreePbxText.text(row, "threadid").ifPresent(message::thread);
        FreePbxText.time(row, "timestamp").ifPresent(message::sentAt);
        return new MessageReceivedEvent(origin, message.build());
    }

    /**
     * Looks for a text that may have been sent since a time.
     *
     * @param from our number, empty if the PBX chose it
     * @throws PbxConnectionException if the database can't be read
     */
    public Optional<ProviderReceipt> sent(String from, String to, String text, Instant since) {
        return rows("out", since).stream()
                .filter(row -> isNumber(row, "to", to))
                .filter(row -> from.isEmpty() || isNumber(row, "from", from))
                .filter(row -> FreePbxText.isSameText(row.find("body").orElse(""), text))
                .findFirst()
                .map(SmsTable::receipt);
    }

    private static boolean isNumber(RawFields row, String name, String number) {
        return FreePbxText.digits(row.find(name).orElse("")).equals(FreePbxText.digits(number));
    }

    /**
     * The module calls delivered what the carrier has taken. The id is the one of its report, which
     * is made before the carrier has given one.
     */
    private static ProviderReceipt receipt(RawFields row) {
        boolean taken = row.find("delivered").filter("1"::equals).isPresent();
        ProviderReceipt receipt =
                ProviderReceipt.of(
                        taken
                                ? SmsStatus.of(SmsState.SENT, "delivered=1")
                                : SmsStatus.of(SmsState.QUEUED, "delivered=0"));
        return FreePbxText.text(row, "id")
                .map(id -> receipt.identifiedBy(MessageId.of(id)))
                .orElse(receipt);
    }

    /**
     * Returns how many texts nobody has read.
     *
     * @throws PbxConnectionException if the database can't be read
     */
    public int unread() {
        return read(
                connection -> {
                    try (PreparedStatement query = connection.prepareStatement(UNREAD);
                            ResultSet count = query.executeQuery()) {
                        count.next();
                        return count.getInt(1);
                    }
                });
    }

    private List<RawFields> rows(String direction, Instant since) {
        return read(
                connection -> {
                    try (PreparedStatement query = connection.prepareStatement(SINCE)) {
                        query.setString(1, direction);
                        query.setLong(2, since.getEpochSecond());
                        query.setObject(3, localOrEarlier(since));
                        return rows(query);
                    }
                });
    }

    private static LocalDateTime localOrEarlier(Instant since) {
        return LocalDateTime.ofInstant(since.minus(ANY_ZONE), ZoneOffset.UTC);
    }

    private static List<RawFields> rows(PreparedStatement query) throws SQLException {
        try (ResultSet found = query.executeQuery()) {
            List<RawFields> rows = new ArrayList<>();
            while (found.next()) {
                rows.add(row(found));
            }
            return rows;
        }
    }

    private static RawFields row(ResultSet found) throws SQLException {
        ResultSetMetaData columns = found.getMetaData();
        RawFields.Builder row = RawFields.builder();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            String value = text(found.getObject(i));
            if (value != null) {
                row.add(columns.getColumnLabel(i), value);
            }
        }
        return row.build();
    }

    /** A column of one bit or digit is a boolean to some drivers. */
    private static @Nullable String text(@Nullable Object value) {
        if (value instanceof Boolean flag) {
            return flag ? "1" : "0";
        }
        if (value instanceof Timestamp time) {
            return time.toLocalDateTime().toString();
        }
        return value == null ? null : value.toString();
    }

    private <T> T read(Query<T> query) {
        try (Connection connection = database.getConnection()) {
            boolean before = connection.isReadOnly();
            connection.setReadOnly(true);
            try {
                return query.run(connection);
            } finally {
                connection.setReadOnly(before);
            }
        } catch (SQLException e) {
            throw new PbxConnectionException(
                    "reading sms_messages of the PBX failed: " + e.getMessage(), e);
        }
    }

    private interface Query<T> {
        T run(Connection connection) throws SQLException;
    }
}
