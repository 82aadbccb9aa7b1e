package io.github.pbxsdk.ami.event;

/** Recordings of calls that begin, pause and end. */
public non-sealed interface RecordingEvent extends AmiEvent {}
