package io.github.pbxsdk.ami.state;

/** How far a call is. */
public enum CallPhase {
    /** It is on its way; nobody rings yet, or nothing more is known. */
    STARTED,
    /** A telephone rings. */
    RINGING,
    /** The PBX itself answered: an announcement, a menu, a conference with one, voicemail. */
    CONNECTED,
    /** The caller waits in a queue. */
    QUEUED,
    /** Two or more talk. */
    TALKING,
    /** Somebody is parked. */
    PARKED,
    /** All its channels have gone. */
    ENDED
}
