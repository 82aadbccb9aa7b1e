package io.github.pbxsdk.core;

/** What a dashboard paints: the state of something in one colour. */
public enum Light {
    /** It does not work, and will not without somebody's help or a new try. */
    RED,
    /** It does not work yet, and we are at it. */
    YELLOW,
    /** It works. */
    GREEN
}
