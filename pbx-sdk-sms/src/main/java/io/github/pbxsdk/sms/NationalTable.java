package io.github.pbxsdk.sms;

import io.github.pbxsdk.sms.internal.text.GsmAlphabet;
import java.util.List;

/**
 * A table of 3GPP TS 23.038 that brings a language's letters into 7 bits.
 *
 * <p>Each part of the text names its tables in a header, which takes room. A single shift table
 * adds letters of two septets each; a locking shift table replaces rare characters by letters of
 * one. Hardly any road honours them: what arrives by one that does not is spoilt.
 *
 * @see SegmentProfile#national
 */
public enum NationalTable {
    /** Adds {@code Ğ İ Ş ç ğ ı ş}. */
    TURKISH_SINGLE_SHIFT(1, "", "ĞİŞçğış"),
    /** Adds {@code ç} and the accents {@code Á Í Ó Ú á í ó ú}. */
    SPANISH_SINGLE_SHIFT(2, "", "çÁÍÓÚáíóú"),
    /** Adds the letters of Portuguese, and those Greek capitals that its locking table lacks. */
    PORTUGUESE_SINGLE_SHIFT(3, "", "êçÔôÁáΦΓΩΠΨΣΘÊÀÍÓÚÃÕÂíóúãõâ"),
    /** Has the letters of Turkish and {@code €} in place of {@code è ì Ø ø Æ æ ¡ ¿}. */
    TURKISH_LOCKING_SHIFT(1, "èìØøÆæ¡¿", "€ıĞğŞşİç"),
    /** Has the letters of Portuguese in place of those of other languages. */
    PORTUGUESE_LOCKING_SHIFT(
            3, "èùìòÇØøÅåΦΓΛΩΠΨΣΘΞÆæß¤¡ÄÖÑ¿äöñ", "êúíóçÔôÁáªÇÀ∞^\\€Ó|ÂâÊºÍÃÕÚ~ãõ`");

    private final int language;
    private final String without;
    private final String with;

    NationalTable(int language, String without, String with) {
        this.language = language;
        this.without = without;
        this.with = with;
    }

    /** Returns the number of the language in the header. */
    public int language() {
        return language;
    }

    /** Tells whether it replaces characters, rather than adding some. */
    public boolean isLocking() {
        return !without.isEmpty();
    }

    static GsmAlphabet alphabet(List<NationalTable> tables) {
        GsmAlphabet alphabet = GsmAlphabet.standard();
        for (NationalTable table : tables) {
            alphabet =
                    table.isLocking()
                            ? alphabet.replacing(table.without, table.with)
                            : alphabet.adding(table.with);
        }
        return alphabet;
    }
}
