package io.github.pbxsdk.ami.event;

/** What a channel does: it comes up, changes, is held, spied on, and ends. */
public non-sealed interface ChannelEvent extends AmiEvent {}
