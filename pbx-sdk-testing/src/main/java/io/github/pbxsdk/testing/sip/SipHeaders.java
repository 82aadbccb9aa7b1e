package io.github.pbxsdk.testing.sip;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks into the values of headers. */
final class SipHeaders {

    private static final Pattern PAIR =
            Pattern.compile("([\\w-]+)\\s*=\\s*(\"(?:[^\"\\\\]|\\\\.)*\"|[^,\\s]*)");
    private static final Pattern USER = Pattern.compile("(?i)sips?:(?:([^@;?>]*)@)?.*");

    private SipHeaders() {}

    /** Returns the values of a list, which commas part outside of quotes and brackets. */
    static List<String> list(String value) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        boolean bracketed = false;
        int start = 0;
        for (int i = 0; i < value.length(); i++) {
            char at = value.charAt(i);
            if (at == '"' && (i == 0 || value.charAt(i - 1) != '\\')) {
                quoted = !quoted;
            } else if (!quoted && (at == '<' || at == '>')) {
                bracketed = at == '<';
            } else if (at == ',' && !quoted && !bracketed) {
                parts.add(value.substring(start, i).strip());
                start = i + 1;
            }
        }
        parts.add(value.substring(start).strip());
        return parts;
    }

    /** Returns the URI of an address, with or without a name before it. */
    static String uri(String address) {
        int open = bracket(address, '<');
        if (open < 0) {
            int semicolon = address.indexOf(';');
            return (semicolon < 0 ? address : address.substring(0, semicolon)).strip();
        }
        int close = address.indexOf('>', open);
        return address.substring(open + 1, close < 0 ? address.length() : close);
    }

    /** Returns where a bracket stands outside of quotes; -1 if none does. */
    private static int bracket(String address, char wanted) {
        boolean quoted = false;
        for (int i = 0; i < address.length(); i++) {
            char at = address.charAt(i);
            if (at == '"' && (i == 0 || address.charAt(i - 1) != '\\')) {
                quoted = !quoted;
            } else if (at == wanted && !quoted) {
                return i;
            }
        }
        return -1;
    }

    /** Returns the user of a URI or of an address; empty if it has none. */
    static String user(String address) {
        Matcher matcher = USER.matcher(uri(address));
        return matcher.matches() && matcher.group(1) != null ? matcher.group(1) : "";
    }

    /** Returns a parameter behind the URI, without quotes. */
    static Optional<String> parameter(String value, String name) {
        String parameters = value.substring(Math.max(0, bracket(value, '>')));
        return Pattern.compile("(?i);\\s*" + Pattern.quote(name) + "\\s*=\\s*(\"[^\"]*\"|[^;,]*)")
                .matcher(parameters)
                .results()
                .map(found -> unquote(found.group(1).strip()))
                .findFirst();
    }

    /** Returns the pairs of an {@code Authorization} or a challenge, names in lower case. */
    static Map<String, String> pairs(String value) {
        Map<String, String> pairs = new TreeMap<>();
        Matcher matcher = PAIR.matcher(value);
        while (matcher.find()) {
            pairs.putIfAbsent(matcher.group(1).toLowerCase(Locale.ROOT), unquote(matcher.group(2)));
        }
        return pairs;
    }

    private static String unquote(String text) {
        boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
        return quoted ? text.substring(1, text.length() - 1).replaceAll("\\\\(.)", "$1") : text;
    }
}
