package io.github.pbxsdk.sms;

import io.github.pbxsdk.sms.internal.text.Cutter;
import io.github.pbxsdk.sms.internal.text.GsmAlphabet;
import java.util.List;

/**
 * One way to send a text in 7 bits.
 *
 * @param tables what each part names in its header
 * @param single how many septets a text of one part may have
 * @param part how many each of several parts may have
 */
record SevenBits(
        SmsSegments.Encoding encoding,
        List<NationalTable> tables,
        GsmAlphabet alphabet,
        int single,
        int part) {

    private static final int SEPTETS = 160;
    private static final int LENGTH_OCTET = 1;
    private static final int REFERENCE_OCTETS = 5;
    private static final int TABLE_OCTETS = 3;

    /** Returns the way with these tables, at most one of each kind. */
    static SevenBits with(List<NationalTable> tables) {
        int named = tables.size() * TABLE_OCTETS;
        return new SevenBits(
                SmsSegments.Encoding.GSM7,
                tables,
                NationalTable.alphabet(tables),
                named == 0 ? SEPTETS : septetsBeside(LENGTH_OCTET + named),
                septetsBeside(LENGTH_OCTET + REFERENCE_OCTETS + named));
    }

    /** The text begins at the next whole septet after the header. */
    private static int septetsBeside(int headerOctets) {
        return SEPTETS - (headerOctets * Byte.SIZE + 6) / 7;
    }

    /** Returns the ends of the parts of a text that the alphabet covers. */
    int[] ends(String text) {
        return isOnePart(text) ? new int[] {text.length()} : Cutter.septets(text, alphabet, part);
    }

    /** A long text need not be counted: no character takes less than one. */
    private boolean isOnePart(String text) {
        return text.length() <= single && alphabet.septets(text, 0, text.length()) <= single;
    }
}
