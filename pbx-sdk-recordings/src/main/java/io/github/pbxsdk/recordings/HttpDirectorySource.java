package io.github.pbxsdk.recordings;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.PbxAuthenticationException;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.http.HttpRequest;
import io.github.pbxsdk.core.http.HttpResponse;
import io.github.pbxsdk.core.http.HttpTransport;
import io.github.pbxsdk.core.recording.RecordingContent;
import io.github.pbxsdk.core.recording.RecordingEntry;
import io.github.pbxsdk.core.recording.RecordingSource;
import io.github.pbxsdk.core.recording.SourceCapability;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The recordings behind a web server that hands out the directory of recordings as it is.
 *
 * <pre>{@code
 * RecordingSource source = HttpDirectorySource.builder("https://pbx.example.com/monitor/")
 *         .transport(OkHttpTransport.builder().build())
 *         .credentials(Credentials.of("recordings", secret))
 *         .build();
 * }</pre>
 *
 * <p>Listings of web servers differ, so it lists nothing: names come from call records and signals.
 * A name without an extension is tried as {@code wav}. Thread-safe; the transport stays the
 * caller's to close.
 */
public final class HttpDirectorySource implements RecordingSource {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern RANGE = Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/.*");
    private static final Pattern LENGTH = Pattern.compile("\\d{1,18}");

    private final String base;
    private final String host;
    private final HttpTransport transport;
    private final @Nullable Credentials credentials;
    private final boolean plaintextAllowed;

    private HttpDirectorySource(Builder builder, HttpTransport transport) {
        this.base = builder.base;
        this.host = String.valueOf(URI.create(base).getHost());
        this.transport = transport;
        this.credentials = builder.credentials;
        this.plaintextAllowed = builder.plaintextAllowed;
    }

    /**
     * Returns a builder.
     *
     * @param base the address of the directory of recordings, before the folders of days
     * @throws IllegalArgumentException if it is no address with a host
     */
    public static Builder builder(String base) {
        return new Builder(base);
    }

    @Override
    public String name() {
        return "web directory of " + host;
    }

    @Override
    public String road() {
        return "http";
    }

    @Override
    public Set<SourceCapability> capabilities() {
        return EnumSet.of(
                SourceCapability.FIND, SourceCapability.RANGES, SourceCapability.MODIFICATION_TIME);
    }

    @Override
    public Optional<RecordingEntry> find(String recordingName) {
        RecordingEntry entry = RecordingEntry.builder(recordingName).format("wav").build();
        try (HttpResponse response = transport.send(request("HEAD", entry).build())) {
            if (!isThere(response)) {
                return Optional.empty();
            }
            RecordingEntry.Builder found = RecordingEntry.builder(recordingName).format("wav");
            length(response).ifPresent(found::size);
            modified(response).ifPresent(found::modifiedAt);
            response.headers().find("ETag").ifPresent(found::tag);
            return Optional.of(found.build());
        }
    }

    @Override
    public Optional<RecordingContent> open(RecordingEntry entry, long offset) {
        HttpRequest.Builder request = request("GET", entry).streaming();
        if (offset > 0) {
            request.addHeader("Range", "bytes=" + offset + "-");
            entry.tag().ifPresent(tag -> request.addHeader("If-Range", tag));
        }
        HttpResponse response = transport.send(request.build());
        boolean isTaken = false;
        try {
            if (!isThere(response)) {
                return Optional.empty();
            }
            RecordingContent.Builder content =
                    RecordingContent.builder(response.body()).offset(offset(response));
            length(response).ifPresent(content::length);
            response.headers().find("Content-Type").ifPresent(content::contentType);
            isTaken = true;
            return Optional.of(content.build());
        } finally {
            if (!isTaken) {
                response.close();
            }
        }
    }

    private HttpRequest.Builder request(String method, RecordingEntry entry) {
        HttpRequest.Builder request = HttpRequest.builder(method, address(entry)).timeout(PATIENCE);
        // A length is that of the bytes as they are on the disk.
        request.addHeader("Accept-Encoding", "identity");
        if (credentials != null) {
            request.credentials(credentials);
        }
        return plaintextAllowed ? request.allowPlaintext() : request;
    }

    /** Part by part, so that no name leaves the directory or becomes a query. */
    private String address(RecordingEntry entry) {
        List<String> parts = Arrays.asList(entry.name().split("/", -1));
        if (parts.contains("..") || parts.contains(".") || parts.contains("")) {
            throw new IllegalArgumentException("the name of a recording leaves its directory");
        }
        return base
                + parts.stream().map(HttpDirectorySource::encoded).collect(Collectors.joining("/"))
                + "."
                + encoded(entry.format().orElse("wav"));
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private boolean isThere(HttpResponse response) {
        int status = response.status();
        if (status == 200 || status == 206) {
            return true;
        }
        if (status == 404 || status == 410) {
            return false;
        }
        String words = name() + " answered " + status;
        if (status == 401 || status == 403) {
            throw new PbxAuthenticationException(words + ": check its credentials and rights");
        }
        throw new PbxConnectionException(words, null, false);
    }

    private static long offset(HttpResponse response) {
        if (response.status() != 206) {
            return 0;
        }
        Matcher range = RANGE.matcher(response.headers().find("Content-Range").orElse(""));
        return range.matches() ? Long.parseLong(range.group(1)) : 0;
    }

    private static OptionalLong length(HttpResponse response) {
        Optional<String> length = response.headers().find("Content-Length");
        return length.filter(text -> LENGTH.matcher(text).matches()).isPresent()
                ? OptionalLong.of(Long.parseLong(length.get()))
                : OptionalLong.empty();
    }

    private static Optional<Instant> modified(HttpResponse response) {
        try {
            return response.headers()
                    .find("Last-Modified")
                    .map(text -> ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME))
                    .map(ZonedDateTime::toInstant);
        } catch (DateTimeParseException e) {
            // A date that nobody can read is no date.
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "HttpDirectorySource[" + host + "]";
    }

    /** Collects the settings of a {@link HttpDirectorySource}; not thread-safe. */
    public static final class Builder {

        private final String base;
        private @Nullable HttpTransport transport;
        private @Nullable Credentials credentials;
        private boolean plaintextAllowed;

        private Builder(String base) {
            if (URI.create(base).getHost() == null) {
                throw new IllegalArgumentException("this is no address with a host");
            }
            this.base = base.endsWith("/") ? base : base + "/";
        }

        /** Sets what sends the requests; a must. */
        public Builder transport(HttpTransport value) {
            this.transport = Objects.requireNonNull(value, "transport");
            return this;
        }

        /** Sets user and secret, for Basic authentication; none by default. */
        public Builder credentials(Credentials value) {
            this.credentials = Objects.requireNonNull(value, "credentials");
            return this;
        }

        /** Allows credentials over plain http to another host: anyone on the way can read them. */
        public Builder allowPlaintext() {
            this.plaintextAllowed = true;
            return this;
        }

        /**
         * Returns the source; sends nothing.
         *
         * @throws IllegalStateException if no transport is set
         */
        public HttpDirectorySource build() {
            HttpTransport checked = transport;
            if (checked == null) {
                throw new IllegalStateException("set transport(...) before build()");
            }
            return new HttpDirectorySource(this, checked);
        }
    }
}
