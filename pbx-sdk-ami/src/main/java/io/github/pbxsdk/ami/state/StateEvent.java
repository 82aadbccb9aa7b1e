package io.github.pbxsdk.ami.state;

import io.github.pbxsdk.core.event.PbxEvent;

/**
 * Something changed in the picture that {@link AmiState} has of the PBX.
 *
 * <p>Not meant to be implemented elsewhere; more kinds may come.
 */
public interface StateEvent extends PbxEvent {}
