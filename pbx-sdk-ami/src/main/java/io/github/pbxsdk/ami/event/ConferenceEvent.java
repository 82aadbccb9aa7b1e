package io.github.pbxsdk.ami.event;

/** Conference rooms, of ConfBridge and of MeetMe. */
public non-sealed interface ConferenceEvent extends AmiEvent {}
