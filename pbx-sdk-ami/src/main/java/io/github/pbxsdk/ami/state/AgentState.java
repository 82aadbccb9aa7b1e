package io.github.pbxsdk.ami.state;

/** What a member of a queue is doing. */
public enum AgentState {
    /** Takes calls. */
    AVAILABLE,
    /** The telephone rings. */
    RINGING,
    /** Is in a call, of this queue or another one, or has one on hold. */
    BUSY,
    /** Has paused; {@link QueueMember#pauseReason} may say why. */
    PAUSED,
    /** The telephone cannot be reached. */
    UNAVAILABLE
}
