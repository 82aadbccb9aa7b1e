package io.github.pbxsdk.core.recording;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a recording while they are being fetched; to be closed.
 *
 * <p>Not thread-safe.
 */
public final class RecordingContent implements AutoCloseable {

    private final InputStream stream;
    private final long offset;
    private final long length;
    private final @Nullable String contentType;

    private RecordingContent(Builder builder) {
        this.stream = builder.stream;
        this.offset = builder.offset;
        this.length = builder.length;
        this.contentType = builder.contentType;
    }

    /** Returns a builder; the stream is closed with the content. */
    public static Builder builder(InputStream stream) {
        return new Builder(stream);
    }

    /** Returns the bytes. The same stream each time. */
    public InputStream stream() {
        return stream;
    }

    /** Returns where in the file the stream begins: 0, unless a part was asked for and granted. */
    public long offset() {
        return offset;
    }

    /**
     * Returns how many bytes the stream was said to give. Count them: a stream that ends before is
     * broken, however quietly it ends.
     */
    public OptionalLong length() {
        return length < 0 ? OptionalLong.empty() : OptionalLong.of(length);
    }

    /** Returns the type, such as {@code audio/wav}; it outranks the format in a list. */
    public Optional<String> contentType() {
        return Optional.ofNullable(contentType);
    }

    /**
     * Ends the transfer, whether or not it was read to its end.
     *
     * @throws IOException if closing fails
     */
    @Override
    public void close() throws IOException {
        stream.close();
    }

    @Override
    public String toString() {
        return "RecordingContent["
                + (contentType == null ? "unknown type" : contentType)
                + (length < 0 ? "" : ", " + length + " bytes")
                + (" from " + offset + "]");
    }

    /** Collects what is known of a {@link RecordingContent}; not thread-safe. */
    public static final class Builder {

        private final InputStream stream;
        private long offset;
        private long length = -1;
        private @Nullable String contentType;

        private Builder(InputStream stream) {
            this.stream = Objects.requireNonNull(stream, "stream");
        }

        /**
         * Sets where in the file the stream begins; 0 by default.
         *
         * @throws IllegalArgumentException if it is negative
         */
        public Builder offset(long value) {
            this.offset = requireNotNegative(value, "offset");
            return this;
        }

        /**
         * Sets how many bytes the stream is going to give; unknown by default.
         *
         * @throws IllegalArgumentException if it is negative
         */
        public Builder length(long value) {
            this.length = requireNotNegative(value, "length");
            return this;
        }

        /** Sets the type. */
        public Builder contentType(String value) {
            this.contentType = Objects.requireNonNull(value, "contentType");
            return this;
        }

        /** Returns the content. */
        public RecordingContent build() {
            return new RecordingContent(this);
        }

        private static long requireNotNegative(long value, String name) {
            if (value < 0) {
                throw new IllegalArgumentException(name + " must not be negative");
            }
            return value;
        }
    }
}
