package io.github.pbxsdk.it.lab;

import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.Assumptions;
import org.mariadb.jdbc.MariaDbDataSource;

/**
 * The MariaDB of {@code lab/mariadb}, with the tables of a FreePBX 16.
 *
 * <p>Where it is not installed, tests are skipped, and one line says so. With {@code
 * PBX_LAB=required} in the environment it is installed, and nothing is skipped. One that was
 * started here is stopped with the JVM; one that ran before is left running.
 */
public final class MariaDb {

    private static final boolean REQUIRED = "required".equals(System.getenv("PBX_LAB"));

    private final Map<String, String> environment;

    private MariaDb(Map<String, String> environment) {
        this.environment = environment;
    }

    /** Returns the server, started. */
    public static MariaDb running() {
        LabScript script =
                LabScript.find("mariadb")
                        .orElseThrow(() -> new IllegalStateException("there is no lab/mariadb"));
        if (REQUIRED) {
            script.ask("install");
        }
        Optional<String> before = script.ask("env");
        if (before.isEmpty()) {
            Lab.say(
                    "Tests on MariaDB are skipped: not installed. To run them: lab/mariadb install");
        }
        Assumptions.assumeTrue(before.isPresent(), "MariaDB is not installed");
        if (!before.orElseThrow().contains("PBX_LAB_RUNNING=yes")) {
            script.ask("start");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> script.ask("stop")));
        }
        return new MariaDb(
                script.ask("env")
                        .orElseThrow()
                        .lines()
                        .map(line -> line.split("=", 2))
                        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1])));
    }

    /** Returns connections of a user who may do everything. */
    public DataSource owner(String schema) {
        return connections(schema, "DB_USER", "DB_PASSWORD");
    }

    /** Returns connections of a user who may only read. */
    public DataSource reader(String schema) {
        return connections(schema, "DB_READER", "DB_READER_PASSWORD");
    }

    private DataSource connections(String schema, String user, String password) {
        try {
            MariaDbDataSource source =
                    new MariaDbDataSource(
                            "jdbc:mariadb://%s:%s/%s"
                                    .formatted(
                                            environment.get("DB_HOST"),
                                            environment.get("DB_PORT"),
                                            schema));
            source.setUser(environment.get(user));
            source.setPassword(environment.get(password));
            return source;
        } catch (SQLException e) {
            throw new IllegalStateException("the address of the database is wrong", e);
        }
    }
}
