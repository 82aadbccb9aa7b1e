package io.github.pbxsdk.ami.event;

/** Music on hold. */
public non-sealed interface MusicEvent extends AmiEvent {}
