package io.github.pbxsdk.core.recording;

/**
 * From where the start of a {@link CallRecording} is known, the best first.
 *
 * <p>No PBX tells when a recording was made, so the time is put together from what there is.
 */
public enum StartOrigin {
    /** The end of the recording was seen live, and its length is known. */
    FINISH_EVENT,
    /** The call record with its unique id. */
    CALL_RECORD,
    /** The second at the beginning of its unique id, free of time zone and daylight saving. */
    UNIQUEID,
    /** The stamp in its name, in the zone that the PBX was said to have. */
    NAME_STAMP,
    /** The day of the directory it lies in. */
    DIRECTORY,
    /** The last change of the file, which is its end or a later conversion. */
    LAST_MODIFIED,
    /** The time at which we saw it for the first time. */
    FIRST_SEEN,
    /** Nothing tells. */
    UNKNOWN;

    /** Returns whether a start from here should replace one from the other. */
    public boolean isBetterThan(StartOrigin other) {
        return compareTo(other) < 0;
    }
}
