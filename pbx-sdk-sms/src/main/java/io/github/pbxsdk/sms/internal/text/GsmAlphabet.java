package io.github.pbxsdk.sms.internal.text;

import java.util.Arrays;

/** An alphabet of septets: that of 3GPP TS 23.038, as it is or changed. Immutable. */
public final class GsmAlphabet {

    private static final String PLAIN =
            "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
                    + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    private static final String EXTENDED = "\f^{}\\[~]|€";

    private static final GsmAlphabet STANDARD =
            new GsmAlphabet(new byte['∞' + 1]).with(EXTENDED, 2).with(PLAIN, 1);
    private static final GsmAlphabet ASCII = ascii(0x80);

    /** What each character costs: one septet, two with the escape before it, or 0 for never. */
    private final byte[] septets;

    private GsmAlphabet(byte[] septets) {
        this.septets = septets;
    }

    private static GsmAlphabet ascii(int size) {
        byte[] ones = new byte[size];
        Arrays.fill(ones, (byte) 1);
        return new GsmAlphabet(ones);
    }

    /** Returns the default alphabet with its extension table. */
    public static GsmAlphabet standard() {
        return STANDARD;
    }

    /** Returns plain ASCII, of one septet each. */
    public static GsmAlphabet ascii() {
        return ASCII;
    }

    /** Returns this alphabet with some characters of one septet in place of others. */
    public GsmAlphabet replacing(String without, String more) {
        return with(without, 0).with(more, 1);
    }

    /** Returns this alphabet with characters of two septets; those of one stay so. */
    public GsmAlphabet adding(String more) {
        StringBuilder missing = new StringBuilder();
        more.chars()
                .filter(unit -> septets((char) unit) == 0)
                .forEach(unit -> missing.append((char) unit));
        return with(missing.toString(), 2);
    }

    private GsmAlphabet with(String characters, int cost) {
        byte[] changed = septets.clone();
        characters.chars().forEach(unit -> changed[unit] = (byte) cost);
        return new GsmAlphabet(changed);
    }

    /** Returns how many septets the character takes, or 0 if the alphabet lacks it. */
    public int septets(char unit) {
        return unit < septets.length ? septets[unit] : 0;
    }

    /** Returns how many septets a piece of a text takes. */
    public int septets(String text, int start, int end) {
        int sum = 0;
        for (int i = start; i < end; i++) {
            sum += septets(text.charAt(i));
        }
        return sum;
    }

    /** Tells whether the alphabet has all characters of a text. */
    public boolean covers(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (septets(text.charAt(i)) == 0) {
                return false;
            }
        }
        return true;
    }
}
