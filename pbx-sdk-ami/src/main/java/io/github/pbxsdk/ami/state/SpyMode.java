package io.github.pbxsdk.ami.state;

/** What a supervisor can do in a call of others. */
public enum SpyMode {
    /** Hears both, and nobody hears the supervisor. */
    LISTEN("qE"),
    /** Hears both, and is heard by the one spied on alone. */
    WHISPER("qwE"),
    /** Hears both, and is heard by both. */
    BARGE("qBE");

    private final String options;

    SpyMode(String options) {
        this.options = options;
    }

    /** Returns the options of ChanSpy: quiet, ends with the channel. */
    String options() {
        return options;
    }
}
