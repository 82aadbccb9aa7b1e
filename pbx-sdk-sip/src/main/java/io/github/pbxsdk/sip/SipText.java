package io.github.pbxsdk.sip;

import java.util.regex.Pattern;

/** What may stand in an address: nothing that breaks out of it. */
final class SipText {

    private static final Pattern HOST =
            Pattern.compile(
                    "[0-9A-Za-z_.-]{1,253}(:[0-9]{1,5})?|\\[[0-9a-fA-F:.]{2,45}](:[0-9]{1,5})?");

    private static final Pattern EXTENSION = Pattern.compile("[0-9A-Za-z*._+-]{1,80}");

    private SipText() {}

    static String requireHost(String setting, String value) {
        String host =
                value.chars().filter(c -> c == ':').count() > 1 && !value.startsWith("[")
                        ? "[" + value + "]"
                        : value;
        if (!HOST.matcher(host).matches()) {
            throw new IllegalStateException(
                    setting + "(...) must be the name or address of a host, not " + value);
        }
        return host;
    }

    static String requireExtension(String value) {
        if (!EXTENSION.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "an extension is 1 to 80 digits, letters and *._+- such as 1001, without a"
                            + " host");
        }
        return value;
    }

    /** Returns a user part with what may not stand there escaped. */
    static String user(String text) {
        return text.replace("#", "%23");
    }
}
