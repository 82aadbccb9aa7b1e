package io.github.pbxsdk.core.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What a store in a database does apart from what every store does; run against each database. */
abstract class JdbcStateStoreBehaviour {

    private static final AtomicInteger STORES = new AtomicInteger();
    private static final Duration LONG = Duration.ofMinutes(10);

    private final String prefix = "t" + STORES.incrementAndGet() + "_";

    abstract DataSource dataSource();

    private JdbcStateStore open() {
        return open(dataSource());
    }

    private JdbcStateStore open(DataSource source) {
        return JdbcStateStore.builder().dataSource(source).tablePrefix(prefix).open();
    }

    private static StateChange put(String key, String value) {
        return StateChange.put("a", key, value);
    }

    @Test
    void keepsEntriesAndLeasesForOtherInstances() {
        Lease lease;
        try (JdbcStateStore store = open()) {
            store.commit(put("k", "v").ttl(LONG));
            lease = store.lease("job", LONG).orElseThrow();
        }

        try (JdbcStateStore other = open()) {
            assertThat(other.get("a", "k").text()).isEqualTo("v");
            assertThat(other.lease("job", LONG)).isEqualTo(Optional.empty());
            other.commit(Batch.builder().add(put("under", "v")).under(lease).build());
            assertThat(other.find("a", "under")).isPresent();
        }
    }

    @Test
    void countsTimeAsTheDatabaseDoes() {
        try (JdbcStateStore store = open()) {
            Instant before = Instant.now();
            store.commit(put("k", "v").ttl(LONG));

            Instant expiry = store.get("a", "k").expiresAt().orElseThrow();
            assertThat(expiry)
                    .isBetween(before.plus(LONG).minusSeconds(1), Instant.now().plus(LONG));
        }
    }

    @Test
    void keepsStoresWithDifferentPrefixesApart() throws SQLException {
        execute("CREATE SCHEMA IF NOT EXISTS elsewhere");
        try (JdbcStateStore store = open();
                JdbcStateStore other =
                        JdbcStateStore.builder()
                                .dataSource(dataSource())
                                .schema("elsewhere")
                                .tablePrefix(prefix)
                                .open()) {
            store.commit(put("k", "v"));

            assertThat(other.find("a", "k")).isEmpty();
            other.commit(put("k", "other").ifAbsent());
            assertThat(store.get("a", "k").text()).isEqualTo("v");
        }
    }

    @Test
    void makesItsTablesOnceWhenManyInstancesStart() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            CyclicBarrier start = new CyclicBarrier(4);
            List<Future<Long>> commits = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                String key = "k" + i;
                commits.add(
                        threads.submit(
                                () -> {
                                    start.await();
                                    try (JdbcStateStore store = open()) {
                                        return store.commit(put(key, "v"));
                                    }
                                }));
            }
            for (Future<Long> commit : commits) {
                assertThat(commit.get()).isPositive();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(count(prefix + "state")).isEqualTo(4);
        assertThat(count(prefix + "format")).isEqualTo(1);
    }

    @Test
    void refusesTablesOfANewerFormat() throws SQLException {
        open().close();
        execute("UPDATE " + prefix + "format SET version = 2");

        assertThatThrownBy(this::open)
                .isInstanceOf(StateException.class)
                .hasMessage(
                        "the tables "
                                + prefix
                                + "… were made by a newer pbx-sdk in format 2; this one reads up"
                                + " to 1: use the newer one");
    }

    @Test
    void refusesADatabaseThatItDoesNotKnow() {
        DataSource unknown =
                connectionsThat(
                        (connection, method, arguments) ->
                                method.equals("getMetaData")
                                        ? Optional.of(namedMySql())
                                        : Optional.empty());

        assertThatThrownBy(() -> open(unknown))
                .isInstanceOf(StateException.class)
                .hasMessage(
                        "state can be kept in PostgreSQL or H2, not in MySQL: use one of them, or"
                                + " a FileStateStore");
    }

    @Test
    void refusesNamesThatAreNoIdentifiers() {
        assertThatThrownBy(() -> JdbcStateStore.builder().tablePrefix("x; DROP TABLE y"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> JdbcStateStore.builder().schema("a.b"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> JdbcStateStore.builder().open())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("set dataSource(...) before open()");
    }

    @Test
    void commitsTogetherWithTheCallersOwnWork() throws SQLException {
        execute("CREATE TABLE " + prefix + "orders (id INT)");
        try (JdbcStateStore store = open()) {
            for (boolean success : new boolean[] {false, true}) {
                try (Connection connection = dataSource().getConnection()) {
                    connection.setAutoCommit(false);
                    execute(connection, "INSERT INTO " + prefix + "orders VALUES (1)");
                    store.commit(connection, Batch.of(put("k", "v").ifAbsent()));
                    if (success) {
                        connection.commit();
                    } else {
                        connection.rollback();
                    }
                }
                assertThat(store.find("a", "k").isPresent()).isEqualTo(success);
                assertThat(count(prefix + "orders")).isEqualTo(success ? 1 : 0);
            }
        }
    }

    @Test
    void leavesTheCallersTransactionAsItWasWhenABatchIsRefused() throws SQLException {
        execute("CREATE TABLE " + prefix + "orders (id INT)");
        try (JdbcStateStore store = open();
                Connection connection = dataSource().getConnection()) {
            store.commit(put("taken", "v"));
            connection.setAutoCommit(false);
            execute(connection, "INSERT INTO " + prefix + "orders VALUES (1)");
            Batch refused =
                    Batch.builder().add(put("new", "v")).add(put("taken", "x").ifAbsent()).build();
            assertThatThrownBy(() -> store.commit(connection, refused))
                    .isInstanceOf(StateConflictException.class);
            store.commit(connection, Batch.of(put("instead", "v")));
            connection.commit();

            assertThat(store.stream("a").map(StateEntry::key)).containsExactly("instead", "taken");
            assertThat(count(prefix + "orders")).isEqualTo(1);
        }
    }

    @Test
    void refusesAConnectionWithoutTransaction() throws SQLException {
        try (JdbcStateStore store = open();
                Connection connection = dataSource().getConnection()) {
            connection.setAutoCommit(true);

            assertThatThrownBy(() -> store.commit(connection, Batch.of(put("k", "v"))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("setAutoCommit(false)");
        }
    }

    @Test
    void givesNobodyTheLeaseThatATransactionStandsUnder() throws SQLException {
        try (JdbcStateStore store = open();
                Connection connection = dataSource().getConnection()) {
            // Long enough to commit under it on a busy machine, too.
            Duration ttl = Duration.ofSeconds(2);
            Lease lease = store.lease("job", ttl).orElseThrow();
            connection.setAutoCommit(false);
            store.commit(connection, Batch.builder().add(put("k", "late")).under(lease).build());
            Instant ended = Instant.now().plus(ttl);
            Awaitility.await().until(() -> Instant.now().isAfter(ended));

            assertThat(store.lease("job", LONG)).isEqualTo(Optional.empty());
            connection.commit();

            assertThat(store.get("a", "k").text()).isEqualTo("late");
            assertThat(store.lease("job", LONG)).isNotEqualTo(Optional.empty());
        }
    }

    @Test
    void deletesRowsThatHaveExpired() throws SQLException {
        try (JdbcStateStore store = open()) {
            Batch.Builder batch = Batch.builder();
            IntStream.range(0, 2500)
                    .forEach(i -> batch.add(put("k" + i, "v").ttl(Duration.ofMillis(1))));
            store.commit(batch.build());
            store.commit(put("kept", "v"));
            store.lease("forgotten", Duration.ofMillis(1));
        }

        // Each instance deletes when it is new, and at once again as long as there is plenty.
        try (JdbcStateStore store = open()) {
            Awaitility.await().until(() -> store.stream("a").count() == 1);
            long left = count(prefix + "state");
            for (int i = 0; i < 4; i++) {
                store.commit(put("kept", "v"));
                long now = count(prefix + "state");
                assertThat(left - now).as("deleted at a time").isBetween(0L, 1000L);
                left = now;
            }
            assertThat(left).isEqualTo(1);
            assertThat(count(prefix + "lease")).isZero();
        }
    }

    @Test
    void saysWhenNobodyKnowsWhetherItWasStored() {
        open().close();
        DataSource failing =
                connectionsThat(
                        (connection, method, arguments) -> {
                            if (method.equals("commit")) {
                                connection.commit();
                                throw new SQLException("connection lost", "08006");
                            }
                            return Optional.empty();
                        });

        // Its tables are there, so it commits nothing when it is opened.
        try (JdbcStateStore store = open(failing)) {
            assertThatThrownBy(() -> store.commit(put("k", "v")))
                    .isInstanceOfSatisfying(
                            StateException.class, e -> assertThat(e.mayHaveBeenSent()).isTrue())
                    .hasMessage("cannot commit in the database: connection lost");
        }
        try (JdbcStateStore store = open()) {
            assertThat(store.find("a", "k")).isPresent();
        }
    }

    @Test
    void saysWhenNothingWasStored() {
        open().close();
        AtomicInteger prepared = new AtomicInteger();
        DataSource failing =
                connectionsThat(
                        (connection, method, arguments) -> {
                            if (method.equals("prepareStatement")
                                    && prepared.getAndIncrement() > 0) {
                                throw new SQLException("connection lost", "08006");
                            }
                            return Optional.empty();
                        });

        try (JdbcStateStore store = open(failing)) {
            assertThatThrownBy(() -> store.commit(put("k", "v")))
                    .isInstanceOfSatisfying(
                            StateException.class, e -> assertThat(e.mayHaveBeenSent()).isFalse());
        }
    }

    @Test
    void triesAgainWhenTheDatabaseGaveAnotherTheRightOfWay() {
        open().close();
        AtomicInteger refusals = new AtomicInteger();
        DataSource busy =
                connectionsThat(
                        (connection, method, arguments) -> {
                            if (method.equals("commit") && refusals.getAndIncrement() < 3) {
                                throw new SQLException("could not serialize", "40001");
                            }
                            return Optional.empty();
                        });

        try (JdbcStateStore store = open(busy)) {
            store.commit(put("k", "v").ifAbsent());
            assertThat(refusals.get()).isGreaterThan(3);
        }
    }

    @Test
    void givesConnectionsBackAsTheyWere() {
        open().close();
        List<Connection> given = new ArrayList<>();
        DataSource recording =
                connectionsThat(
                        (connection, method, arguments) -> {
                            if (method.equals("close")) {
                                given.add(connection);
                                assertThat(connection.getAutoCommit()).isTrue();
                            }
                            return Optional.empty();
                        });

        try (JdbcStateStore store = open(recording)) {
            store.commit(put("k", "v"));
            store.find("a", "k");
            assertThatThrownBy(() -> store.commit(put("k", "v").ifAbsent()))
                    .isInstanceOf(StateConflictException.class);
            store.lease("job", LONG);
        }
        assertThat(given).hasSizeGreaterThanOrEqualTo(5);
    }

    private long count(String table) throws SQLException {
        try (Connection connection = dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
            row.next();
            return row.getLong(1);
        }
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = dataSource().getConnection()) {
            execute(connection, sql);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static DatabaseMetaData namedMySql() {
        return proxy(
                DatabaseMetaData.class,
                (proxied, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("getDatabaseProductName");
                    return "MySQL";
                });
    }

    /** Returns the data source with something in between. */
    private DataSource connectionsThat(Interceptor interceptor) {
        return proxy(
                DataSource.class,
                (proxied, method, arguments) -> {
                    Connection connection = dataSource().getConnection();
                    return proxy(
                            Connection.class,
                            (self, called, values) -> {
                                Optional<?> answer =
                                        interceptor.answer(connection, called.getName(), values);
                                if (answer.isPresent()) {
                                    return answer.get();
                                }
                                try {
                                    return called.invoke(connection, values);
                                } catch (InvocationTargetException e) {
                                    throw e.getCause();
                                }
                            });
                });
    }

    private static <T> T proxy(Class<T> type, java.lang.reflect.InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** Stands between a store and its connections; an answer keeps the call from them. */
    @FunctionalInterface
    private interface Interceptor {
        Optional<?> answer(Connection connection, String method, Object[] arguments)
                throws SQLException;
    }
}
