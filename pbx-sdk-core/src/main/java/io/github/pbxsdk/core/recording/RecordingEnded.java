package io.github.pbxsdk.core.recording;

import io.github.pbxsdk.core.RawFields;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link RecordingSignal} tells: a recording may have ended, and what leads to it.
 *
 * <p>There is a file or a unique id, mostly both. Immutable.
 */
public final class RecordingEnded {

    private final @Nullable String file;
    private final @Nullable String uniqueid;
    private final @Nullable String linkedid;
    private final @Nullable Instant endedAt;
    private final @Nullable Duration duration;
    private final RawFields raw;

    private RecordingEnded(Builder builder) {
        this.file = builder.file;
        this.uniqueid = builder.uniqueid;
        this.linkedid = builder.linkedid;
        this.endedAt = builder.endedAt;
        this.duration = builder.duration;
        this.raw = builder.raw;
    }

    /** Returns a builder. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the file as the PBX wrote it: a whole path, a bare name, or the name in ARI. */
    public Optional<String> file() {
        return Optional.ofNullable(file);
    }

    /** Returns the unique id of the recorded channel. */
    public Optional<String> uniqueid() {
        return Optional.ofNullable(uniqueid);
    }

    /** Returns the id of the call. */
    public Optional<String> linkedid() {
        return Optional.ofNullable(linkedid);
    }

    /** Returns when it ended, by the clock of the PBX where that told, else by ours. */
    public Optional<Instant> endedAt() {
        return Optional.ofNullable(endedAt);
    }

    /** Returns how long it is. */
    public Optional<Duration> duration() {
        return Optional.ofNullable(duration);
    }

    /** Returns everything the PBX told. */
    public RawFields raw() {
        return raw;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RecordingEnded that && parts().equals(that.parts());
    }

    @Override
    public int hashCode() {
        return parts().hashCode();
    }

    private List<@Nullable Object> parts() {
        return Arrays.asList(file, uniqueid, linkedid, endedAt, duration, raw);
    }

    /** Returns ids and time. The file stays out, since its name can hold the caller's number. */
    @Override
    public String toString() {
        return ("RecordingEnded[" + (uniqueid == null ? "without uniqueid" : uniqueid))
                + (endedAt == null ? "" : ", " + endedAt)
                + (duration == null ? "" : ", " + duration)
                + "]";
    }

    /** Collects what is known of a {@link RecordingEnded}; not thread-safe. */
    public static final class Builder {

        private @Nullable String file;
        private @Nullable String uniqueid;
        private @Nullable String linkedid;
        private @Nullable Instant endedAt;
        private @Nullable Duration duration;
        private RawFields raw = RawFields.empty();

        private Builder() {}

        /** Sets the file as the PBX wrote it. */
        public Builder file(String value) {
            this.file = Objects.requireNonNull(value, "file");
            return this;
        }

        /** Sets the unique id of the recorded channel. */
        public Builder uniqueid(String value) {
            this.uniqueid = Objects.requireNonNull(value, "uniqueid");
            return this;
        }

        /** Sets the id of the call. */
        public Builder linkedid(String value) {
            this.linkedid = Objects.requireNonNull(value, "linkedid");
            return this;
        }

        /** Sets when it ended. */
        public Builder endedAt(Instant value) {
            this.endedAt = Objects.requireNonNull(value, "endedAt");
            return this;
        }

        /** Sets how long it is. */
        public Builder duration(Duration value) {
            this.duration = Objects.requireNonNull(value, "duration");
            return this;
        }

        /** Sets everything the PBX told. */
        public Builder raw(RawFields value) {
            this.raw = Objects.requireNonNull(value, "raw");
            return this;
        }

        /**
         * Returns it.
         *
         * @throws IllegalStateException if neither a file nor a unique id is set
         */
        public RecordingEnded build() {
            if (file == null && uniqueid == null) {
                throw new IllegalStateException("set file(...) or uniqueid(...) before build()");
            }
            return new RecordingEnded(this);
        }
    }
}
