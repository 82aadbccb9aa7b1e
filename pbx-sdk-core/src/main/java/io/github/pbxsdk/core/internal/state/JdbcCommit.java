package io.github.pbxsdk.core.internal.state;

import io.github.pbxsdk.core.state.Batch;
import io.github.pbxsdk.core.state.Lease;
import io.github.pbxsdk.core.state.LeaseLostException;
import io.github.pbxsdk.core.state.StateChange;
import io.github.pbxsdk.core.state.StateConflictException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Makes the changes of a batch in a transaction that somebody else ends. */
public final class JdbcCommit {

    private static final int SENT_TOGETHER = 1000;

    /**
     * Two batches that touch the same entries wait for each other instead of blocking each other.
     */
    private static final Comparator<StateChange> ORDER =
            Comparator.comparing(StateChange::namespace).thenComparing(StateChange::key);

    private final JdbcTables tables;

    /** Creates commits to these tables. */
    public JdbcCommit(JdbcTables tables) {
        this.tables = tables;
    }

    /**
     * Makes the changes.
     *
     * @return the version of the entries
     * @throws StateConflictException if an entry is not as expected; some may have been changed
     * @throws LeaseLostException if the batch stands under a lease that is no longer held
     */
    public long apply(Connection connection, Batch batch) throws SQLException {
        Optional<Lease> lease = batch.lease();
        if (lease.isPresent()) {
            requireHeld(connection, lease.get());
        }
        long version = tables.nextNumber(connection);
        for (Map.Entry<Kind, List<StateChange>> each : byKind(batch).entrySet()) {
            apply(connection, each.getKey(), each.getValue(), version);
        }
        return version;
    }

    /** Locks the lease, so that nobody can take it before the transaction ends. */
    private void requireHeld(Connection connection, Lease lease) throws SQLException {
        String sql =
                "SELECT token FROM "
                        + tables.lease()
                        + " WHERE name = ? AND token = ? AND ends_millis > "
                        + tables.dialect().clock()
                        + " FOR UPDATE";
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setBytes(1, StateLimits.leaseBytes(lease.name()));
            query.setLong(2, lease.token());
            try (ResultSet rows = query.executeQuery()) {
                if (!rows.next()) {
                    throw new LeaseLostException(lease);
                }
            }
        }
    }

    private static Map<Kind, List<StateChange>> byKind(Batch batch) {
        return batch.changes().stream()
                .sorted(ORDER)
                .collect(
                        Collectors.groupingBy(
                                Kind::of, () -> new EnumMap<>(Kind.class), Collectors.toList()));
    }

    private void apply(Connection connection, Kind kind, List<StateChange> changes, long version)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(kind.sql(tables))) {
            for (int start = 0; start < changes.size(); start += SENT_TOGETHER) {
                int end = Math.min(changes.size(), start + SENT_TOGETHER);
                send(statement, kind, changes.subList(start, end), version);
            }
        }
    }

    private static void send(
            PreparedStatement statement, Kind kind, List<StateChange> changes, long version)
            throws SQLException {
        for (StateChange change : changes) {
            kind.bind(statement, change, version);
            statement.addBatch();
        }
        int[] counts = statement.executeBatch();
        for (int i = 0; i < counts.length; i++) {
            if (kind.isConditional() && counts[i] != 1) {
                throw new StateConflictException(changes.get(i));
            }
        }
    }

    /** The statements that changes need. */
    private enum Kind {
        PUT {
            @Override
            String sql(JdbcTables tables) {
                return tables.dialect().put(tables.state());
            }
        },
        PUT_IF_ABSENT {
            @Override
            String sql(JdbcTables tables) {
                return tables.dialect().putIfAbsent(tables.state());
            }
        },
        PUT_IF_VERSION {
            @Override
            String sql(JdbcTables tables) {
                return "UPDATE "
                        + tables.state()
                        + " SET entry_value = ?, version = ?, expires_millis = CAST(? AS BIGINT) + "
                        + tables.dialect().clock()
                        + " WHERE namespace = ? AND entry_key = ? AND version = ? AND "
                        + tables.isLive();
            }

            @Override
            void bind(PreparedStatement statement, StateChange change, long version)
                    throws SQLException {
                statement.setBytes(1, change.value().orElseThrow());
                statement.setLong(2, version);
                bindLife(statement, 3, change);
                bindId(statement, 4, change);
                statement.setLong(6, change.expectedVersion().orElseThrow());
            }
        },
        DELETE {
            @Override
            String sql(JdbcTables tables) {
                return "DELETE FROM " + tables.state() + " WHERE namespace = ? AND entry_key = ?";
            }

            @Override
            void bind(PreparedStatement statement, StateChange change, long version)
                    throws SQLException {
                bindId(statement, 1, change);
            }
        },
        DELETE_IF_VERSION {
            @Override
            String sql(JdbcTables tables) {
                return DELETE.sql(tables) + " AND version = ? AND " + tables.isLive();
            }

            @Override
            void bind(PreparedStatement statement, StateChange change, long version)
                    throws SQLException {
                bindId(statement, 1, change);
                statement.setLong(3, change.expectedVersion().orElseThrow());
            }
        };

        static Kind of(StateChange change) {
            boolean put = change.value().isPresent();
            if (change.expectedVersion().isEmpty()) {
                return put ? PUT : DELETE;
            }
            if (!put) {
                return DELETE_IF_VERSION;
            }
            return change.expectedVersion().getAsLong() == 0 ? PUT_IF_ABSENT : PUT_IF_VERSION;
        }

        boolean isConditional() {
            return this != PUT && this != DELETE;
        }

        abstract String sql(JdbcTables tables);

        void bind(PreparedStatement statement, StateChange change, long version)
                throws SQLException {
            bindId(statement, 1, change);
            statement.setBytes(3, change.value().orElseThrow());
            statement.setLong(4, version);
            bindLife(statement, 5, change);
        }

        private static void bindId(PreparedStatement statement, int index, StateChange change)
                throws SQLException {
            statement.setBytes(index, StateLimits.namespaceBytes(change.namespace()));
            statement.setBytes(index + 1, StateLimits.keyBytes(change.key()));
        }

        private static void bindLife(PreparedStatement statement, int index, StateChange change)
                throws SQLException {
            Optional<Duration> ttl = change.ttl();
            if (ttl.isPresent()) {
                statement.setLong(index, ttl.get().toMillis());
            } else {
                statement.setNull(index, Types.BIGINT);
            }
        }
    }
}
