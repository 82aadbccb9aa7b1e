package io.github.pbxsdk.core.internal.state;

import io.github.pbxsdk.core.state.StateException;

/** Where the SQL of databases differs. */
enum JdbcDialect {
    POSTGRESQL {
        @Override
        String binary(int length) {
            return "BYTEA";
        }

        @Override
        String clock() {
            // Not now(), which stands still in a transaction, nor clock_timestamp(), which no index
            // can be searched with.
            return "CAST(EXTRACT(EPOCH FROM statement_timestamp()) * 1000 AS BIGINT)";
        }

        @Override
        String nextNumber(String sequence) {
            return "SELECT nextval('" + sequence + "')";
        }

        @Override
        String put(String table) {
            return insert(table)
                    + " ON CONFLICT (namespace, entry_key) DO UPDATE SET"
                    + " entry_value = EXCLUDED.entry_value, version = EXCLUDED.version,"
                    + " expires_millis = EXCLUDED.expires_millis";
        }

        @Override
        String putIfAbsent(String table) {
            return put(table) + " WHERE old.expires_millis <= " + clock();
        }

        /** Without VALUES: the driver can fold those into one statement and loses the counts. */
        private String insert(String table) {
            return "INSERT INTO "
                    + table
                    + " AS old (namespace, entry_key, entry_value, version, expires_millis)"
                    + " SELECT ?, ?, ?, ?, ? + "
                    + clock();
        }

        @Override
        String scanHint() {
            // Before the first statistics it would read and sort all entries for each page.
            return "SET LOCAL enable_sort = off";
        }

        @Override
        String createLease(String table) {
            return "INSERT INTO "
                    + table
                    + " (name, token, ends_millis) VALUES (?, 0, 0) ON CONFLICT DO NOTHING";
        }

        @Override
        String purge(String table, String key, String expiry, int limit) {
            return "DELETE FROM "
                    + table
                    + " WHERE ("
                    + key
                    + ") IN (SELECT "
                    + key
                    + " FROM "
                    + table
                    + " WHERE "
                    + expiry
                    + " <= "
                    + clock()
                    + " LIMIT "
                    + limit
                    + " FOR UPDATE SKIP LOCKED)";
        }
    },

    H2 {
        @Override
        String binary(int length) {
            return "VARBINARY(" + length + ")";
        }

        @Override
        String clock() {
            return "CAST(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) * 1000 AS BIGINT)";
        }

        @Override
        String nextNumber(String sequence) {
            return "SELECT NEXT VALUE FOR " + sequence;
        }

        @Override
        String put(String table) {
            return merge(table, "");
        }

        @Override
        String putIfAbsent(String table) {
            return merge(table, " AND old.expires_millis <= " + clock());
        }

        private String merge(String table, String condition) {
            return "MERGE INTO "
                    + table
                    + " AS old USING (SELECT CAST(? AS VARBINARY) AS namespace,"
                    + " CAST(? AS VARBINARY) AS entry_key, CAST(? AS VARBINARY) AS entry_value,"
                    + " CAST(? AS BIGINT) AS version, CAST(? AS BIGINT) + "
                    + clock()
                    + " AS expires_millis) AS new"
                    + " ON old.namespace = new.namespace AND old.entry_key = new.entry_key"
                    + " WHEN MATCHED"
                    + condition
                    + " THEN UPDATE SET entry_value = new.entry_value, version = new.version,"
                    + " expires_millis = new.expires_millis"
                    + " WHEN NOT MATCHED THEN"
                    + " INSERT (namespace, entry_key, entry_value, version, expires_millis)"
                    + " VALUES (new.namespace, new.entry_key, new.entry_value, new.version,"
                    + " new.expires_millis)";
        }

        @Override
        String createLease(String table) {
            return "MERGE INTO "
                    + table
                    + " AS old USING (SELECT CAST(? AS VARBINARY) AS name) AS new"
                    + " ON old.name = new.name WHEN NOT MATCHED THEN"
                    + " INSERT (name, token, ends_millis) VALUES (new.name, 0, 0)";
        }

        @Override
        String purge(String table, String key, String expiry, int limit) {
            return "DELETE FROM "
                    + table
                    + " WHERE "
                    + expiry
                    + " <= "
                    + clock()
                    + " FETCH FIRST "
                    + limit
                    + " ROWS ONLY";
        }
    };

    /** Returns the dialect of a database by the name that its driver gives. */
    static JdbcDialect of(String productName) {
        return switch (productName) {
            case "PostgreSQL" -> POSTGRESQL;
            case "H2" -> H2;
            default ->
                    throw new StateException(
                            "state can be kept in PostgreSQL or H2, not in "
                                    + productName
                                    + ": use one of them, or a FileStateStore");
        };
    }

    /** The type of bytes up to a length. */
    abstract String binary(int length);

    /** An expression for the milliseconds since the epoch, by the clock of the database. */
    abstract String clock();

    /** A query for a number that is higher than all before. */
    abstract String nextNumber(String sequence);

    /** Writes an entry. Parameters: namespace, key, value, version, life in ms or null. */
    abstract String put(String table);

    /** Does the same and counts 1, unless there is an entry that is alive. */
    abstract String putIfAbsent(String table);

    /** A statement that has scans of a transaction follow the index; empty if none is needed. */
    String scanHint() {
        return "";
    }

    /** Makes the row of a lease that has none, and counts 1 then. Parameter: name. */
    abstract String createLease(String table);

    /** Deletes a bounded number of rows that have expired, without waiting for any. */
    abstract String purge(String table, String key, String expiry, int limit);
}
