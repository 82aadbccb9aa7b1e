package io.github.pbxsdk.ami.event;

/** A call is handed to somebody else. */
public non-sealed interface TransferEvent extends AmiEvent {}
