package io.github.pbxsdk.ami.state;

/** Reads the extension out of the ways in which Asterisk names a device. */
final class Interfaces {

    private Interfaces() {}

    /**
     * Returns {@code 200} for {@code Local/200@from-queue/n}, {@code PJSIP/200}, {@code
     * hint:200@x}.
     */
    static String extension(String name) {
        int start = Math.max(name.indexOf('/'), name.indexOf(':')) + 1;
        int end = start;
        while (end < name.length() && name.charAt(end) != '@' && name.charAt(end) != '/') {
            end++;
        }
        return name.substring(start, end);
    }

    /** Returns {@code 200} for {@code PJSIP/200-0000002a} and {@code Local/200@ctx-0000002a;1}. */
    static String ofChannel(String name) {
        int slash = name.indexOf('/');
        int at = name.indexOf('@');
        int dash = name.lastIndexOf('-');
        int end = at > slash ? at : dash > slash ? dash : name.length();
        return name.substring(slash + 1, end);
    }

    /** Returns the member's extension: what is dialled, or else the device that counts. */
    static String ofMember(String memberInterface, String stateInterface) {
        boolean named = memberInterface.indexOf('/') >= 0 && !memberInterface.startsWith("Agent/");
        return extension(named || stateInterface.isEmpty() ? memberInterface : stateInterface);
    }
}
