package io.github.pbxsdk.core.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.h2.jdbcx.JdbcConnectionPool;

/** One of several processes that want the same lease. */
final class LeaseContender {

    static final String LEASE = "pbx1";

    private final JdbcStateStore store;
    private final Duration ttl;
    private final BufferedReader input =
            new BufferedReader(new InputStreamReader(System.in, UTF_8));
    private final PrintStream output = System.out;

    private LeaseContender(JdbcStateStore store, Duration ttl) {
        this.store = store;
        this.ttl = ttl;
    }

    /** Expects the address of the database, the length of leases in ms, and what to do. */
    public static void main(String[] arguments) throws IOException {
        JdbcConnectionPool connections = pool(arguments[0]);
        try (JdbcStateStore store = JdbcStateStore.builder().dataSource(connections).open()) {
            Duration ttl = Duration.ofMillis(Long.parseLong(arguments[1]));
            LeaseContender contender = new LeaseContender(store, ttl);
            if (arguments[2].equals("once")) {
                contender.commitOnceWhenTold();
            } else {
                contender.countUntilTold();
            }
        } finally {
            connections.dispose();
        }
    }

    static JdbcConnectionPool pool(String url) {
        return url.startsWith("jdbc:h2:")
                ? JdbcConnectionPool.create(url, "sa", "")
                : PostgresServer.pool(url);
    }

    private void commitOnceWhenTold() throws IOException {
        Lease lease = store.lease(LEASE, ttl).orElseThrow();
        output.println("held " + lease.token());
        input.readLine();
        try {
            store.commit(
                    Batch.builder()
                            .add(StateChange.put("work", "by", "the old holder"))
                            .under(lease)
                            .build());
            output.println("committed");
        } catch (LeaseLostException e) {
            output.println("refused: " + e.getMessage());
        }
    }

    private void countUntilTold() throws IOException {
        output.println("ready");
        input.readLine();
        while (!input.ready()) {
            Optional<Lease> lease = store.lease(LEASE, ttl);
            lease.ifPresent(this::count);
            if (lease.isEmpty()) {
                LockSupport.parkNanos(2_000_000);
            }
        }
    }

    private void count(Lease lease) {
        try (lease) {
            for (int i = 0; i < 5; i++) {
                output.println("committed " + count(lease, next()));
            }
        } catch (LeaseLostException e) {
            output.println("refused");
        } catch (StateConflictException e) {
            output.println("overtaken: " + e.getMessage());
        }
    }

    private int next() {
        return store.find("count", "last").map(e -> Integer.parseInt(e.text())).orElse(0) + 1;
    }

    /**
     * Sets the counter without looking: only the lease keeps two processes from the same number.
     */
    private int count(Lease lease, int number) {
        String text = String.valueOf(number);
        String key = String.format("%06d", number);
        store.commit(
                Batch.builder()
                        .add(StateChange.put("count", "last", text))
                        .add(StateChange.put("log", key, String.valueOf(lease.token())).ifAbsent())
                        .under(lease)
                        .build());
        return number;
    }
}
