package io.github.pbxsdk.core.recording;

/** What a {@link RecordingSource} can do beyond handing out a recording that is known by name. */
public enum SourceCapability {
    /** It can list what it has: {@link RecordingSource#stream()}. */
    LIST,
    /** It can look for one without fetching it: {@link RecordingSource#find}. */
    FIND,
    /** It can begin in the middle, so that a broken transfer is resumed. */
    RANGES,
    /** It knows when a file was last changed. */
    MODIFICATION_TIME
}
