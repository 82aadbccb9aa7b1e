package io.github.pbxsdk.core.recording;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A recording as a {@link RecordingSource} lists it: a name, and what the source knows beside it.
 *
 * <p>One can be made without a list as well, from the name in a call record. Immutable.
 */
public final class RecordingEntry {

    private final String name;
    private final @Nullable String format;
    private final @Nullable String uniqueid;
    private final @Nullable Long size;
    private final @Nullable Instant modifiedAt;
    private final @Nullable String tag;

    private RecordingEntry(Builder builder) {
        this.name = builder.name;
        this.format = builder.format;
        this.uniqueid = builder.uniqueid;
        this.size = builder.size;
        this.modifiedAt = builder.modifiedAt;
        this.tag = builder.tag;
    }

    /**
     * Returns an entry of which only the name is known.
     *
     * @throws IllegalArgumentException if it is empty
     */
    public static RecordingEntry of(String name) {
        return builder(name).build();
    }

    /**
     * Returns a builder.
     *
     * @throws IllegalArgumentException if the name is empty
     */
    public static Builder builder(String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a recording has a name");
        }
        return new Builder(name);
    }

    /**
     * Returns the name: the path below the directory of recordings, with {@code /} between folders
     * and without the extension.
     *
     * <p>All sources of a PBX give a recording the same name, so that it is recognised by whatever
     * road it comes.
     */
    public String name() {
        return name;
    }

    /** Returns the extension, such as {@code wav}. */
    public Optional<String> format() {
        return Optional.ofNullable(format);
    }

    /** Returns the unique id of the recorded channel; the GUI of FreePBX finds a file by that. */
    public Optional<String> uniqueid() {
        return Optional.ofNullable(uniqueid);
    }

    /** Returns the size in bytes. */
    public OptionalLong size() {
        return size == null ? OptionalLong.empty() : OptionalLong.of(size);
    }

    /** Returns when the file was last changed, by the clock of the source. */
    public Optional<Instant> modifiedAt() {
        return Optional.ofNullable(modifiedAt);
    }

    /** Returns a text that changes with the content, such as an HTTP {@code ETag}. */
    public Optional<String> tag() {
        return Optional.ofNullable(tag);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RecordingEntry that && parts().equals(that.parts());
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    private List<@Nullable Object> parts() {
        return Arrays.asList(name, format, uniqueid, size, modifiedAt, tag);
    }

    /** Returns everything but the name, which can hold the caller's number. */
    @Override
    public String toString() {
        return ("RecordingEntry[" + (uniqueid == null ? "without uniqueid" : uniqueid))
                + (format == null ? "" : ", " + format)
                + (size == null ? "" : ", " + size + " bytes")
                + (modifiedAt == null ? "" : ", changed " + modifiedAt)
                + "]";
    }

    /** Collects what is known of a {@link RecordingEntry}; not thread-safe. */
    public static final class Builder {

        private final String name;
        private @Nullable String format;
        private @Nullable String uniqueid;
        private @Nullable Long size;
        private @Nullable Instant modifiedAt;
        private @Nullable String tag;

        private Builder(String name) {
            this.name = name;
        }

        /** Sets the extension, without a dot. */
        public Builder format(String value) {
            this.format = Objects.requireNonNull(value, "format");
            return this;
        }

        /** Sets the unique id of the recorded channel. */
        public Builder uniqueid(String value) {
            this.uniqueid = Objects.requireNonNull(value, "uniqueid");
            return this;
        }

        /**
         * Sets the size in bytes.
         *
         * @throws IllegalArgumentException if it is negative
         */
        public Builder size(long value) {
            if (value < 0) {
                throw new IllegalArgumentException("the size of a recording is not negative");
            }
            this.size = value;
            return this;
        }

        /** Sets when the file was last changed. */
        public Builder modifiedAt(Instant value) {
            this.modifiedAt = Objects.requireNonNull(value, "modifiedAt");
            return this;
        }

        /** Sets a text that changes with the content. */
        public Builder tag(String value) {
            this.tag = Objects.requireNonNull(value, "tag");
            return this;
        }

        /** Returns the entry. */
        public RecordingEntry build() {
            return new RecordingEntry(this);
        }
    }
}
