package io.github.pbxsdk.core.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * What a request carries: nothing, bytes, or a stream whose length is known.
 *
 * <p>Immutable. {@link #toString()} never shows the content.
 */
public final class HttpBody {

    private static final HttpBody NONE =
            new HttpBody("", 0, () -> new ByteArrayInputStream(new byte[0]));

    private final String contentType;
    private final long length;
    private final Source source;

    private HttpBody(String contentType, long length, Source source) {
        this.contentType = Objects.requireNonNull(contentType, "contentType");
        this.length = length;
        this.source = Objects.requireNonNull(source, "source");
    }

    /** Returns the body that is none. */
    public static HttpBody none() {
        return NONE;
    }

    /**
     * Returns a body of bytes, which are copied.
     *
     * @param contentType the value of {@code Content-Type}, such as {@code application/json}
     */
    public static HttpBody bytes(byte[] content, String contentType) {
        byte[] copy = content.clone();
        return new HttpBody(contentType, copy.length, () -> new ByteArrayInputStream(copy));
    }

    /**
     * Returns a body of text, in UTF-8.
     *
     * @param contentType the value of {@code Content-Type}, which is sent as it is
     */
    public static HttpBody text(String content, String contentType) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        return new HttpBody(contentType, bytes.length, () -> new ByteArrayInputStream(bytes));
    }

    /**
     * Returns a body that is read while it is sent, and never held in memory.
     *
     * @param length how many bytes the source gives; fewer are a failure, more are not read
     * @param source opened once for each sending, closed by whoever sends
     */
    public static HttpBody stream(long length, String contentType, Source source) {
        if (length < 0) {
            throw new IllegalArgumentException("the length of a body is not negative: " + length);
        }
        return new HttpBody(contentType, length, source);
    }

    /**
     * Returns a body from a file, as long as the file is now.
     *
     * @throws IOException if the file cannot be looked at
     */
    public static HttpBody file(Path file, String contentType) throws IOException {
        return new HttpBody(contentType, Files.size(file), () -> Files.newInputStream(file));
    }

    /** Tells whether there is no body at all, which is not the same as an empty one. */
    public boolean isNone() {
        return this == NONE;
    }

    /** Returns the value of {@code Content-Type}; empty for {@link #none()}. */
    public Optional<String> contentType() {
        return contentType.isEmpty() ? Optional.empty() : Optional.of(contentType);
    }

    /** Returns how many bytes there are. */
    public long length() {
        return length;
    }

    /**
     * Opens the content for one sending; the caller closes it.
     *
     * @throws IOException if the source cannot be opened
     */
    public InputStream open() throws IOException {
        return source.open();
    }

    @Override
    public String toString() {
        return isNone() ? "HttpBody[none]" : "HttpBody[" + contentType + ", " + length + " bytes]";
    }

    /** Opens the content of a body. */
    @FunctionalInterface
    public interface Source {

        /**
         * Returns the content from its beginning.
         *
         * @throws IOException if it cannot be opened
         */
        InputStream open() throws IOException;
    }
}
