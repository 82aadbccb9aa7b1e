package io.github.pbxsdk.core.call;

/** Which way a call went, seen from the PBX. */
public enum CallDirection {
    /** From outside, over a trunk. */
    INBOUND,
    /** To the outside, over a trunk. */
    OUTBOUND,
    /** Between extensions. */
    INTERNAL,
    /** Nobody could tell. */
    UNKNOWN
}
