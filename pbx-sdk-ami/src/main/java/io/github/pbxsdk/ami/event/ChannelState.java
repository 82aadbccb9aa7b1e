package io.github.pbxsdk.ami.event;

/** The state of a channel. */
public enum ChannelState {
    /** It exists and is not in use. */
    DOWN("Down"),
    /** It is reserved. */
    RESERVED("Rsrvd"),
    /** Its handset is off the hook. */
    OFF_HOOK("OffHook"),
    /** Digits are being dialled. */
    DIALING("Dialing"),
    /** It calls, and the other end rings. */
    RING("Ring"),
    /** It rings itself. */
    RINGING("Ringing"),
    /** It is answered. */
    UP("Up"),
    /** The line is busy. */
    BUSY("Busy"),
    /** Digits are being dialled while off the hook. */
    DIALING_OFF_HOOK("Dialing Offhook"),
    /** A call is coming in and it waits for the caller's number. */
    PRE_RING("Pre-ring"),
    /** A state that this SDK doesn't know; the lines of the event have the server's word for it. */
    OTHER("");

    private static final ChannelState[] BY_NUMBER = values();

    private final String text;

    ChannelState(String text) {
        this.text = text;
    }

    /** Returns the state with the number and the words that the server sends for it. */
    static ChannelState of(String number, String text) {
        if (number.length() == 1 && number.charAt(0) >= '0' && number.charAt(0) <= '9') {
            return BY_NUMBER[number.charAt(0) - '0'];
        }
        for (ChannelState state : BY_NUMBER) {
            if (state.text.equals(text)) {
                return state;
            }
        }
        return OTHER;
    }
}
