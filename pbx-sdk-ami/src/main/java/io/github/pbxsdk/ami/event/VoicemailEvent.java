package io.github.pbxsdk.ami.event;

/** Mailboxes and the messages waiting in them. */
public non-sealed interface VoicemailEvent extends AmiEvent {}
