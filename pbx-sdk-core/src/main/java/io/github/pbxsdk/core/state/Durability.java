package io.github.pbxsdk.core.state;

/** What a commit to a {@link FileStateStore} waits for. */
public enum Durability {

    /** Until it is on the disk: it survives a loss of power. */
    DISK,

    /**
     * Until the operating system has it: it survives the end of the process, however sudden, but
     * the last seconds may be gone after a loss of power.
     *
     * <p>Many times faster; for what can be found out again, such as how far a list was read.
     */
    OPERATING_SYSTEM
}
