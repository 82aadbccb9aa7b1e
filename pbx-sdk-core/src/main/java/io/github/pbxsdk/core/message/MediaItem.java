package io.github.pbxsdk.core.message;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A picture or other file that belongs to a text.
 *
 * <p>It is an address where the file lies, or its bytes, or something that opens a stream of them:
 *
 * <pre>{@code
 * MediaItem plan = MediaItem.of(URI.create("https://clinic.example.com/plan.png"));
 * MediaItem scan = MediaItem.of(jpegBytes, "image/jpeg");
 * MediaItem film = MediaItem.builder()
 *         .stream(() -> Files.newInputStream(path), Files.size(path))
 *         .contentType("video/mp4")
 *         .build();
 * }</pre>
 *
 * <p>Nothing is fetched here: an address alone can't be opened. Type and name are what somebody
 * said of the file, not what was found in it. Immutable.
 */
public final class MediaItem {

    private static final Pattern UP_TO_THE_NAME = Pattern.compile("(?s).*[/\\\\]");
    private static final Pattern NOT_IN_NAMES = Pattern.compile("\\p{Cntrl}");

    private final @Nullable URI url;
    private final byte @Nullable [] bytes;
    private final @Nullable Content content;
    private final long length;
    private final @Nullable String contentType;
    private final @Nullable String name;

    private MediaItem(Builder builder) {
        this.url = builder.url;
        this.bytes = builder.bytes;
        this.content = builder.content;
        this.length = builder.length;
        this.contentType = builder.contentType;
        this.name = builder.name;
    }

    /** Returns a file that lies somewhere; a provider fetches it, so it must be able to. */
    public static MediaItem of(URI url) {
        return builder().url(url).build();
    }

    /** Returns a file with these bytes, which are copied. */
    public static MediaItem of(byte[] bytes, String contentType) {
        return builder().bytes(bytes).contentType(contentType).build();
    }

    /** Returns a builder. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns where the file lies, if that is known. The address itself can be a secret. */
    public Optional<URI> url() {
        return Optional.ofNullable(url);
    }

    /** Returns the type, such as {@code image/jpeg}, as somebody said. */
    public Optional<String> contentType() {
        return Optional.ofNullable(contentType);
    }

    /** Returns the file name, as somebody said, without any folder. */
    public Optional<String> name() {
        return Optional.ofNullable(name);
    }

    /** Returns how many bytes {@link #open} gives, if that is known before. */
    public OptionalLong length() {
        return length < 0 ? OptionalLong.empty() : OptionalLong.of(length);
    }

    /** Returns whether {@link #open} works; it does not for an address alone. */
    public boolean canOpen() {
        return bytes != null || content != null;
    }

    /**
     * Opens the file from its beginning; each call gives a new stream for the caller to close.
     *
     * @throws IOException if it can't be read
     * @throws IllegalStateException if all that is known is the address: see {@link #canOpen}
     */
    public InputStream open() throws IOException {
        if (bytes != null) {
            return new ByteArrayInputStream(bytes);
        }
        if (content == null) {
            throw new IllegalStateException(
                    "this item is an address only; fetch it from url() with an HTTP client");
        }
        return content.open();
    }

    /** Compares bytes and addresses; items that open streams are equal with the same opener. */
    @Override
    public boolean equals(Object other) {
        return other instanceof MediaItem that
                && Objects.equals(url, that.url)
                && Arrays.equals(bytes, that.bytes)
                && Objects.equals(content, that.content)
                && length == that.length
                && Objects.equals(contentType, that.contentType)
                && Objects.equals(name, that.name);
    }

    @Override
    public int hashCode() {
        return Objects.hash(url, content, length, contentType, name);
    }

    /** Returns type and length; the address, the name and the bytes stay out of logs. */
    @Override
    public String toString() {
        return "MediaItem["
                + (contentType == null ? "unknown type" : contentType)
                + (length < 0 ? "" : ", " + length + " bytes")
                + (canOpen() ? "" : ", by address")
                + "]";
    }

    /** Opens the bytes of a file. */
    @FunctionalInterface
    public interface Content {

        /**
         * Opens the file from its beginning; called once for each use.
         *
         * @throws IOException if it can't be read
         */
        InputStream open() throws IOException;
    }

    /** Collects what is known of a {@link MediaItem}; not thread-safe. */
    public static final class Builder {

        private @Nullable URI url;
        private byte @Nullable [] bytes;
        private @Nullable Content content;
        private long length = -1;
        private @Nullable String contentType;
        private @Nullable String name;

        private Builder() {}

        /** Sets where the file lies. It can stand beside bytes or a stream. */
        public Builder url(URI value) {
            this.url = Objects.requireNonNull(value, "url");
            return this;
        }

        /** Sets the bytes, which are copied. They take the place of a stream. */
        public Builder bytes(byte[] value) {
            this.bytes = value.clone();
            this.content = null;
            this.length = value.length;
            return this;
        }

        /**
         * Sets what opens the bytes, and how many there are. It takes the place of bytes.
         *
         * @throws IllegalArgumentException if the length is negative
         */
        public Builder stream(Content value, long streamLength) {
            if (streamLength < 0) {
                throw new IllegalArgumentException("the length of a file is not negative");
            }
            stream(value);
            this.length = streamLength;
            return this;
        }

        /** Sets what opens the bytes, their number being unknown. It takes the place of bytes. */
        public Builder stream(Content value) {
            this.content = Objects.requireNonNull(value, "content");
            this.bytes = null;
            this.length = -1;
            return this;
        }

        /** Sets the type, such as {@code image/jpeg}. */
        public Builder contentType(String value) {
            this.contentType = Objects.requireNonNull(value, "contentType");
            return this;
        }

        /**
         * Sets the file name. Folders and control characters are left out, since the name may come
         * from a stranger; a name of which nothing is left counts as none.
         */
        public Builder name(String value) {
            String last = UP_TO_THE_NAME.matcher(value).replaceFirst("");
            String plain = NOT_IN_NAMES.matcher(last).replaceAll("").strip();
            this.name = plain.isEmpty() || plain.equals(".") || plain.equals("..") ? null : plain;
            return this;
        }

        /**
         * Returns the item.
         *
         * @throws IllegalStateException if there is neither an address nor a content
         */
        public MediaItem build() {
            if (url == null && bytes == null && content == null) {
                throw new IllegalStateException(
                        "set url(...), bytes(...) or stream(...) before build()");
            }
            return new MediaItem(this);
        }
    }
}
