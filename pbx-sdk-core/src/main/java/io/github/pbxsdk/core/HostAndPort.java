package io.github.pbxsdk.core;

import java.util.Objects;

/**
 * Where a server listens.
 *
 * @param host a name or an address; an IPv6 address without brackets
 * @param port the port, 1 to 65535
 */
public record HostAndPort(String host, int port) {

    /** Checks both parts. */
    public HostAndPort {
        Objects.requireNonNull(host, "host");
        if (host.isBlank()) {
            throw new IllegalArgumentException("the host must not be empty");
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("the port must be 1 to 65535, not " + port);
        }
    }

    /** Returns {@code host:port}, with brackets around an IPv6 address. */
    @Override
    public String toString() {
        return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
    }
}
