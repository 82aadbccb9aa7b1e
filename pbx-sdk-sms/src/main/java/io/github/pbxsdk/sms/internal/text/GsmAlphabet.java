package io.github.pbxsdk.sms.internal.text;

/** The GSM 7-bit default alphabet of 3GPP TS 23.038 with its extension table. */
public final class GsmAlphabet {

    private static final String PLAIN =
            "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
                    + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    private static final String EXTENDED = "\f^{}\\[~]|€";

    /** What each character costs: one septet, two with the escape before it, or 0 for never. */
    private static final byte[] SEPTETS = new byte['€' + 1];

    static {
        PLAIN.chars().forEach(unit -> SEPTETS[unit] = 1);
        EXTENDED.chars().forEach(unit -> SEPTETS[unit] = 2);
    }

    private GsmAlphabet() {}

    /** Returns how many septets the character takes, or 0 if the alphabet lacks it. */
    public static int septets(char unit) {
        return unit < SEPTETS.length ? SEPTETS[unit] : 0;
    }
}
