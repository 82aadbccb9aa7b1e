package io.github.pbxsdk.ami.event;

import io.github.pbxsdk.ami.AmiFields;
import io.github.pbxsdk.ami.internal.FieldValues;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * A bridge as it was when the server reported something about it.
 *
 * <p>An event about two bridges has one for each, and one of them may be missing: {@link
 * #isPresent()} tells.
 *
 * @param fields the lines of the event
 * @param prefix what stands before the names of the lines about this bridge, such as {@code To}
 */
public record BridgeSnapshot(AmiFields fields, String prefix) {

    /** Checks that both are there. */
    public BridgeSnapshot {
        Objects.requireNonNull(fields, "fields");
        Objects.requireNonNull(prefix, "prefix");
    }

    /** Returns the bridge whose lines have a prefix. */
    public static BridgeSnapshot of(AmiFields fields, String prefix) {
        return new BridgeSnapshot(fields, prefix);
    }

    /** Returns the bridge whose lines have no prefix. */
    public static BridgeSnapshot of(AmiFields fields) {
        return new BridgeSnapshot(fields, "");
    }

    /** Tells whether the event has this bridge. */
    public boolean isPresent() {
        return fields.has(prefix + "BridgeUniqueid");
    }

    /** Returns the id that the bridge keeps until it ends. */
    public String uniqueId() {
        return text("BridgeUniqueid");
    }

    /** Returns the type, such as {@code basic}. */
    public String type() {
        return text("BridgeType");
    }

    /** Returns what mixes the channels, such as {@code simple_bridge}. */
    public String technology() {
        return text("BridgeTechnology");
    }

    /** Returns who made it, such as {@code ConfBridge}; empty for an ordinary call. */
    public String creator() {
        return text("BridgeCreator");
    }

    /** Returns the name that its creator gave it, if any. */
    public String name() {
        return text("BridgeName");
    }

    /** Returns how many channels are in it. */
    public OptionalInt channelCount() {
        return FieldValues.integer(fields, prefix + "BridgeNumChannels");
    }

    /** Returns how the channel whose picture all see is chosen. */
    public String videoSourceMode() {
        return text("BridgeVideoSourceMode");
    }

    /** Returns the id of the channel whose picture all see, if there is one. */
    public String videoSource() {
        return text("BridgeVideoSource");
    }

    private String text(String name) {
        return fields.text(prefix + name);
    }

    @Override
    public String toString() {
        return "BridgeSnapshot[" + uniqueId() + "]";
    }
}
