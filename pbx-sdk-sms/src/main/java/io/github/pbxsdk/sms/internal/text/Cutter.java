package io.github.pbxsdk.sms.internal.text;

import java.util.ArrayList;
import java.util.List;

/** Divides a text into the fewest parts that a limit allows. */
public final class Cutter {

    private final String text;
    private final int limit;

    private Cutter(String text, int limit) {
        this.text = text;
        this.limit = limit;
    }

    /** Returns the ends of the parts of a text of septets; no escape leaves its character. */
    public static int[] septets(String text, GsmAlphabet alphabet, int limit) {
        return new Cutter(text, limit).septets(alphabet);
    }

    /** Returns the ends of the parts of a text of 16-bit units. */
    public static int[] units(String text, int limit, boolean wholeClusters) {
        return new Cutter(text, limit).units(wholeClusters);
    }

    private int[] septets(GsmAlphabet alphabet) {
        List<Integer> ends = new ArrayList<>();
        int used = 0;
        for (int i = 0; i < text.length(); i++) {
            int cost = alphabet.septets(text.charAt(i));
            if (used + cost > limit) {
                ends.add(i);
                used = 0;
            }
            used += cost;
        }
        return closed(ends);
    }

    private int[] units(boolean wholeClusters) {
        Clusters clusters = new Clusters(text);
        List<Integer> ends = new ArrayList<>();
        int start = 0;
        int brokenUntil = 0;
        while (text.length() - start > limit) {
            int place = start + limit;
            int end = wholeCodePoints(place);
            if (wholeClusters && place >= brokenUntil) {
                int cluster = clusters.startOver(Math.max(start, brokenUntil), place);
                int clusterEnd = cluster == place ? place : clusters.endFrom(cluster);
                if (clusterEnd - cluster > limit) {
                    brokenUntil = clusterEnd;
                } else {
                    end = cluster;
                }
            }
            ends.add(end);
            start = end;
        }
        return closed(ends);
    }

    private int wholeCodePoints(int place) {
        boolean insidePair =
                Character.isLowSurrogate(text.charAt(place))
                        && Character.isHighSurrogate(text.charAt(place - 1));
        return insidePair ? place - 1 : place;
    }

    private int[] closed(List<Integer> ends) {
        ends.add(text.length());
        return ends.stream().mapToInt(Integer::intValue).toArray();
    }
}
