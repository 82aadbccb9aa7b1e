package io.github.pbxsdk.sms.conversation;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.http.HttpRequest;
import io.github.pbxsdk.core.http.HttpResponse;
import io.github.pbxsdk.core.http.OkHttpTransport;
import io.github.pbxsdk.core.internal.http.WebAddress;
import io.github.pbxsdk.core.message.MediaItem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Fetches pictures and other files that came as an address.
 *
 * <pre>{@code
 * InboundMedia media = InboundMedia.builder()
 *         .host("api.twilio.com", Credentials.of(accountSid, authToken))
 *         .host("*.twiliocdn.com")
 *         .build();
 * }</pre>
 *
 * <p>The address comes from a stranger: only {@code https}, only to hosts that were named, and only
 * to addresses of the internet, looked at when the connection is made. Credentials go to their own
 * host alone, also after a redirect. Size and time are limited, and the type is what the first
 * bytes say. Thread-safe; {@link #close} ends its threads.
 */
public final class InboundMedia implements AutoCloseable {

    private static final int MOST_REDIRECTS = 5;
    private static final int CHUNK = 8192;

    private final Set<String> hosts;
    private final Set<String> privateHosts;
    private final Map<String, Credentials> credentials;
    private final int maxBytes;
    private final Duration timeout;
    private final OkHttpTransport internet;
    private final OkHttpTransport ownNetwork;

    private InboundMedia(Builder builder) {
        this.hosts = Set.copyOf(builder.hosts);
        this.privateHosts = Set.copyOf(builder.privateHosts);
        this.credentials = Map.copyOf(builder.credentials);
        this.maxBytes = builder.maxBytes;
        this.timeout = builder.timeout;
        this.internet = OkHttpTransport.builder().connectOnlyTo(PublicAddresses::contain).build();
        this.ownNetwork = OkHttpTransport.builder().build();
    }

    /** Returns a builder. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Fetches a file; one that has its content already is returned as it is.
     *
     * @return the file with its content in memory, its address, its name, and its true type
     * @throws PbxException if it must not be fetched, is too long, or can't be had; the message
     *     names the host alone
     */
    public MediaItem fetch(MediaItem file) {
        if (file.canOpen()) {
            return file;
        }
        byte[] content = content(file.url().orElseThrow().toString());
        MediaItem.Builder fetched =
                MediaItem.builder().bytes(content).contentType(FileType.of(content));
        file.url().ifPresent(fetched::url);
        file.name().ifPresent(fetched::name);
        return fetched.build();
    }

    private byte[] content(String first) {
        String url = first;
        for (int i = 0; i <= MOST_REDIRECTS; i++) {
            WebAddress address = allowed(url);
            try (HttpResponse response = ask(address)) {
                int status = response.status();
                if (status < 300 || status > 399) {
                    return read(response, address);
                }
                url = target(response, url, address);
            }
        }
        throw refusal("it leads on and on");
    }

    private WebAddress allowed(String url) {
        WebAddress address;
        try {
            address = WebAddress.http(url);
        } catch (IllegalArgumentException e) {
            // The reason would quote the address.
            throw refusal("its address is none");
        }
        if (isPrivate(address)) {
            return address;
        }
        if (!isNamed(address.host())) {
            throw refusal("nobody has named the host " + address.host());
        }
        if (!address.secure()) {
            throw refusal(address.host() + " would send it in clear text");
        }
        return address;
    }

    private boolean isPrivate(WebAddress address) {
        return privateHosts.contains(address.host());
    }

    private boolean isNamed(String host) {
        int dot = host.indexOf('.');
        return hosts.contains(host) || (dot > 0 && hosts.contains("*" + host.substring(dot)));
    }

    private HttpResponse ask(WebAddress address) {
        HttpRequest.Builder request = HttpRequest.builder("GET", address.text()).timeout(timeout);
        Credentials known = credentials.get(address.host());
        if (known != null) {
            request.credentials(known);
        }
        return isPrivate(address)
                ? ownNetwork.send(request.allowPlaintext().build())
                : internet.send(request.build());
    }

    private static String target(HttpResponse response, String url, WebAddress address) {
        String location = response.headers().find("Location").orElse("");
        try {
            return URI.create(url).resolve(location).toString();
        } catch (IllegalArgumentException e) {
            throw refusal(address.host() + " leads nowhere");
        }
    }

    private byte[] read(HttpResponse response, WebAddress address) {
        if (!response.isSuccessful()) {
            throw refusal(address.host() + " answered " + response.status());
        }
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        byte[] chunk = new byte[CHUNK];
        try (InputStream body = response.body()) {
            for (int count = body.read(chunk); count >= 0; count = body.read(chunk)) {
                content.write(chunk, 0, count);
                if (content.size() > maxBytes) {
                    throw refusal("it has more than " + maxBytes + " bytes");
                }
            }
        } catch (IOException e) {
            throw new PbxException("the file broke off: " + e.getMessage(), e, false);
        }
        return content.toByteArray();
    }

    private static PbxException refusal(String why) {
        return new PbxException("the file was not fetched: " + why, null, false);
    }

    @Override
    public void close() {
        internet.close();
        ownNetwork.close();
    }

    @Override
    public String toString() {
        return "InboundMedia" + hosts;
    }

    /** Collects the settings of {@link InboundMedia}; not thread-safe. */
    public static final class Builder {

        private final Set<String> hosts = new HashSet<>();
        private final Set<String> privateHosts = new HashSet<>();
        private final Map<String, Credentials> credentials = new HashMap<>();
        private int maxBytes = 10 * 1024 * 1024;
        private Duration timeout = Duration.ofSeconds(30);

        private Builder() {}

        /**
         * Names a host to fetch from; {@code *.example.com} stands for all names one level below.
         */
        public Builder host(String value) {
            hosts.add(value.toLowerCase(Locale.ROOT));
            return this;
        }

        /** Names a host to fetch from, with user and secret, which no other host gets. */
        public Builder host(String value, Credentials forIt) {
            credentials.put(value.toLowerCase(Locale.ROOT), forIt);
            return host(value);
        }

        /**
         * Names a host in your own network, such as the PBX: its address may be private, and plain
         * http is taken. Whoever can send you a text can have any URL of it called.
         */
        public Builder privateHost(String value) {
            privateHosts.add(value.toLowerCase(Locale.ROOT));
            return this;
        }

        /**
         * Sets how many bytes a file may have; 10 MiB by default.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder maxBytes(int value) {
            if (value < 1) {
                throw new IllegalArgumentException("maxBytes must be positive, not " + value);
            }
            this.maxBytes = value;
            return this;
        }

        /**
         * Sets how long a request may take, reading included; 30 s by default.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder timeout(Duration value) {
            if (value.isNegative() || value.isZero()) {
                throw new IllegalArgumentException("timeout must be positive, not " + value);
            }
            this.timeout = value;
            return this;
        }

        /**
         * Returns what fetches; opens nothing.
         *
         * @throws IllegalStateException if no host is named
         */
        public InboundMedia build() {
            if (hosts.isEmpty() && privateHosts.isEmpty()) {
                throw new IllegalStateException("name a host(...) before build()");
            }
            return new InboundMedia(this);
        }
    }
}
