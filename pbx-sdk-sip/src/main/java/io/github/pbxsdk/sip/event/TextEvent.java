package io.github.pbxsdk.sip.event;

/** A text came. */
public non-sealed interface TextEvent extends SipEvent {}
