package io.github.pbxsdk.ami.event;

/** Log-ins and requests that were let in or refused. */
public non-sealed interface SecurityEvent extends AmiEvent {}
