package io.github.pbxsdk.ami.event;

import io.github.pbxsdk.ami.AmiFields;
import io.github.pbxsdk.ami.internal.FieldValues;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * A channel as it was when the server reported something about it.
 *
 * <p>An event about several channels has one for each, and one of them may be missing: {@link
 * #isPresent()} tells.
 *
 * @param fields the lines of the event
 * @param prefix what stands before the names of the lines about this channel, such as {@code Dest}
 */
public record ChannelSnapshot(AmiFields fields, String prefix) {

    /** Checks that both are there. */
    public ChannelSnapshot {
        Objects.requireNonNull(fields, "fields");
        Objects.requireNonNull(prefix, "prefix");
    }

    /** Returns the channel whose lines have a prefix. */
    public static ChannelSnapshot of(AmiFields fields, String prefix) {
        return new ChannelSnapshot(fields, prefix);
    }

    /** Returns the channel whose lines have no prefix. */
    public static ChannelSnapshot of(AmiFields fields) {
        return new ChannelSnapshot(fields, "");
    }

    /** Tells whether the event has this channel. */
    public boolean isPresent() {
        return fields.has(prefix + "Channel");
    }

    /** Returns the name, such as {@code PJSIP/100-0000002a}; it can change, the id doesn't. */
    public String name() {
        return text("Channel");
    }

    /** Returns the id that the channel keeps until it ends. */
    public String uniqueId() {
        return text("Uniqueid");
    }

    /**
     * Returns the id that all channels of a call share. It can change when calls are joined, and
     * the server doesn't report that by itself.
     */
    public String linkedId() {
        return text("Linkedid");
    }

    /** Returns the state. */
    public ChannelState state() {
        return ChannelState.of(text("ChannelState"), text("ChannelStateDesc"));
    }

    /** Returns the number of whoever is at this end. */
    public String callerIdNumber() {
        return text("CallerIDNum");
    }

    /** Returns the name of whoever is at this end. */
    public String callerIdName() {
        return text("CallerIDName");
    }

    /** Returns the number of whoever is at the other end. */
    public String connectedLineNumber() {
        return text("ConnectedLineNum");
    }

    /** Returns the name of whoever is at the other end. */
    public String connectedLineName() {
        return text("ConnectedLineName");
    }

    /** Returns the language of announcements. */
    public String language() {
        return text("Language");
    }

    /** Returns the account that call records name. */
    public String accountCode() {
        return text("AccountCode");
    }

    /** Returns the dialplan context. */
    public String context() {
        return text("Context");
    }

    /** Returns the extension in that context. */
    public String extension() {
        return text("Exten");
    }

    /** Returns the priority in that extension. */
    public OptionalInt priority() {
        return FieldValues.integer(fields, prefix + "Priority");
    }

    /** Returns the tenant, on servers that have them. */
    public String tenantId() {
        return text("Tenantid");
    }

    /** Returns the channel variables that the server is set to send along. */
    public Map<String, String> variables() {
        return FieldValues.variables(fields, prefix + "ChanVariable");
    }

    private String text(String name) {
        return fields.text(prefix + name);
    }

    /** Shows the name and the id, no numbers and names of people. */
    @Override
    public String toString() {
        return "ChannelSnapshot[" + name() + ", " + uniqueId() + "]";
    }
}
