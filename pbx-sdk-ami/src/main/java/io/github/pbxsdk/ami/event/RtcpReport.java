package io.github.pbxsdk.ami.event;

import io.github.pbxsdk.ami.AmiFields;
import io.github.pbxsdk.ami.internal.FieldValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * One report in an RTCP packet: how a stream arrived.
 *
 * @param fields the lines of the event
 * @param number which of the reports it is, from 0
 */
public record RtcpReport(AmiFields fields, int number) {

    /** Checks that the lines are there. */
    public RtcpReport {
        Objects.requireNonNull(fields, "fields");
    }

    /** Returns the reports that an event has. */
    static List<RtcpReport> in(AmiFields fields) {
        List<RtcpReport> reports = new ArrayList<>();
        for (int i = 0; fields.has("Report" + i + "SourceSSRC"); i++) {
            reports.add(new RtcpReport(fields, i));
        }
        return List.copyOf(reports);
    }

    /** Returns the id of the stream that it is about. */
    public String sourceSsrc() {
        return fields.text(name("SourceSSRC"));
    }

    /** Returns how many of 256 packets were lost since the report before. */
    public OptionalInt fractionLost() {
        return FieldValues.integer(fields, name("FractionLost"));
    }

    /** Returns how many packets were lost altogether. */
    public OptionalLong cumulativeLost() {
        return FieldValues.number(fields, name("CumulativeLost"));
    }

    /** Returns the highest sequence number that came. */
    public OptionalLong highestSequence() {
        return FieldValues.number(fields, name("HighestSequence"));
    }

    /** Returns how often the sequence numbers began again. */
    public OptionalLong sequenceNumberCycles() {
        return FieldValues.number(fields, name("SequenceNumberCycles"));
    }

    /** Returns the jitter, in units of the stream's clock. */
    public OptionalLong jitter() {
        return FieldValues.number(fields, name("IAJitter"));
    }

    /** Returns which report of the other side was the last to come, as its time stamp. */
    public String lastReport() {
        return fields.text(name("LSR"));
    }

    /** Returns how many seconds ago that was. */
    public OptionalDouble delaySinceLastReport() {
        return FieldValues.decimal(fields, name("DLSR"));
    }

    private String name(String part) {
        return "Report" + number + part;
    }

    @Override
    public String toString() {
        return "RtcpReport[" + number + ", " + sourceSsrc() + "]";
    }
}
