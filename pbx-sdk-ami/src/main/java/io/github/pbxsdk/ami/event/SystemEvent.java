package io.github.pbxsdk.ami.event;

/** The server itself: start, end, modules, logs. */
public non-sealed interface SystemEvent extends AmiEvent {}
