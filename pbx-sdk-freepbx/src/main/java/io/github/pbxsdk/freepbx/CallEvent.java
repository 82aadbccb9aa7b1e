package io.github.pbxsdk.freepbx;

import io.github.pbxsdk.core.RawFields;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A row of {@code cel}: something that happened to a channel. Immutable. */
public final class CallEvent {

    private final RawFields raw;
    private final @Nullable Instant time;

    private CallEvent(RawFields raw, @Nullable Instant time) {
        this.raw = raw;
        this.time = time;
    }

    static CallEvent of(RawFields row, PbxClock clock) {
        Optional<LocalDateTime> written = row.find("eventtime").flatMap(CallRows::written);
        String uniqueid = row.find("uniqueid").orElse("");
        return new CallEvent(
                row, written.map(local -> clock.instant(local, uniqueid)).orElse(null));
    }

    /** Returns its number; later events have higher ones. */
    public long id() {
        String id = raw.find("id").orElse("");
        return id.matches("[0-9]{1,18}") ? Long.parseLong(id) : 0;
    }

    /** Returns what happened, such as {@code CHAN_START}, {@code BRIDGE_ENTER}, {@code HANGUP}. */
    public String type() {
        return text("eventtype");
    }

    /** Returns when, to the second. */
    public Optional<Instant> time() {
        return Optional.ofNullable(time);
    }

    /** Returns the channel it happened to. */
    public String channel() {
        return text("channame");
    }

    /** Returns the unique id of the channel. */
    public String uniqueid() {
        return text("uniqueid");
    }

    /** Returns the id that all channels of the call share. */
    public String linkedid() {
        return text("linkedid");
    }

    /** Returns more about it, which is JSON where there is any. */
    public Optional<String> extra() {
        return raw.find("extra").filter(value -> !value.isEmpty());
    }

    /** Returns every column, as the database has it. */
    public RawFields raw() {
        return raw;
    }

    private String text(String column) {
        return raw.find(column).orElse("");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CallEvent that
                && raw.equals(that.raw)
                && Objects.equals(time, that.time);
    }

    @Override
    public int hashCode() {
        return raw.hashCode();
    }

    /** Returns number, kind and channel id, without numbers and names of persons. */
    @Override
    public String toString() {
        return "CallEvent[" + id() + " " + type() + " of " + uniqueid() + "]";
    }
}
