package io.github.pbxsdk.ami.event;

/** Scripts that steer a call over AGI. */
public non-sealed interface AgiEvent extends AmiEvent {}
