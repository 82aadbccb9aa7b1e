package io.github.pbxsdk.ami.event;

/** Advice of charge. */
public non-sealed interface AocEvent extends AmiEvent {}
