package io.github.pbxsdk.ami.event;

/** Keys pressed, and flashes of the hook. */
public non-sealed interface DtmfEvent extends AmiEvent {}
