package io.github.pbxsdk.ami.event;

/** What people say of their presence. */
public non-sealed interface PresenceEvent extends AmiEvent {}
