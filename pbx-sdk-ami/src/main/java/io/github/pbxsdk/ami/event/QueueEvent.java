package io.github.pbxsdk.ami.event;

/** Queues: their callers, their members, and their figures. */
public non-sealed interface QueueEvent extends AmiEvent {}
