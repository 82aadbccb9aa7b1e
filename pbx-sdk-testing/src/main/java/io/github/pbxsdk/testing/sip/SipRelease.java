package io.github.pbxsdk.testing.sip;

import java.util.List;

/** What differs between the servers that are imitated. */
enum SipRelease {
    /** Asterisk 16.28.0. */
    ASTERISK_16("16.28.0"),
    /** Asterisk 22.10.1. */
    ASTERISK_22("22.10.1");

    private final String version;

    SipRelease(String version) {
        this.version = version;
    }

    private List<String> algorithms() {
        return this == ASTERISK_16 ? List.of("MD5") : List.of("MD5", "SHA-256");
    }

    /** Returns what it calls itself. */
    String product() {
        return "Asterisk PBX " + version;
    }

    /** Returns the methods that it names as allowed. */
    String methods() {
        return "OPTIONS, REGISTER, SUBSCRIBE, NOTIFY, PUBLISH, INVITE, ACK, BYE, CANCEL, UPDATE, PRACK,"
                + (this == ASTERISK_16 ? " MESSAGE, REFER" : " MESSAGE, INFO, REFER");
    }

    /** Returns the algorithms that it can do, of those that are set. */
    List<String> algorithms(List<String> set) {
        return set.stream().filter(algorithms()::contains).toList();
    }

    /** Tells whether it can do all of these algorithms. */
    boolean knows(List<String> names) {
        return algorithms().containsAll(names);
    }

    /** Tells whether a watcher who leaves hears a last word. */
    boolean notifiesAtTheEnd() {
        return this == ASTERISK_22;
    }

    /** Tells whether its texts carry a {@code Contact}, which RFC 3428 forbids. */
    boolean putsContactIntoTexts() {
        return this == ASTERISK_16;
    }

    /** Tells whether a request may be for a telephone number as a {@code tel} URI. */
    boolean takesTelephoneUris() {
        return this == ASTERISK_22;
    }

    /** Tells whether the end of a WebSocket ends what was registered over all of its address. */
    boolean takesWebSocketsOfAnAddressForOne() {
        return this == ASTERISK_16;
    }

    /** Tells which of several devices gets a text: only one does. */
    boolean prefersFirstContact() {
        return this == ASTERISK_16;
    }
}
