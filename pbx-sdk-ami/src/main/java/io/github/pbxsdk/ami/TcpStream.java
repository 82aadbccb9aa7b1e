package io.github.pbxsdk.ami;

import io.github.pbxsdk.core.internal.StreamConnection;
import java.time.Duration;
import java.time.Instant;

/** The bytes of a TCP or TLS connection. */
record TcpStream(StreamConnection connection) implements ByteStream {

    @Override
    public String peer() {
        return connection.peer().toString();
    }

    @Override
    public int read(byte[] buffer, int from) {
        return connection.read(buffer, from);
    }

    @Override
    public void write(byte[] bytes, Duration timeout) {
        connection.write(bytes, timeout);
    }

    @Override
    public Instant lastRead() {
        return connection.lastRead();
    }

    @Override
    public void close() {
        connection.close();
    }
}
