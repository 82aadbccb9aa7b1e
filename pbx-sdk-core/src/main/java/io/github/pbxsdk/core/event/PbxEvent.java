package io.github.pbxsdk.core.event;

/**
 * Something that happened; immutable.
 *
 * <p>Each module has one root below this for what its protocol reports. Connection changes and
 * {@link GapEvent} are common to all.
 */
public interface PbxEvent {}
