package io.github.pbxsdk.ami.event;

/** Channels that are connected with each other. */
public non-sealed interface BridgeEvent extends AmiEvent {}
