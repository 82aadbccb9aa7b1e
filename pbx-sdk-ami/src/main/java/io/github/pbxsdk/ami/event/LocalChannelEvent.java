package io.github.pbxsdk.ami.event;

/** Pairs of {@code Local} channels, which Asterisk makes inside itself and often optimises away. */
public non-sealed interface LocalChannelEvent extends AmiEvent {}
