package io.github.pbxsdk.sms;

/**
 * How a road divides and counts long texts.
 *
 * <p>Immutable.
 */
public final class SegmentProfile {

    private static final SegmentProfile STANDARD =
            new SegmentProfile("standard", false, true, 160, 153, 70, 67);

    private final String name;
    private final boolean asciiOnly;
    private final boolean wholeClusters;
    private final int narrowSingle;
    private final int narrowPart;
    private final int wideSingle;
    private final int widePart;

    private SegmentProfile(
            String name,
            boolean asciiOnly,
            boolean wholeClusters,
            int narrowSingle,
            int narrowPart,
            int wideSingle,
            int widePart) {
        this.name = name;
        this.asciiOnly = asciiOnly;
        this.wholeClusters = wholeClusters;
        this.narrowSingle = narrowSingle;
        this.narrowPart = narrowPart;
        this.wideSingle = wideSingle;
        this.widePart = widePart;
    }

    /** Returns what nearly all roads do: 160 and 153 septets, 70 and 67 units. */
    public static SegmentProfile standard() {
        return STANDARD;
    }

    /** Returns the standard with a 16-bit reference in each part: 152 septets, 66 units. */
    public static SegmentProfile wideReference() {
        return new SegmentProfile("wide reference", false, true, 160, 152, 70, 66);
    }

    /** Returns how Flowroute counts: ASCII by 160 and 140, everything else by 70. */
    public static SegmentProfile flowroute() {
        return new SegmentProfile("flowroute", true, true, 160, 140, 70, 70);
    }

    /** Returns this profile with flags and families divided where simple encoders divide them. */
    public SegmentProfile dividingClusters() {
        return new SegmentProfile(
                name, asciiOnly, false, narrowSingle, narrowPart, wideSingle, widePart);
    }

    SmsSegments.Encoding narrowEncoding() {
        return asciiOnly ? SmsSegments.Encoding.ASCII : SmsSegments.Encoding.GSM7;
    }

    int single(boolean narrow) {
        return narrow ? narrowSingle : wideSingle;
    }

    int part(boolean narrow) {
        return narrow ? narrowPart : widePart;
    }

    boolean keepsClusters() {
        return wholeClusters;
    }

    @Override
    public String toString() {
        return "SegmentProfile[" + name + "]";
    }
}
