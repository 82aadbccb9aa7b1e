package io.github.pbxsdk.ami.event;

/** A channel is called, rings, and answers or not. */
public non-sealed interface DialEvent extends AmiEvent {}
