package io.github.pbxsdk.core.http;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.internal.http.PlaintextGuard;
import io.github.pbxsdk.core.internal.http.WebAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What to ask of an HTTP server.
 *
 * <pre>{@code
 * HttpRequest request = HttpRequest.builder("GET", "https://pbx.example.com:8089/ari/channels")
 *         .credentials(Credentials.of("dashboard", secret))
 *         .timeout(Duration.ofSeconds(5))
 *         .build();
 * }</pre>
 *
 * <p>Immutable. {@link #toString()} shows method, host and path; never headers, query or body.
 */
public final class HttpRequest {

    private final String method;
    private final WebAddress address;
    private final HttpHeaders headers;
    private final HttpBody body;
    private final Duration timeout;
    private final boolean streaming;

    private HttpRequest(Builder builder) {
        this.method = builder.method;
        this.address = builder.address;
        this.headers = builder.headers.build();
        this.body = builder.body;
        this.timeout = builder.timeout;
        this.streaming = builder.streaming;
    }

    /**
     * Returns a builder.
     *
     * @param method in capitals, such as {@code GET}
     * @param url an {@code http} or {@code https} URL with everything percent-encoded that has to
     *     be; it goes out exactly as given, because an encoded slash or a signature over the URL
     *     must survive
     * @throws IllegalArgumentException if the URL has another scheme, no host, user information, a
     *     fragment, or a character that must be percent-encoded
     */
    public static Builder builder(String method, String url) {
        return new Builder(method, url);
    }

    /** Returns the method, in capitals. */
    public String method() {
        return method;
    }

    /** Returns the URL as it was given. Its query can hold secrets. */
    public String url() {
        return address.text();
    }

    /** Returns the headers, credentials among them. */
    public HttpHeaders headers() {
        return headers;
    }

    /** Returns what the request carries. */
    public HttpBody body() {
        return body;
    }

    /** Returns how long all may take; see {@link Builder#timeout}. */
    public Duration timeout() {
        return timeout;
    }

    /** Tells whether the time ends with the head of the answer; see {@link Builder#streaming}. */
    public boolean isStreaming() {
        return streaming;
    }

    @Override
    public String toString() {
        return method + " " + address.redacted();
    }

    /** Collects a request; not thread-safe. */
    public static final class Builder {

        private static final String AUTHORIZATION = "Authorization";
        private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
        private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7e]*");

        private final String method;
        private final WebAddress address;
        private final HttpHeaders.Builder headers = HttpHeaders.builder();
        private HttpBody body = HttpBody.none();
        private Duration timeout = Duration.ofSeconds(30);
        private boolean streaming;
        private boolean plaintextAllowed;

        private Builder(String method, String url) {
            if (method.isEmpty() || !method.chars().allMatch(c -> c >= 'A' && c <= 'Z')) {
                throw new IllegalArgumentException("not an HTTP method in capitals: " + method);
            }
            this.method = method;
            this.address = WebAddress.http(url);
        }

        /**
         * Adds a header, behind those that are there.
         *
         * @throws IllegalArgumentException if the name is not one, or the value holds a line break,
         *     another control character, or what is not ASCII; the message does not show it
         */
        public Builder addHeader(String name, String value) {
            headers.add(checkedName(name), checkedValue(name, value));
            return this;
        }

        private static String checkedName(String name) {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("not the name of a header: \"" + name + "\"");
            }
            return name;
        }

        private static String checkedValue(String name, String value) {
            if (!VALUE.matcher(value).matches()) {
                throw new IllegalArgumentException(
                        "the value of " + name + " holds a control character, or is not ASCII");
            }
            return value;
        }

        /**
         * Sends user and secret with the request, as Basic authentication, without waiting to be
         * asked for them.
         */
        public Builder credentials(Credentials credentials) {
            String pair = credentials.user() + ":" + credentials.secret();
            byte[] bytes = pair.getBytes(StandardCharsets.UTF_8);
            headers.put(AUTHORIZATION, "Basic " + Base64.getEncoder().encodeToString(bytes));
            return this;
        }

        /**
         * Sends a bearer token with the request.
         *
         * @throws IllegalArgumentException if it holds a control character, or is not ASCII
         */
        public Builder bearer(String token) {
            headers.put(AUTHORIZATION, checkedValue(AUTHORIZATION, "Bearer " + token));
            return this;
        }

        /** Sets what the request carries; nothing by default. */
        public Builder body(HttpBody value) {
            this.body = Objects.requireNonNull(value, "body");
            return this;
        }

        /**
         * Sets how long all may take, from the call to the last byte of the answer; 30 seconds by
         * default.
         *
         * <p>It holds for connecting, sending, waiting, and reading the answer's body, however
         * slowly that is read. See {@link #streaming()} for answers without a foreseeable length.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder timeout(Duration value) {
            if (value.isNegative() || value.isZero()) {
                throw new IllegalArgumentException("timeout(...) must be positive: " + value);
            }
            this.timeout = value;
            return this;
        }

        /**
         * Lets the timeout end when the head of the answer is there: for downloads of any length.
         *
         * <p>From then on only a peer that stays silent ends it; see {@link
         * OkHttpTransport.Builder#idleTimeout}.
         */
        public Builder streaming() {
            this.streaming = true;
            return this;
        }

        /**
         * Allows credentials to go over plain http to another host.
         *
         * <p>Anyone on the way can read them, and use them. Meant for a network that is one's own,
         * such as the VPN to a PBX.
         */
        public Builder allowPlaintext() {
            this.plaintextAllowed = true;
            return this;
        }

        /**
         * Returns the request.
         *
         * @throws IllegalStateException if it carries credentials over plain http to another host
         *     without {@link #allowPlaintext()}, or a body with a method that has none
         */
        public HttpRequest build() {
            if (!plaintextAllowed) {
                PlaintextGuard.requireProtected(address, headers.build());
            }
            if (!body.isNone() && (method.equals("GET") || method.equals("HEAD"))) {
                throw new IllegalStateException("a " + method + " carries no body(...)");
            }
            return new HttpRequest(this);
        }
    }
}
