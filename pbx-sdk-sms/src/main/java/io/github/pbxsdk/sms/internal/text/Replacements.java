package io.github.pbxsdk.sms.internal.text;

import io.github.pbxsdk.sms.SimplerText.Replacement;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts plain characters in place of typographic ones. */
public final class Replacements {

    private static final Pattern CLUSTER = Pattern.compile("\\X");
    private static final Map<Integer, String> PLAIN = new HashMap<>();

    static {
        put("'", "\u2018\u2019\u201a\u201b\u2032`");
        put("\"", "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb");
        put("-", "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2022");
        put("...", "\u2026");
        put(" ", "\t\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a");
        put(" ", "\u202f\u205f\u3000");
        put("", "\u200b\u200c\u200d\u2060\u00ad\ufeff");
        put("\n", "\u2028\u2029");
        for (char wide = 0xff01; wide <= 0xff5e; wide++) {
            PLAIN.put((int) wide, String.valueOf((char) (wide - 0xfee0)));
        }
    }

    private final StringBuilder text = new StringBuilder();
    private final List<Replacement> list = new ArrayList<>();

    private Replacements() {}

    private static void put(String plain, String characters) {
        characters.chars().forEach(unit -> PLAIN.put(unit, plain));
    }

    /** Returns what can be replaced in a text. */
    public static Replacements in(String text) {
        Replacements replacements = new Replacements();
        Matcher clusters = CLUSTER.matcher(text);
        while (clusters.find()) {
            replacements.add(clusters.start(), clusters.group());
        }
        return replacements;
    }

    private void add(int position, String cluster) {
        String plain = plain(Normalizer.normalize(cluster, Normalizer.Form.NFC));
        text.append(plain);
        if (!plain.equals(cluster)) {
            list.add(new Replacement(position, cluster, plain));
        }
    }

    private static String plain(String composed) {
        StringBuilder plain = new StringBuilder(composed.length());
        composed.codePoints()
                .forEach(
                        character -> {
                            String known = PLAIN.get(character);
                            if (known == null) {
                                plain.appendCodePoint(character);
                            } else {
                                plain.append(known);
                            }
                        });
        return plain.toString();
    }

    /** Returns the text with everything replaced. */
    public String text() {
        return text.toString();
    }

    /** Returns the replacements in their order. */
    public List<Replacement> list() {
        return List.copyOf(list);
    }
}
