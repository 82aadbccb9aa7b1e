package io.github.pbxsdk.core.state;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.h2.jdbcx.JdbcConnectionPool;
import org.postgresql.ds.PGConnectionPoolDataSource;

/** A PostgreSQL of its own, on a free port of the loopback interface, with a pool. */
final class PostgresServer implements AutoCloseable {

    private final EmbeddedPostgres server;
    private final JdbcConnectionPool connections;

    private PostgresServer(EmbeddedPostgres server) {
        this.server = server;
        this.connections = pool(url());
    }

    static PostgresServer start() throws IOException {
        return new PostgresServer(EmbeddedPostgres.start());
    }

    static JdbcConnectionPool pool(String url) {
        PGConnectionPoolDataSource source = new PGConnectionPoolDataSource();
        source.setUrl(url);
        return JdbcConnectionPool.create(source);
    }

    String url() {
        return server.getJdbcUrl("postgres", "postgres");
    }

    JdbcConnectionPool connections() {
        return connections;
    }

    @Override
    public void close() throws IOException {
        connections.dispose();
        server.close();
    }
}
