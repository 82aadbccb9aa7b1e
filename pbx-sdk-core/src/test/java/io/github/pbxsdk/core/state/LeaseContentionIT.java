package io.github.pbxsdk.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.tools.Server;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several processes on one database, some of which stand still for longer than their lease. */
@Timeout(300)
class LeaseContentionIT {

    private static final Duration TTL = Duration.ofMillis(400);
    private static final Duration LONG = Duration.ofMinutes(1);

    @Nested
    class OnPostgres {

        @Test
        void refusesAHolderThatStoodStillForTwoLeases() throws Exception {
            try (PostgresServer server = PostgresServer.start()) {
                refusesALateHolder(server.url());
            }
        }

        @Test
        void letsOneOfThreeProcessesCommitAtATime() throws Exception {
            try (PostgresServer server = PostgresServer.start()) {
                letsOneOfThreeCommit(server.url());
            }
        }
    }

    @Nested
    class OnH2 {

        @Test
        void refusesAHolderThatStoodStillForTwoLeases() throws Exception {
            onServer(LeaseContentionIT::refusesALateHolder);
        }

        @Test
        void letsOneOfThreeProcessesCommitAtATime() throws Exception {
            onServer(LeaseContentionIT::letsOneOfThreeCommit);
        }

        private void onServer(Scenario scenario) throws Exception {
            Server server = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
            try {
                scenario.run(
                        "jdbc:h2:tcp://127.0.0.1:"
                                + server.getPort()
                                + "/mem:"
                                + UUID.randomUUID()
                                + ";DB_CLOSE_DELAY=-1");
            } finally {
                server.stop();
            }
        }
    }

    private static void refusesALateHolder(String url) throws Exception {
        JdbcConnectionPool connections = LeaseContender.pool(url);
        try (JdbcStateStore store = JdbcStateStore.builder().dataSource(connections).open();
                ChildProcess holder = contender(url, "once")) {
            String held = String.valueOf(holder.readLine());
            assertThat(held).startsWith("held ");
            holder.signal("STOP");
            Instant stopped = Instant.now();

            Lease next = awaitLease(store);
            store.commit(
                    Batch.builder()
                            .add(StateChange.put("work", "by", "the next"))
                            .under(next)
                            .build());
            Awaitility.await()
                    .until(() -> Instant.now().isAfter(stopped.plus(TTL.multipliedBy(2))));
            holder.signal("CONT");
            holder.writeLine("commit");

            assertThat(holder.readLine())
                    .isEqualTo(
                            "refused: the lease pbx1 with token "
                                    + held.substring("held ".length())
                                    + " has ended");
            assertThat(store.get("work", "by").text()).isEqualTo("the next");
        } finally {
            connections.dispose();
        }
    }

    private static Lease awaitLease(JdbcStateStore store) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> store.lease(LeaseContender.LEASE, LONG), Optional::isPresent)
                .orElseThrow();
    }

    private static void letsOneOfThreeCommit(String url) throws Exception {
        JdbcConnectionPool connections = LeaseContender.pool(url);
        List<ChildProcess> children = new ArrayList<>();
        ExecutorService readers = Executors.newCachedThreadPool();
        try (JdbcStateStore store = JdbcStateStore.builder().dataSource(connections).open()) {
            for (int i = 0; i < 3; i++) {
                children.add(contender(url, "many"));
            }
            for (ChildProcess child : children) {
                assertThat(child.readLine()).isEqualTo("ready");
                child.writeLine("go");
            }
            List<Future<List<String>>> outputs =
                    children.stream().map(child -> readers.submit(() -> lines(child))).toList();
            disturb(store, children);
            for (ChildProcess child : children) {
                child.writeLine("enough");
            }
            List<String> lines = new ArrayList<>();
            for (Future<List<String>> output : outputs) {
                assertThat(output.get()).as("each has had its turn").isNotEmpty();
                lines.addAll(output.get());
            }
            verify(store, lines);
        } finally {
            children.forEach(ChildProcess::close);
            readers.shutdownNow();
            connections.dispose();
        }
    }

    /** Stops one process after the other for two leases, while the others go on. */
    private static void disturb(JdbcStateStore store, List<ChildProcess> children)
            throws Exception {
        Random random = new Random(7);
        for (int i = 0; i < 6; i++) {
            ChildProcess child = children.get(i % children.size());
            int count = count(store);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> count(store) > count + random.nextInt(8));
            child.signal("STOP");
            Instant end = Instant.now().plus(TTL.multipliedBy(2));
            Awaitility.await().until(() -> Instant.now().isAfter(end));
            child.signal("CONT");
        }
    }

    private static void verify(JdbcStateStore store, List<String> lines) {
        List<Integer> committed =
                lines.stream()
                        .filter(line -> line.startsWith("committed "))
                        .map(line -> Integer.parseInt(line.substring("committed ".length())))
                        .sorted()
                        .toList();
        assertThat(lines).as("the same number by two").noneMatch(l -> l.startsWith("overtaken"));
        assertThat(committed)
                .as("each number by one, and none left out")
                .isEqualTo(IntStream.rangeClosed(1, count(store)).boxed().toList())
                .hasSizeGreaterThan(20);
        try (Stream<StateEntry> log = store.stream("log")) {
            assertThat(log.map(entry -> Long.parseLong(entry.text())).toList())
                    .as("tokens in the order of the commits")
                    .hasSameSizeAs(committed)
                    .isSorted();
        }
    }

    private static int count(JdbcStateStore store) {
        return store.find("count", "last").map(e -> Integer.parseInt(e.text())).orElse(0);
    }

    private static List<String> lines(ChildProcess child) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = child.readLine(); line != null; line = child.readLine()) {
            lines.add(line);
        }
        return lines;
    }

    private static ChildProcess contender(String url, String mode) throws IOException {
        return ChildProcess.start(LeaseContender.class, url, String.valueOf(TTL.toMillis()), mode);
    }

    @FunctionalInterface
    private interface Scenario {
        void run(String url) throws Exception;
    }
}
