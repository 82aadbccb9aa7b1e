package io.github.pbxsdk.core.call;

import io.github.pbxsdk.core.RawFields;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One call detail record: one pair of channels of a call, not the call.
 *
 * <p>A queue, a ring group or a transfer makes several for one call. They share {@link #linkedid},
 * several may share {@link #uniqueid}, and {@link #sequence} tells them apart. So neither count
 * calls by records, nor add up {@link #billableDuration}, nor read «answered» from a single one:
 * the queue itself answers before any agent does.
 *
 * <p>It is the same type whether it comes from the database, over GraphQL or as an AMI event; what
 * one of them does not tell is empty, and {@link #raw()} holds all that it told. Immutable.
 */
public final class CallRecord {

    private final String uniqueid;
    private final @Nullable String linkedid;
    private final @Nullable Long sequence;
    private final CallDirection direction;
    private final @Nullable Instant start;
    private final @Nullable Instant answer;
    private final @Nullable Instant end;
    private final Duration duration;
    private final Duration billableDuration;
    private final String dispositionText;
    private final @Nullable String source;
    private final @Nullable String destination;
    private final @Nullable String destinationContext;
    private final @Nullable String did;
    private final @Nullable String callerId;
    private final @Nullable String channel;
    private final @Nullable String destinationChannel;
    private final @Nullable String lastApplication;
    private final @Nullable String lastData;
    private final @Nullable String accountCode;
    private final @Nullable String recordingFile;
    private final RawFields raw;

    private CallRecord(Builder builder) {
        this.uniqueid = builder.uniqueid;
        this.linkedid = builder.linkedid;
        this.sequence = builder.sequence;
        this.direction = builder.direction;
        this.start = builder.start;
        this.answer = builder.answer;
        this.end = builder.end;
        this.duration = builder.duration;
        this.billableDuration = builder.billableDuration;
        this.dispositionText = builder.dispositionText;
        this.source = builder.source;
        this.destination = builder.destination;
        this.destinationContext = builder.destinationContext;
        this.did = builder.did;
        this.callerId = builder.callerId;
        this.channel = builder.channel;
        this.destinationChannel = builder.destinationChannel;
        this.lastApplication = builder.lastApplication;
        this.lastData = builder.lastData;
        this.accountCode = builder.accountCode;
        this.recordingFile = builder.recordingFile;
        this.raw = builder.raw;
    }

    /**
     * Returns a builder.
     *
     * @param uniqueid the unique id of the calling channel
     * @throws IllegalArgumentException if it is empty
     */
    public static Builder builder(String uniqueid) {
        if (uniqueid.isEmpty()) {
            throw new IllegalArgumentException("a call record has a uniqueid");
        }
        return new Builder(uniqueid);
    }

    /** Returns the unique id of the calling channel, which several records may share. */
    public String uniqueid() {
        return uniqueid;
    }

    /**
     * Returns the id that all records of a call share. AMI tells it only where {@code cdr_manager}
     * is set up to.
     */
    public Optional<String> linkedid() {
        return Optional.ofNullable(linkedid);
    }

    /** Returns the place among the records of the server, in the order they were made. */
    public OptionalLong sequence() {
        return sequence == null ? OptionalLong.empty() : OptionalLong.of(sequence);
    }

    /** Returns which way the call went, as far as the source could tell. */
    public CallDirection direction() {
        return direction;
    }

    /** Returns when the record begins, to the second. */
    public Optional<Instant> start() {
        return Optional.ofNullable(start);
    }

    /** Returns when the called channel answered; GraphQL does not tell. */
    public Optional<Instant> answer() {
        return Optional.ofNullable(answer);
    }

    /** Returns when the record ends; GraphQL does not tell. */
    public Optional<Instant> end() {
        return Optional.ofNullable(end);
    }

    /** Returns how long the record lasted, in whole seconds. */
    public Duration duration() {
        return duration;
    }

    /** Returns for how long it was answered ({@code billsec}), by whomever: not the talk time. */
    public Duration billableDuration() {
        return billableDuration;
    }

    /** Returns how it ended. */
    public CallDisposition disposition() {
        return CallDisposition.of(dispositionText);
    }

    /** Returns how it ended, in the words of the server. */
    public String dispositionText() {
        return dispositionText;
    }

    /** Returns the number that called ({@code src}). */
    public Optional<String> source() {
        return Optional.ofNullable(source);
    }

    /**
     * Returns what was dialled ({@code dst}). After a blind transfer it is often the target of the
     * transfer; {@link #destinationChannel()} is who was really called.
     */
    public Optional<String> destination() {
        return Optional.ofNullable(destination);
    }

    /** Returns the dialplan context of the destination. */
    public Optional<String> destinationContext() {
        return Optional.ofNullable(destinationContext);
    }

    /** Returns the number of ours that was called from outside. */
    public Optional<String> did() {
        return Optional.ofNullable(did);
    }

    /** Returns name and number of the caller, as in {@code "Alice" <101>}. */
    public Optional<String> callerId() {
        return Optional.ofNullable(callerId);
    }

    /** Returns the calling channel, such as {@code PJSIP/101-00000015}. */
    public Optional<String> channel() {
        return Optional.ofNullable(channel);
    }

    /** Returns the called channel. */
    public Optional<String> destinationChannel() {
        return Optional.ofNullable(destinationChannel);
    }

    /** Returns the last dialplan application, such as {@code Dial}. */
    public Optional<String> lastApplication() {
        return Optional.ofNullable(lastApplication);
    }

    /** Returns the arguments of the last dialplan application. */
    public Optional<String> lastData() {
        return Optional.ofNullable(lastData);
    }

    /** Returns the account code. */
    public Optional<String> accountCode() {
        return Optional.ofNullable(accountCode);
    }

    /**
     * Returns the file name of a recording that was planned, without folder. The file may not
     * exist, and several records may name the same.
     */
    public Optional<String> recordingFile() {
        return Optional.ofNullable(recordingFile);
    }

    /** Returns every column, as the source wrote it. */
    public RawFields raw() {
        return raw;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CallRecord that && parts().equals(that.parts());
    }

    @Override
    public int hashCode() {
        return Objects.hash(uniqueid, sequence, start);
    }

    private List<@Nullable Object> parts() {
        List<@Nullable Object> parts = new ArrayList<>();
        Collections.addAll(parts, uniqueid, linkedid, sequence, direction, start, answer, end);
        Collections.addAll(parts, duration, billableDuration, dispositionText, source);
        Collections.addAll(parts, destination, destinationContext, did, callerId, channel);
        Collections.addAll(parts, destinationChannel, lastApplication, lastData, accountCode);
        Collections.addAll(parts, recordingFile, raw);
        return parts;
    }

    /** Returns ids, times and outcome, without numbers and names. */
    @Override
    public String toString() {
        return ("CallRecord[" + uniqueid + (sequence == null ? "" : " #" + sequence))
                + (linkedid == null ? "" : " of call " + linkedid)
                + (start == null ? "" : ", " + start)
                + (", " + direction + ", " + dispositionText + ", " + duration + "]");
    }

    /** Collects the columns of a {@link CallRecord}; an empty text counts as none. */
    public static final class Builder {

        private final String uniqueid;
        private @Nullable String linkedid;
        private @Nullable Long sequence;
        private CallDirection direction = CallDirection.UNKNOWN;
        private @Nullable Instant start;
        private @Nullable Instant answer;
        private @Nullable Instant end;
        private Duration duration = Duration.ZERO;
        private Duration billableDuration = Duration.ZERO;
        private String dispositionText = "";
        private @Nullable String source;
        private @Nullable String destination;
        private @Nullable String destinationContext;
        private @Nullable String did;
        private @Nullable String callerId;
        private @Nullable String channel;
        private @Nullable String destinationChannel;
        private @Nullable String lastApplication;
        private @Nullable String lastData;
        private @Nullable String accountCode;
        private @Nullable String recordingFile;
        private RawFields raw = RawFields.empty();

        private Builder(String uniqueid) {
            this.uniqueid = uniqueid;
        }

        /** Sets the id that all records of a call share. */
        public Builder linkedid(String value) {
            this.linkedid = orNone(value);
            return this;
        }

        /** Sets the place among the records of the server. */
        public Builder sequence(long value) {
            this.sequence = value;
            return this;
        }

        /** Sets which way the call went; unknown by default. */
        public Builder direction(CallDirection value) {
            this.direction = Objects.requireNonNull(value, "direction");
            return this;
        }

        /** Sets when the record begins. */
        public Builder start(Instant value) {
            this.start = Objects.requireNonNull(value, "start");
            return this;
        }

        /** Sets when the called channel answered. */
        public Builder answer(Instant value) {
            this.answer = Objects.requireNonNull(value, "answer");
            return this;
        }

        /** Sets when the record ends. */
        public Builder end(Instant value) {
            this.end = Objects.requireNonNull(value, "end");
            return this;
        }

        /** Sets how long it lasted; nothing by default. */
        public Builder duration(Duration value) {
            this.duration = Objects.requireNonNull(value, "duration");
            return this;
        }

        /** Sets for how long it was answered; nothing by default. */
        public Builder billableDuration(Duration value) {
            this.billableDuration = Objects.requireNonNull(value, "billableDuration");
            return this;
        }

        /** Sets how it ended, in the words of the server. */
        public Builder disposition(String value) {
            this.dispositionText = Objects.requireNonNull(value, "disposition");
            return this;
        }

        /** Sets the number that called. */
        public Builder source(String value) {
            this.source = orNone(value);
            return this;
        }

        /** Sets what was dialled. */
        public Builder destination(String value) {
            this.destination = orNone(value);
            return this;
        }

        /** Sets the dialplan context of the destination. */
        public Builder destinationContext(String value) {
            this.destinationContext = orNone(value);
            return this;
        }

        /** Sets the number of ours that was called from outside. */
        public Builder did(String value) {
            this.did = orNone(value);
            return this;
        }

        /** Sets name and number of the caller. */
        public Builder callerId(String value) {
            this.callerId = orNone(value);
            return this;
        }

        /** Sets the calling channel. */
        public Builder channel(String value) {
            this.channel = orNone(value);
            return this;
        }

        /** Sets the called channel. */
        public Builder destinationChannel(String value) {
            this.destinationChannel = orNone(value);
            return this;
        }

        /** Sets the last dialplan application. */
        public Builder lastApplication(String value) {
            this.lastApplication = orNone(value);
            return this;
        }

        /** Sets the arguments of the last dialplan application. */
        public Builder lastData(String value) {
            this.lastData = orNone(value);
            return this;
        }

        /** Sets the account code. */
        public Builder accountCode(String value) {
            this.accountCode = orNone(value);
            return this;
        }

        /** Sets the file name of the planned recording. */
        public Builder recordingFile(String value) {
            this.recordingFile = orNone(value);
            return this;
        }

        /** Sets every column, as the source wrote it. */
        public Builder raw(RawFields value) {
            this.raw = Objects.requireNonNull(value, "raw");
            return this;
        }

        /** Returns the record. */
        public CallRecord build() {
            return new CallRecord(this);
        }

        private static @Nullable String orNone(String value) {
            return value.isEmpty() ? null : value;
        }
    }
}
