package io.github.pbxsdk.sms.conversation;

import io.github.pbxsdk.core.internal.state.JdbcTransactions;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.MessageId;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.security.SecretVault;
import io.github.pbxsdk.core.state.StateException;
import io.github.pbxsdk.sms.SmsStatus;
import io.github.pbxsdk.sms.event.SmsOrigin;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A {@link MessageStore} in a PostgreSQL or H2 database, which any number of processes share.
 *
 * <pre>{@code
 * MessageStore store = JdbcMessageStore.builder().dataSource(dataSource).open();
 * }</pre>
 *
 * <p>It makes its tables, {@code pbx_sms_message} and others beginning so, and brings those of an
 * older version up to date. The contents of files lie in the database, too, and can be sealed.
 * Numbers are given in the order of commits, so whoever asks for what arrived after one misses
 * nothing. Each method throws a {@link StateException} if the database fails.
 */
public final class JdbcMessageStore implements MessageStore {

    private final JdbcTransactions transactions;
    private final JdbcMessages messages;

    private JdbcMessageStore(JdbcTransactions transactions, JdbcMessages messages) {
        this.transactions = transactions;
        this.messages = messages;
    }

    /** Returns a builder. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public StoredMessage add(
            ConversationKey conversation,
            SmsOrigin origin,
            TextMessage message,
            @Nullable String idempotencyKey) {
        return transactions.run(
                "keep a text",
                connection -> {
                    long number =
                            messages.add(connection, conversation, origin, message, idempotencyKey);
                    return messages.find(connection, number).orElseThrow();
                });
    }

    @Override
    public void sent(long number, SmsOrigin by, @Nullable MessageId id, SmsStatus status) {
        transactions.run(
                "note what became of a text",
                connection -> messages.sent(connection, number, by, id, status));
    }

    @Override
    public void report(SmsOrigin origin, MessageId id, SmsStatus status, Instant at) {
        transactions.run(
                "keep a report", connection -> messages.report(connection, origin, id, status, at));
    }

    @Override
    public void attach(long number, int file, byte[] content) {
        transactions.run(
                "keep a file", connection -> messages.attach(connection, number, file, content));
    }

    @Override
    public Optional<StoredMessage> find(long number) {
        return transactions.run("read a text", connection -> messages.find(connection, number));
    }

    @Override
    public List<StoredMessage> list(MessageQuery query) {
        return transactions.run("read texts", connection -> messages.list(connection, query));
    }

    @Override
    public List<ConversationSummary> conversations(int limit, @Nullable ConversationSummary after) {
        return transactions.run(
                "read conversations",
                connection -> messages.conversations(connection, limit, after));
    }

    @Override
    public int unread(MessageQuery query) {
        return transactions.run("count texts", connection -> messages.unread(connection, query));
    }

    @Override
    public void markRead(MessageQuery query, long upToNumber) {
        transactions.run(
                "mark texts as read",
                connection -> messages.markRead(connection, query, upToNumber));
    }

    @Override
    public List<LedgerKey> ledgerKeys(Address theirs) {
        return transactions.run(
                "read texts", connection -> messages.ledgerKeys(connection, theirs));
    }

    @Override
    public Erasure erase(Address theirs) {
        return transactions.run(
                "delete texts",
                connection -> messages.erase(connection, messages.isWith(List.of(theirs))));
    }

    @Override
    public Erasure eraseBefore(Instant time) {
        return transactions.run(
                "delete texts", connection -> messages.eraseBefore(connection, time));
    }

    @Override
    public String toString() {
        return "JdbcMessageStore";
    }

    /** Collects the settings of {@link JdbcMessageStore}; not thread-safe. */
    public static final class Builder {

        private @Nullable DataSource dataSource;
        private String tablePrefix = "pbx_sms_";
        private @Nullable String schema;
        private @Nullable SecretVault vault;
        private String tenant = "default";

        private Builder() {}

        /** Sets where connections come from, best a pool; needed, and never closed here. */
        public Builder dataSource(DataSource value) {
            this.dataSource = Objects.requireNonNull(value, "dataSource");
            return this;
        }

        /** Sets the schema of the tables, which must exist; that of the connections by default. */
        public Builder schema(String value) {
            this.schema = identifier("schema", value);
            return this;
        }

        /**
         * Sets what the names of the tables begin with, {@code pbx_sms_} by default; for several
         * independent stores in one schema.
         */
        public Builder tablePrefix(String value) {
            this.tablePrefix = identifier("tablePrefix", value);
            return this;
        }

        /**
         * Seals the contents of files, each for its own place; they lie there plain by default. A
         * store that was begun one way has to go on that way.
         *
         * @param tenantOfFiles whose files they are: those of another tenant don't open
         */
        public Builder vault(SecretVault value, String tenantOfFiles) {
            this.vault = Objects.requireNonNull(value, "vault");
            this.tenant = Objects.requireNonNull(tenantOfFiles, "tenantOfFiles");
            return this;
        }

        /**
         * Opens the store and makes its tables, or brings them up to date.
         *
         * @throws IllegalStateException if no data source is set
         * @throws StateException if the database cannot be reached, is of another kind, or holds
         *     tables of a newer version
         */
        public JdbcMessageStore open() {
            if (dataSource == null) {
                throw new IllegalStateException("set dataSource(...) before open()");
            }
            String prefix = schema == null ? tablePrefix : schema + "." + tablePrefix;
            JdbcTransactions transactions = new JdbcTransactions(dataSource);
            JdbcSchema.prepare(dataSource, transactions, prefix);
            return new JdbcMessageStore(
                    transactions,
                    new JdbcMessages(
                            prefix,
                            new JdbcFiles(prefix, new FileContents(vault, tenant), transactions)));
        }

        private static String identifier(String setting, String value) {
            if (!value.matches("[a-z][a-z0-9_]{0,39}")) {
                throw new IllegalArgumentException(
                        setting + " is lower-case letters, digits and _, not " + value);
            }
            return value;
        }
    }
}
