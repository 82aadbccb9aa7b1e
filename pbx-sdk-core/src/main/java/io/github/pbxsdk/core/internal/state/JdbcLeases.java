package io.github.pbxsdk.core.internal.state;

import io.github.pbxsdk.core.state.Lease;
import io.github.pbxsdk.core.state.LeaseLostException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.OptionalLong;

/** Takes, renews and ends leases, each in a transaction that somebody else ends. */
public final class JdbcLeases {

    private final JdbcTables tables;

    /** Creates leases in these tables. */
    public JdbcLeases(JdbcTables tables) {
        this.tables = tables;
    }

    /**
     * Takes a lease that is free.
     *
     * @return its token, or empty if somebody else holds it or is about to take it
     */
    public OptionalLong take(Connection connection, String name, Duration ttl) throws SQLException {
        byte[] id = StateLimits.leaseBytes(name);
        if (!lockFree(connection, id) && (exists(connection, id) || !create(connection, id))) {
            return OptionalLong.empty();
        }
        // Drawn under the lock: tokens of one name rise in the order in which they are given.
        long token = tables.nextNumber(connection);
        give(connection, id, token, ttl);
        return OptionalLong.of(token);
    }

    /**
     * Has the lease last for its whole time from now on.
     *
     * @throws LeaseLostException if it has ended
     */
    public void renew(Connection connection, Lease lease) throws SQLException {
        String sql =
                "UPDATE "
                        + tables.lease()
                        + " SET ends_millis = CAST(? AS BIGINT) + "
                        + tables.dialect().clock()
                        + " WHERE name = ? AND token = ? AND ends_millis > "
                        + tables.dialect().clock();
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setLong(1, lease.ttl().toMillis());
            update.setBytes(2, StateLimits.leaseBytes(lease.name()));
            update.setLong(3, lease.token());
            if (update.executeUpdate() != 1) {
                throw new LeaseLostException(lease);
            }
        }
    }

    /** Ends the lease, unless it has ended. */
    public void release(Connection connection, Lease lease) throws SQLException {
        String sql = "DELETE FROM " + tables.lease() + " WHERE name = ? AND token = ?";
        try (PreparedStatement delete = connection.prepareStatement(sql)) {
            delete.setBytes(1, StateLimits.leaseBytes(lease.name()));
            delete.setLong(2, lease.token());
            delete.executeUpdate();
        }
    }

    /** Locks the lease if it has ended; whoever is in the middle of a commit under it keeps it. */
    private boolean lockFree(Connection connection, byte[] id) throws SQLException {
        String sql =
                "SELECT token FROM "
                        + tables.lease()
                        + " WHERE name = ? AND ends_millis <= "
                        + tables.dialect().clock()
                        + " FOR UPDATE SKIP LOCKED";
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setBytes(1, id);
            try (ResultSet rows = query.executeQuery()) {
                return rows.next();
            }
        }
    }

    private boolean exists(Connection connection, byte[] id) throws SQLException {
        String sql = "SELECT token FROM " + tables.lease() + " WHERE name = ?";
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setBytes(1, id);
            try (ResultSet rows = query.executeQuery()) {
                return rows.next();
            }
        }
    }

    /** Makes the row of a lease; false when there is one. */
    private boolean create(Connection connection, byte[] id) throws SQLException {
        String sql = tables.dialect().createLease(tables.lease());
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setBytes(1, id);
            return insert.executeUpdate() == 1;
        }
    }

    private void give(Connection connection, byte[] id, long token, Duration ttl)
            throws SQLException {
        String sql =
                "UPDATE "
                        + tables.lease()
                        + " SET token = ?, ends_millis = CAST(? AS BIGINT) + "
                        + tables.dialect().clock()
                        + " WHERE name = ?";
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setLong(1, token);
            update.setLong(2, ttl.toMillis());
            update.setBytes(3, id);
            update.executeUpdate();
        }
    }
}
