package io.github.pbxsdk.core.recording;

import io.github.pbxsdk.core.RawFields;
import io.github.pbxsdk.core.call.CallDirection;
import io.github.pbxsdk.core.internal.StorageKey;
import io.github.pbxsdk.core.message.Address;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A recording of a call: who spoke with whom and when, and which file it is.
 *
 * <p>What is known grows on its way: the name first, then what its name and the call record say,
 * size and hash when it has been copied. Only {@link #pbx}, {@link #name} and {@link #revision} are
 * there from the beginning and never change: they make the {@link #key}. Immutable.
 */
public final class CallRecording {

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private final String pbx;
    private final String name;
    private final int revision;
    private final @Nullable String uniqueid;
    private final @Nullable String linkedid;
    private final @Nullable String source;
    private final @Nullable String road;
    private final CallDirection direction;
    private final @Nullable Address from;
    private final @Nullable Address to;
    private final @Nullable Instant start;
    private final StartOrigin startOrigin;
    private final @Nullable Duration duration;
    private final @Nullable String format;
    private final @Nullable Long size;
    private final @Nullable String sha256;
    private final RawFields raw;

    private CallRecording(Builder builder) {
        this.pbx = builder.pbx;
        this.name = builder.name;
        this.revision = builder.revision;
        this.uniqueid = builder.uniqueid;
        this.linkedid = builder.linkedid;
        this.source = builder.source;
        this.road = builder.road;
        this.direction = builder.direction;
        this.from = builder.from;
        this.to = builder.to;
        this.start = builder.start;
        this.startOrigin = builder.startOrigin;
        this.duration = builder.duration;
        this.format = builder.format;
        this.size = builder.size;
        this.sha256 = builder.sha256;
        this.raw = builder.raw;
    }

    /**
     * Returns a builder.
     *
     * @param pbx which PBX it was made on: the id of the server, or what the application calls it
     * @param name its {@linkplain #name() name} on the PBX
     * @throws IllegalArgumentException if one of them is empty
     */
    public static Builder builder(String pbx, String name) {
        if (pbx.isEmpty() || name.isEmpty()) {
            throw new IllegalArgumentException("a recording has a PBX and a name");
        }
        return new Builder(pbx, name);
    }

    /** Returns a builder that has everything this recording has. */
    public Builder toBuilder() {
        Builder builder = new Builder(pbx, name);
        builder.revision = revision;
        builder.uniqueid = uniqueid;
        builder.linkedid = linkedid;
        builder.source = source;
        builder.road = road;
        builder.direction = direction;
        builder.from = from;
        builder.to = to;
        builder.start = start;
        builder.startOrigin = startOrigin;
        builder.duration = duration;
        builder.format = format;
        builder.size = size;
        builder.sha256 = sha256;
        builder.raw = raw;
        return builder;
    }

    /**
     * Returns the key under which it is kept: the same whenever and by whatever road it comes, and
     * different for every other recording.
     *
     * <p>It is printable ASCII without blanks. Its form never changes. It holds the name, and with
     * FreePBX that holds the caller's number: treat it as personal data.
     */
    public String key() {
        return StorageKey.join(pbx, name, String.valueOf(revision));
    }

    /** Returns which PBX it was made on. */
    public String pbx() {
        return pbx;
    }

    /**
     * Returns its name on the PBX, as in {@link RecordingEntry#name()}. It is no safe file name: on
     * FreePBX it holds what a caller sent as his number.
     */
    public String name() {
        return name;
    }

    /** Returns 1, and more when the PBX had another content under the same name later. */
    public int revision() {
        return revision;
    }

    /** Returns the unique id of the channel that was recorded. */
    public Optional<String> uniqueid() {
        return Optional.ofNullable(uniqueid);
    }

    /** Returns the id of the call it belongs to. */
    public Optional<String> linkedid() {
        return Optional.ofNullable(linkedid);
    }

    /** Returns the {@linkplain RecordingSource#name() name of the source} it was found in. */
    public Optional<String> source() {
        return Optional.ofNullable(source);
    }

    /** Returns the {@linkplain RecordingSource#road() road} by which it came. */
    public Optional<String> road() {
        return Optional.ofNullable(road);
    }

    /** Returns which way the call went, as far as could be told. */
    public CallDirection direction() {
        return direction;
    }

    /** Returns who called. */
    public Optional<Address> from() {
        return Optional.ofNullable(from);
    }

    /** Returns who was called. */
    public Optional<Address> to() {
        return Optional.ofNullable(to);
    }

    /** Returns when it begins; {@link #startOrigin} says how good that is. */
    public Optional<Instant> start() {
        return Optional.ofNullable(start);
    }

    /** Returns from where the start is known. */
    public StartOrigin startOrigin() {
        return startOrigin;
    }

    /** Returns how long its sound is. */
    public Optional<Duration> duration() {
        return Optional.ofNullable(duration);
    }

    /** Returns the format, as its file extension has it, such as {@code wav}. */
    public Optional<String> format() {
        return Optional.ofNullable(format);
    }

    /** Returns its size in bytes. */
    public OptionalLong size() {
        return size == null ? OptionalLong.empty() : OptionalLong.of(size);
    }

    /** Returns the SHA-256 of its bytes in small hexadecimal digits, once it has been read. */
    public Optional<String> sha256() {
        return Optional.ofNullable(sha256);
    }

    /** Returns everything the source told. */
    public RawFields raw() {
        return raw;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CallRecording that && parts().equals(that.parts());
    }

    @Override
    public int hashCode() {
        return Objects.hash(pbx, name, revision);
    }

    private List<@Nullable Object> parts() {
        List<@Nullable Object> parts = new ArrayList<>();
        Collections.addAll(parts, pbx, name, revision, uniqueid, linkedid, source, road);
        Collections.addAll(parts, direction, from, to, start, startOrigin, duration, format);
        Collections.addAll(parts, size, sha256, raw);
        return parts;
    }

    /** Returns ids, time and size. The name stays out, since it can hold the caller's number. */
    @Override
    public String toString() {
        return ("CallRecording[" + (uniqueid == null ? "without uniqueid" : uniqueid))
                + (" on " + pbx + (revision == 1 ? "" : ", revision " + revision))
                + (start == null ? "" : ", " + start + " by " + startOrigin)
                + (size == null ? "" : ", " + size + " bytes")
                + "]";
    }

    /** Collects what is known of a {@link CallRecording}; not thread-safe. */
    public static final class Builder {

        private final String pbx;
        private final String name;
        private int revision = 1;
        private @Nullable String uniqueid;
        private @Nullable String linkedid;
        private @Nullable String source;
        private @Nullable String road;
        private CallDirection direction = CallDirection.UNKNOWN;
        private @Nullable Address from;
        private @Nullable Address to;
        private @Nullable Instant start;
        private StartOrigin startOrigin = StartOrigin.UNKNOWN;
        private @Nullable Duration duration;
        private @Nullable String format;
        private @Nullable Long size;
        private @Nullable String sha256;
        private RawFields raw = RawFields.empty();

        private Builder(String pbx, String name) {
            this.pbx = pbx;
            this.name = name;
        }

        /**
         * Sets the revision; 1 by default.
         *
         * @throws IllegalArgumentException if it is less than 1
         */
        public Builder revision(int value) {
            if (value < 1) {
                throw new IllegalArgumentException("revisions are counted from 1");
            }
            this.revision = value;
            return this;
        }

        /** Sets the unique id of the channel that was recorded. */
        public Builder uniqueid(String value) {
            this.uniqueid = Objects.requireNonNull(value, "uniqueid");
            return this;
        }

        /** Sets the id of the call it belongs to. */
        public Builder linkedid(String value) {
            this.linkedid = Objects.requireNonNull(value, "linkedid");
            return this;
        }

        /** Sets the name of the source it was found in. */
        public Builder source(String value) {
            this.source = Objects.requireNonNull(value, "source");
            return this;
        }

        /** Sets the road by which it came. */
        public Builder road(String value) {
            this.road = Objects.requireNonNull(value, "road");
            return this;
        }

        /** Sets which way the call went; unknown by default. */
        public Builder direction(CallDirection value) {
            this.direction = Objects.requireNonNull(value, "direction");
            return this;
        }

        /** Sets who called. */
        public Builder from(Address value) {
            this.from = Objects.requireNonNull(value, "from");
            return this;
        }

        /** Sets who was called. */
        public Builder to(Address value) {
            this.to = Objects.requireNonNull(value, "to");
            return this;
        }

        /**
         * Sets when it begins and from where that is known, unless a better origin has set it
         * before.
         *
         * @throws IllegalArgumentException if the origin is {@link StartOrigin#UNKNOWN}
         */
        public Builder start(Instant value, StartOrigin origin) {
            Objects.requireNonNull(value, "start");
            if (origin == StartOrigin.UNKNOWN) {
                throw new IllegalArgumentException("a start that is given comes from somewhere");
            }
            if (!startOrigin.isBetterThan(origin)) {
                this.start = value;
                this.startOrigin = origin;
            }
            return this;
        }

        /** Sets how long its sound is. */
        public Builder duration(Duration value) {
            this.duration = Objects.requireNonNull(value, "duration");
            return this;
        }

        /** Sets the format, such as {@code wav}. */
        public Builder format(String value) {
            this.format = Objects.requireNonNull(value, "format");
            return this;
        }

        /**
         * Sets its size in bytes.
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

        /**
         * Sets the SHA-256 of its bytes.
         *
         * @throws IllegalArgumentException if it is not 64 hexadecimal digits in small letters
         */
        public Builder sha256(String value) {
            if (!SHA256.matcher(value).matches()) {
                throw new IllegalArgumentException(
                        "a SHA-256 is 64 hexadecimal digits in small letters");
            }
            this.sha256 = value;
            return this;
        }

        /** Sets everything the source told. */
        public Builder raw(RawFields value) {
            this.raw = Objects.requireNonNull(value, "raw");
            return this;
        }

        /** Returns the recording. */
        public CallRecording build() {
            return new CallRecording(this);
        }
    }
}
