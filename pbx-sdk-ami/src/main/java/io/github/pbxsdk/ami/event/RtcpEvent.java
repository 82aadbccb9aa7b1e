package io.github.pbxsdk.ami.event;

/** Reports on the quality of a media stream. */
public non-sealed interface RtcpEvent extends AmiEvent {}
