package io.github.pbxsdk.sms;

import io.github.pbxsdk.sms.internal.text.GsmAlphabet;
import java.util.ArrayList;
import java.util.List;

/**
 * How a road divides and counts long texts.
 *
 * <p>Immutable.
 */
public final class SegmentProfile {

    private static final int WIDE_SINGLE = 70;
    private static final SevenBits GSM = SevenBits.with(List.of());
    private static final SegmentProfile STANDARD = of("standard", 67, List.of(GSM));

    private final String name;
    private final boolean wholeClusters;
    private final int widePart;
    private final List<SevenBits> sevenBits;

    private SegmentProfile(
            String name, boolean wholeClusters, int widePart, List<SevenBits> sevenBits) {
        this.name = name;
        this.wholeClusters = wholeClusters;
        this.widePart = widePart;
        this.sevenBits = sevenBits;
    }

    private static SegmentProfile of(String name, int widePart, List<SevenBits> sevenBits) {
        return new SegmentProfile(name, true, widePart, sevenBits);
    }

    /** Returns what nearly all roads do: 160 and 153 septets, 70 and 67 units. */
    public static SegmentProfile standard() {
        return STANDARD;
    }

    /** Returns the standard with a 16-bit reference in each part: 152 septets, 66 units. */
    public static SegmentProfile wideReference() {
        return of("wide reference", 66, List.of(sevenBits(GSM.encoding(), GSM.alphabet(), 152)));
    }

    /** Returns how Flowroute counts: ASCII by 160 and 140, everything else by 70. */
    public static SegmentProfile flowroute() {
        return of(
                "flowroute",
                WIDE_SINGLE,
                List.of(sevenBits(SmsSegments.Encoding.ASCII, GsmAlphabet.ascii(), 140)));
    }

    private static SevenBits sevenBits(
            SmsSegments.Encoding encoding, GsmAlphabet alphabet, int part) {
        return new SevenBits(encoding, List.of(), alphabet, 160, part);
    }

    /**
     * Returns the standard for a road that honours these national tables, where they make a text
     * shorter.
     *
     * <p>A text takes the default alphabet, one of the tables, or a locking one with a single shift
     * one: whatever gives the fewest parts, and of equals what comes first in this order. One table
     * leaves 155 and 149 septets, two leave 152 and 146.
     */
    public static SegmentProfile national(NationalTable... tables) {
        List<SevenBits> ways = new ArrayList<>(List.of(GSM));
        for (NationalTable table : tables) {
            ways.add(SevenBits.with(List.of(table)));
        }
        for (NationalTable locking : tables) {
            for (NationalTable single : tables) {
                if (locking.isLocking() && !single.isLocking()) {
                    ways.add(SevenBits.with(List.of(locking, single)));
                }
            }
        }
        return of("national " + List.of(tables), STANDARD.widePart, List.copyOf(ways));
    }

    /** Returns this profile with flags and families divided where simple encoders divide them. */
    public SegmentProfile dividingClusters() {
        return new SegmentProfile(name, false, widePart, sevenBits);
    }

    /** The first is the one that is known everywhere. */
    List<SevenBits> sevenBits() {
        return sevenBits;
    }

    int wideSingle() {
        return WIDE_SINGLE;
    }

    int widePart() {
        return widePart;
    }

    boolean keepsClusters() {
        return wholeClusters;
    }

    @Override
    public String toString() {
        return "SegmentProfile[" + name + "]";
    }
}
