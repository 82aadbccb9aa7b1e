package io.github.pbxsdk.sms.conversation;

import io.github.pbxsdk.core.internal.StorageKey;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.MediaItem;
import io.github.pbxsdk.core.message.MessageId;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.message.TextMessage.Direction;
import io.github.pbxsdk.sms.SmsStatus;
import io.github.pbxsdk.sms.event.SmsOrigin;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The statements of a {@link JdbcMessageStore}. */
final class JdbcMessages {

    private static final String COLUMNS =
            "m.number, m.conversation_key, m.provider, m.account, m.ledger_key, m.report_key,"
                    + " m.status, m.unread, m.content";

    private final String prefix;
    private final JdbcFiles files;

    JdbcMessages(String prefix, JdbcFiles files) {
        this.prefix = prefix;
        this.files = files;
    }

    /** Returns the number of the text, which is an older one if it was there. */
    long add(
            Connection connection,
            ConversationKey conversation,
            SmsOrigin origin,
            TextMessage message,
            @Nullable String idempotencyKey)
            throws SQLException {
        lock(connection);
        String identity = MessageIdentity.of(origin, message, idempotencyKey);
        List<Long> known =
                Sql.of(
                                "SELECT number FROM "
                                        + prefix
                                        + "message WHERE message_identity = ?",
                                identity)
                        .query(connection, row -> row.getLong(1));
        if (!known.isEmpty()) {
            return known.get(0);
        }
        long number = nextNumber(connection, "message");
        String key = MessageIdentity.bounded(conversation.text());
        for (Address member : conversation.theirs()) {
            addMember(connection, key, MessageIdentity.bounded(member.key()));
        }
        Sql.of(
                        "INSERT INTO "
                                + prefix
                                + "message (number, conversation, conversation_key,"
                                + " message_identity, unread, at_millis, provider, account,"
                                + " report_key, ledger_key, words, content) VALUES (",
                        number,
                        key,
                        conversation.text(),
                        identity,
                        message.direction() == Direction.INBOUND,
                        StoredMessage.timeOf(message).toEpochMilli(),
                        origin.provider(),
                        origin.account(),
                        reportKey(origin, message),
                        idempotencyKey,
                        searchable(message.text()),
                        MessageJson.of(message))
                .add("?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .update(connection);
        files.add(connection, number, message.media());
        return number;
    }

    /** One at a time, so that numbers are in the order of commits and nothing is added twice. */
    private void lock(Connection connection) throws SQLException {
        Sql.of("UPDATE " + prefix + "counter SET latest = latest WHERE name = 'message'")
                .update(connection);
    }

    private long nextNumber(Connection connection, String name) throws SQLException {
        Sql.of("UPDATE " + prefix + "counter SET latest = latest + 1 WHERE name = ?", name)
                .update(connection);
        return Sql.of("SELECT latest FROM " + prefix + "counter WHERE name = ?", name)
                .query(connection, row -> row.getLong(1))
                .get(0);
    }

    private void addMember(Connection connection, String conversation, String address)
            throws SQLException {
        Sql.of(
                        "INSERT INTO "
                                + prefix
                                + "member (address, conversation) SELECT CAST(? AS VARCHAR(900)),"
                                + " CAST(? AS VARCHAR(900)) WHERE NOT EXISTS (SELECT 1 FROM "
                                + prefix
                                + "member WHERE address = ? AND conversation = ?)",
                        address,
                        conversation,
                        address,
                        conversation)
                .update(connection);
    }

    private static @Nullable String reportKey(SmsOrigin origin, TextMessage message) {
        boolean ours = message.direction() == Direction.OUTBOUND;
        return ours ? message.id().map(id -> reportKey(origin, id)).orElse(null) : null;
    }

    private static String reportKey(SmsOrigin origin, MessageId id) {
        return MessageIdentity.bounded(
                StorageKey.join(origin.provider(), origin.account(), id.value()));
    }

    /** PostgreSQL keeps no NUL in a text. */
    private static String searchable(String text) {
        return text.toLowerCase(Locale.ROOT).replace('\u0000', ' ');
    }

    int sent(
            Connection connection,
            long number,
            SmsOrigin by,
            @Nullable MessageId id,
            SmsStatus status)
            throws SQLException {
        StoredMessage before = find(connection, number).orElse(null);
        if (before == null) {
            return 0;
        }
        TextMessage message =
                id == null ? before.message() : before.message().toBuilder().id(id).build();
        return Sql.of(
                        "UPDATE "
                                + prefix
                                + "message SET status = ?, report_key = ?, content = ? WHERE"
                                + " number = ?",
                        StatusJson.of(status),
                        reportKey(by, message),
                        MessageJson.of(message),
                        number)
                .update(connection);
    }

    int report(Connection connection, SmsOrigin origin, MessageId id, SmsStatus status, Instant at)
            throws SQLException {
        return Sql.of(
                        "INSERT INTO "
                                + prefix
                                + "report (report_key, number, arrived_millis, status) VALUES (?,"
                                + " ?, ?, ?)",
                        reportKey(origin, id),
                        nextNumber(connection, "report"),
                        at.toEpochMilli(),
                        StatusJson.of(status))
                .update(connection);
    }

    int attach(Connection connection, long number, int place, byte[] content) throws SQLException {
        return find(connection, number).isEmpty()
                ? 0
                : files.replace(connection, number, place, content);
    }

    Optional<StoredMessage> find(Connection connection, long number) throws SQLException {
        return read(connection, Sql.of(" WHERE m.number = ?", number)).stream().findFirst();
    }

    List<StoredMessage> list(Connection connection, MessageQuery query) throws SQLException {
        Sql where = Sql.of(" WHERE ").add(isAbout(query));
        StoredMessage before = query.before();
        if (before != null) {
            where.add(" AND ").add(isBefore(before));
        }
        Long after = query.after();
        where.add(
                after == null
                        ? " ORDER BY m.at_millis DESC, m.number DESC"
                        : " AND m.number > " + after + " ORDER BY m.number");
        return read(connection, where.add(" FETCH FIRST " + query.limit() + " ROWS ONLY"));
    }

    private Sql isAbout(MessageQuery query) {
        Sql where = Sql.of("1 = 1");
        Set<Address> others = query.others();
        if (others != null) {
            where.add(" AND ").add(isWith(others));
        }
        ConversationKey conversation = query.conversation();
        if (conversation != null) {
            where.add(" AND m.conversation = ?", MessageIdentity.bounded(conversation.text()));
        }
        return query.text().isEmpty()
                ? where
                : where.add(" AND m.words LIKE ? ESCAPE '!'", "%" + escaped(query.text()) + "%");
    }

    private static String escaped(String text) {
        return searchable(text).replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }

    private static Sql isBefore(StoredMessage message) {
        long millis = message.at().toEpochMilli();
        return Sql.of(
                "(m.at_millis < ? OR (m.at_millis = ? AND m.number < ?))",
                millis,
                millis,
                message.number());
    }

    Sql isWith(Collection<? extends Address> others) {
        if (others.isEmpty()) {
            return Sql.of("1 = 0");
        }
        List<String> keys =
                others.stream().map(address -> MessageIdentity.bounded(address.key())).toList();
        return Sql.of(
                        "m.conversation IN (SELECT conversation FROM "
                                + prefix
                                + "member WHERE address IN (")
                .addList(keys)
                .add("))");
    }

    private List<StoredMessage> read(Connection connection, Sql where) throws SQLException {
        List<Row> rows =
                Sql.of("SELECT " + COLUMNS + " FROM " + prefix + "message m")
                        .add(where)
                        .query(connection, Row::of);
        if (rows.isEmpty()) {
            return List.of();
        }
        List<Long> numbers = rows.stream().map(row -> row.number).toList();
        Map<Long, Map<Integer, MediaItem.Content>> contents = files.of(connection, numbers);
        Map<String, List<SmsStatus>> reports = reports(connection, rows);
        return rows.stream()
                .map(
                        row ->
                                row.message(
                                        contents.getOrDefault(row.number, Map.of()),
                                        reports.getOrDefault(
                                                String.valueOf(row.reportKey), List.of())))
                .toList();
    }

    private Map<String, List<SmsStatus>> reports(Connection connection, List<Row> rows)
            throws SQLException {
        List<String> keys = rows.stream().map(row -> String.valueOf(row.reportKey)).toList();
        Map<String, List<SmsStatus>> reports = new HashMap<>();
        Sql.of("SELECT report_key, status FROM " + prefix + "report WHERE report_key IN (")
                .addList(keys)
                .add(") ORDER BY number")
                .query(
                        connection,
                        row ->
                                reports.computeIfAbsent(row.getString(1), key -> new ArrayList<>())
                                        .add(StatusJson.read(row.getString(2))));
        return reports;
    }

    List<ConversationSummary> conversations(
            Connection connection, int limit, @Nullable ConversationSummary after)
            throws SQLException {
        Sql where =
                Sql.of(
                        " WHERE NOT EXISTS (SELECT 1 FROM "
                                + prefix
                                + "message n WHERE n.conversation = m.conversation AND (n.at_millis"
                                + " > m.at_millis OR (n.at_millis = m.at_millis AND n.number >"
                                + " m.number)))");
        if (after != null) {
            where.add(" AND ").add(isBefore(after.last()));
        }
        List<StoredMessage> last =
                read(
                        connection,
                        where.add(" ORDER BY m.at_millis DESC, m.number DESC FETCH FIRST ")
                                .add(limit + " ROWS ONLY"));
        Map<String, Integer> unread = last.isEmpty() ? Map.of() : unreadOf(connection, last);
        return last.stream()
                .map(
                        message ->
                                new ConversationSummary(
                                        message, unread.getOrDefault(keyOf(message), 0)))
                .toList();
    }

    private static String keyOf(StoredMessage message) {
        return MessageIdentity.bounded(message.conversation().text());
    }

    private Map<String, Integer> unreadOf(Connection connection, List<StoredMessage> last)
            throws SQLException {
        Map<String, Integer> unread = new HashMap<>();
        Sql.of(
                        "SELECT conversation, COUNT(*) FROM "
                                + prefix
                                + "message WHERE unread AND conversation IN (")
                .addList(last.stream().map(JdbcMessages::keyOf).toList())
                .add(") GROUP BY conversation")
                .query(connection, row -> unread.put(row.getString(1), row.getInt(2)));
        return unread;
    }

    int unread(Connection connection, MessageQuery query) throws SQLException {
        return Sql.of("SELECT COUNT(*) FROM " + prefix + "message m WHERE m.unread AND ")
                .add(isAbout(query))
                .query(connection, row -> row.getInt(1))
                .get(0);
    }

    int markRead(Connection connection, MessageQuery query, long upToNumber) throws SQLException {
        return Sql.of(
                        "UPDATE "
                                + prefix
                                + "message m SET unread = FALSE WHERE m.unread AND m.number <= ?"
                                + " AND ",
                        upToNumber)
                .add(isAbout(query))
                .update(connection);
    }

    List<MessageStore.LedgerKey> ledgerKeys(Connection connection, Address theirs)
            throws SQLException {
        return Sql.of(
                        "SELECT m.provider, m.account, m.ledger_key FROM "
                                + prefix
                                + "message m WHERE m.ledger_key IS NOT NULL AND ")
                .add(isWith(List.of(theirs)))
                .add(" ORDER BY m.number")
                .query(
                        connection,
                        row ->
                                new MessageStore.LedgerKey(
                                        new SmsOrigin(row.getString(1), row.getString(2)),
                                        row.getString(3)));
    }

    Erasure eraseBefore(Connection connection, Instant time) throws SQLException {
        Erasure erased = erase(connection, Sql.of("m.at_millis < ?", time.toEpochMilli()));
        Sql.of("DELETE FROM " + prefix + "report WHERE arrived_millis < ?", time.toEpochMilli())
                .update(connection);
        return erased;
    }

    /** Deletes texts by a condition on {@code m}, and what belongs to them alone. */
    Erasure erase(Connection connection, Sql condition) throws SQLException {
        // Nobody adds a text meanwhile, so that none is left behind without its conversation.
        lock(connection);
        Sql.of("DELETE FROM " + prefix + "report WHERE report_key IN (SELECT m.report_key FROM ")
                .add(prefix + "message m WHERE ")
                .add(condition)
                .add(")")
                .update(connection);
        Sql numbers = Sql.of("SELECT m.number FROM " + prefix + "message m WHERE ").add(condition);
        int deletedFiles = files.delete(connection, numbers);
        int messages =
                Sql.of("DELETE FROM " + prefix + "message WHERE number IN (")
                        .add(numbers)
                        .add(")")
                        .update(connection);
        String empty =
                prefix
                        + "member WHERE NOT EXISTS (SELECT 1 FROM "
                        + prefix
                        + "message m WHERE m.conversation = "
                        + prefix
                        + "member.conversation)";
        int conversations =
                Sql.of("SELECT COUNT(DISTINCT conversation) FROM " + empty)
                        .query(connection, row -> row.getInt(1))
                        .get(0);
        Sql.of("DELETE FROM " + empty).update(connection);
        return new Erasure(conversations, messages, deletedFiles, 0);
    }

    /** What a row holds; the rest lies elsewhere. */
    private static final class Row {

        private final long number;
        private final String conversation;
        private final SmsOrigin origin;
        private final @Nullable String ledgerKey;
        private final @Nullable String reportKey;
        private final @Nullable String status;
        private final boolean unread;
        private final String content;

        private Row(ResultSet row) throws SQLException {
            this.number = row.getLong(1);
            this.conversation = row.getString(2);
            this.origin = new SmsOrigin(row.getString(3), row.getString(4));
            this.ledgerKey = row.getString(5);
            this.reportKey = row.getString(6);
            this.status = row.getString(7);
            this.unread = row.getBoolean(8);
            this.content = row.getString(9);
        }

        static Row of(ResultSet row) throws SQLException {
            return new Row(row);
        }

        StoredMessage message(Map<Integer, MediaItem.Content> files, List<SmsStatus> reports) {
            SmsStatus merged = status == null ? null : StatusJson.read(status);
            for (SmsStatus report : reports) {
                merged = merged == null ? report : merged.mergedWith(report);
            }
            return new StoredMessage(
                    number,
                    ConversationKey.parse(conversation),
                    origin,
                    MessageJson.read(content, files),
                    ledgerKey,
                    merged,
                    unread);
        }
    }
}
