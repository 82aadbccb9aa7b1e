package io.github.pbxsdk.core.state;

import io.github.pbxsdk.core.internal.state.JdbcCommit;
import io.github.pbxsdk.core.internal.state.JdbcEntries;
import io.github.pbxsdk.core.internal.state.JdbcLeases;
import io.github.pbxsdk.core.internal.state.JdbcPurge;
import io.github.pbxsdk.core.internal.state.JdbcTables;
import io.github.pbxsdk.core.internal.state.JdbcTransactions;
import io.github.pbxsdk.core.internal.state.StateLimits;
import io.github.pbxsdk.core.internal.state.StoreLease;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A {@link StateStore} in a PostgreSQL or H2 database, which any number of processes share.
 *
 * <pre>{@code
 * JdbcStateStore store = JdbcStateStore.builder().dataSource(dataSource).open();
 * }</pre>
 *
 * <p>It makes its tables when it is opened for the first time: {@code pbx_state}, {@code
 * pbx_lease}, {@code pbx_format} and the sequence {@code pbx_state_number}. Namespaces and keys are
 * columns of bytes, so that no collation of the database takes two keys for one; {@code
 * convert_from(entry_key, 'UTF8')} shows them in PostgreSQL. Rows that have expired are deleted a
 * thousand at a time, about once a minute, in passing.
 *
 * <p>Entries and leases expire by the clock of the database alone, so processes whose clocks differ
 * agree. When somebody sets that clock back, leases last longer and an entry that had just expired
 * may be seen again; no lease is ever held twice, because there is one row for each, with the token
 * of its only holder. A commit under a lease locks that row until it is through. For a holder that
 * freezes in the middle of it, set {@code idle_in_transaction_session_timeout} in PostgreSQL.
 *
 * <p>An application that keeps its own data in the same database can have both in one transaction,
 * see {@link #commit(Connection, Batch)}.
 */
public final class JdbcStateStore implements StateStore {

    private static final int KEYS_ASKED_TOGETHER = 500;

    private final JdbcTransactions transactions;
    private final JdbcEntries entries;
    private final JdbcCommit commits;
    private final JdbcLeases leases;
    private final JdbcPurge purge;
    private final StoreLease.Keeper keeper = new Keeper();
    private volatile boolean closed;

    private JdbcStateStore(DataSource dataSource, JdbcTables tables) {
        this.transactions = new JdbcTransactions(dataSource);
        this.entries = new JdbcEntries(tables);
        this.commits = new JdbcCommit(tables);
        this.leases = new JdbcLeases(tables);
        this.purge = new JdbcPurge(tables, transactions);
    }

    /** Returns a builder. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public Optional<StateEntry> find(String namespace, String key) {
        return findAll(namespace, List.of(key)).values().stream().findFirst();
    }

    @Override
    public Map<String, StateEntry> findAll(String namespace, Collection<String> keys) {
        requireOpen();
        byte[] space = StateLimits.namespaceBytes(namespace);
        List<byte[]> asked = keys.stream().map(StateLimits::keyBytes).toList();
        if (asked.isEmpty()) {
            return Map.of();
        }
        StateLimits.page(asked.size());
        return byKey(transactions.run("read", connection -> find(connection, space, asked)));
    }

    @Override
    public List<StateEntry> scan(String namespace, String afterKey, int limit) {
        requireOpen();
        byte[] space = StateLimits.namespaceBytes(namespace);
        byte[] after = StateLimits.afterKeyBytes(afterKey);
        StateLimits.page(limit);
        return transactions.run(
                "read", connection -> entries.scan(connection, space, after, limit));
    }

    @Override
    public long commit(Batch batch) {
        requireOpen();
        long version = transactions.run("commit", connection -> commits.apply(connection, batch));
        purge.runIfDue();
        return version;
    }

    /**
     * Makes all changes of a batch in a transaction of the caller, so that they come into force
     * together with what else it does, or not at all.
     *
     * <pre>{@code
     * connection.setAutoCommit(false);
     * insertInto(orders, connection, message);
     * store.commit(connection, Batch.of(StateChange.put("sms.done", id, "").ifAbsent()));
     * connection.commit();
     * }</pre>
     *
     * <p>The connection must lead to the database of this store. If the batch is refused, the
     * transaction stands as it did before the call, and may go on. A lease stays locked until the
     * transaction ends: nobody can take it before, so keep the transaction short.
     *
     * @return the version that the entries have once the transaction is committed
     * @throws IllegalArgumentException if the connection is in auto-commit mode
     * @throws StateConflictException if an entry is not as expected
     * @throws LeaseLostException if the batch stands under a lease that is no longer held
     * @throws StateException if the database fails; roll the transaction back
     */
    public long commit(Connection connection, Batch batch) {
        requireOpen();
        try {
            if (connection.getAutoCommit()) {
                throw new IllegalArgumentException(
                        "there is no transaction: call setAutoCommit(false) on the connection");
            }
            return commitFromSavepoint(connection, batch);
        } catch (SQLException e) {
            throw JdbcTransactions.failed("commit", e);
        }
    }

    @Override
    public Optional<Lease> lease(String name, Duration ttl) {
        requireOpen();
        StateLimits.leaseBytes(name);
        StateLimits.leaseTtl(ttl);
        OptionalLong token =
                transactions.run("take a lease", connection -> leases.take(connection, name, ttl));
        purge.runIfDue();
        return token.isEmpty()
                ? Optional.empty()
                : Optional.of(new StoreLease(keeper, name, token.getAsLong(), ttl));
    }

    /**
     * Closes the store; repeatable. The data source is left open, and leases last until they end by
     * themselves or are closed.
     */
    @Override
    public void close() {
        closed = true;
    }

    private long commitFromSavepoint(Connection connection, Batch batch) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            long version = commits.apply(connection, batch);
            connection.releaseSavepoint(before);
            return version;
        } catch (SQLException | RuntimeException e) {
            rollBack(connection, before, e);
            throw e;
        }
    }

    private static void rollBack(Connection connection, Savepoint savepoint, Exception cause) {
        try {
            connection.rollback(savepoint);
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    private List<StateEntry> find(Connection connection, byte[] namespace, List<byte[]> keys)
            throws SQLException {
        List<StateEntry> found = new ArrayList<>();
        for (int start = 0; start < keys.size(); start += KEYS_ASKED_TOGETHER) {
            int end = Math.min(keys.size(), start + KEYS_ASKED_TOGETHER);
            found.addAll(entries.find(connection, namespace, keys.subList(start, end)));
        }
        return found;
    }

    private static Map<String, StateEntry> byKey(List<StateEntry> found) {
        Map<String, StateEntry> byKey = new TreeMap<>();
        found.forEach(entry -> byKey.put(entry.key(), entry));
        return byKey;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("this store is closed");
        }
    }

    private final class Keeper implements StoreLease.Keeper {

        @Override
        public void renew(Lease lease) {
            requireOpen();
            transactions.run(
                    "renew a lease",
                    connection -> {
                        leases.renew(connection, lease);
                        return true;
                    });
            purge.runIfDue();
        }

        @Override
        public void release(Lease lease) {
            transactions.run(
                    "end a lease",
                    connection -> {
                        leases.release(connection, lease);
                        return true;
                    });
        }
    }

    /** Collects the settings of {@link JdbcStateStore}; not thread-safe. */
    public static final class Builder {

        private @Nullable DataSource dataSource;
        private @Nullable String schema;
        private String tablePrefix = "pbx_";

        private Builder() {}

        /**
         * Sets where connections come from, best a pool. It is never closed by the store.
         *
         * <p>Each call borrows one connection and gives it back before it returns.
         */
        public Builder dataSource(DataSource value) {
            this.dataSource = Objects.requireNonNull(value, "dataSource");
            return this;
        }

        /** Sets the schema of the tables, which must exist; that of the connections unless set. */
        public Builder schema(String value) {
            this.schema = identifier("schema", value);
            return this;
        }

        /**
         * Sets what the names of the tables begin with, {@code pbx_} unless set; for several
         * independent stores in one schema.
         */
        public Builder tablePrefix(String value) {
            this.tablePrefix = identifier("tablePrefix", value);
            return this;
        }

        /**
         * Opens the store and makes its tables if there are none.
         *
         * @throws IllegalStateException if no data source is set
         * @throws StateException if the database cannot be reached, is of another kind, or holds
         *     tables of a newer version
         */
        public JdbcStateStore open() {
            if (dataSource == null) {
                throw new IllegalStateException("set dataSource(...) before open()");
            }
            String prefix = schema == null ? tablePrefix : schema + "." + tablePrefix;
            return new JdbcStateStore(dataSource, JdbcTables.open(dataSource, prefix));
        }

        private static String identifier(String setting, String value) {
            if (!value.matches("[a-z][a-z0-9_]{0,39}")) {
                throw new IllegalArgumentException(
                        setting
                                + "(\""
                                + value
                                + "\"): up to 40 lower-case letters, digits and underscores,"
                                + " beginning with a letter");
            }
            return value;
        }
    }
}
