package io.github.pbxsdk.ami.event;

/** Faxes sent and received. */
public non-sealed interface FaxEvent extends AmiEvent {}
