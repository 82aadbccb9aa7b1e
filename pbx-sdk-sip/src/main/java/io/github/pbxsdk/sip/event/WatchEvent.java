package io.github.pbxsdk.sip.event;

/** Something that is watched has changed, or the watching itself. */
public non-sealed interface WatchEvent extends SipEvent {}
