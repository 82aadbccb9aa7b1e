package io.github.pbxsdk.core.http;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.internal.http.WebAddress;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which WebSocket to open, and how to look after it.
 *
 * <p>Immutable. {@link #toString()} shows host and path; never headers or query.
 */
public final class WebSocketRequest {

    private final WebAddress address;
    private final HttpHeaders headers;
    private final @Nullable String subprotocol;
    private final Duration timeout;
    private final Duration pingInterval;
    private final int maxMessageBytes;

    private WebSocketRequest(Builder builder) {
        this.address = builder.address;
        this.headers = builder.request.build().headers();
        this.subprotocol = builder.subprotocol;
        this.timeout = builder.timeout;
        this.pingInterval = builder.pingInterval;
        this.maxMessageBytes = builder.maxMessageBytes;
    }

    /**
     * Returns a builder.
     *
     * @param url a {@code ws}, {@code wss}, {@code http} or {@code https} URL, as for {@link
     *     HttpRequest#builder}
     * @throws IllegalArgumentException if it is not such a URL
     */
    public static Builder builder(String url) {
        return new Builder(url);
    }

    /** Returns the URL, with the scheme {@code ws} or {@code wss}. Its query can hold secrets. */
    public String url() {
        return address.text();
    }

    /** Returns the headers, credentials among them. */
    public HttpHeaders headers() {
        return headers;
    }

    /** Returns the sub-protocol that the peer must agree to. */
    public Optional<String> subprotocol() {
        return Optional.ofNullable(subprotocol);
    }

    /** Returns how long opening may take. */
    public Duration timeout() {
        return timeout;
    }

    /** Returns how often the peer is asked whether it is still there; zero for never. */
    public Duration pingInterval() {
        return pingInterval;
    }

    /** Returns how long a message from the peer may be. */
    public int maxMessageBytes() {
        return maxMessageBytes;
    }

    @Override
    public String toString() {
        return "WebSocket " + address.redacted();
    }

    /** Collects a request; not thread-safe. */
    public static final class Builder {

        private final WebAddress address;
        private final HttpRequest.Builder request;
        private @Nullable String subprotocol;
        private Duration timeout = Duration.ofSeconds(10);
        private Duration pingInterval = Duration.ofSeconds(15);
        private int maxMessageBytes = 16 * 1024 * 1024;

        private Builder(String url) {
            this.address = WebAddress.webSocket(url);
            this.request = HttpRequest.builder("GET", address.overHttp());
        }

        /**
         * Adds a header, behind those that are there.
         *
         * @throws IllegalArgumentException if the name is not a token or the value not one line, or
         *     if it is one of those that make the WebSocket
         */
        public Builder addHeader(String name, String value) {
            if (name.regionMatches(true, 0, "Sec-WebSocket-", 0, 14)) {
                throw new IllegalArgumentException(name + " is set by the transport");
            }
            request.addHeader(name, value);
            return this;
        }

        /** Sends user and secret with the request; see {@link HttpRequest.Builder#credentials}. */
        public Builder credentials(Credentials credentials) {
            request.credentials(credentials);
            return this;
        }

        /** Allows credentials in clear text; see {@link HttpRequest.Builder#allowPlaintext}. */
        public Builder allowPlaintext() {
            request.allowPlaintext();
            return this;
        }

        /**
         * Asks for a sub-protocol, such as {@code ari} or {@code sip}; none by default.
         *
         * <p>A peer that does not agree to it is hung up on.
         */
        public Builder subprotocol(String value) {
            this.subprotocol = value;
            return this;
        }

        /** Sets how long opening may take; 10 seconds by default. */
        public Builder timeout(Duration value) {
            request.timeout(value);
            this.timeout = value;
            return this;
        }

        /**
         * Sets how often to ask the peer whether it is still there; 15 seconds by default.
         *
         * <p>A peer that has not answered when the next question is due counts as lost: without
         * that, a silent loss of the network would never be noticed. {@link Duration#ZERO} asks
         * never.
         */
        public Builder pingInterval(Duration value) {
            if (value.isNegative()) {
                throw new IllegalArgumentException("pingInterval(...) is negative: " + value);
            }
            this.pingInterval = value;
            return this;
        }

        /**
         * Sets how long a message from the peer may be, all its frames together; 16 MiB by default.
         *
         * <p>One that is longer ends the connection before it is read.
         */
        public Builder maxMessageBytes(int value) {
            if (value < 1) {
                throw new IllegalArgumentException(
                        "maxMessageBytes(...) must be positive: " + value);
            }
            this.maxMessageBytes = value;
            return this;
        }

        /**
         * Returns the request.
         *
         * @throws IllegalStateException if it carries credentials in clear text to another host
         *     without {@link #allowPlaintext()}
         */
        public WebSocketRequest build() {
            return new WebSocketRequest(this);
        }
    }
}
