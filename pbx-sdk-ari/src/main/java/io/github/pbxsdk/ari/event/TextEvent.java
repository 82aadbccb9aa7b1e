package io.github.pbxsdk.ari.event;

/** Texts that come in. */
public non-sealed interface TextEvent extends AriEvent {}
