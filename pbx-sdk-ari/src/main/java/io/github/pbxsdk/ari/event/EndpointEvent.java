package io.github.pbxsdk.ari.event;

/** What an endpoint does: it comes and goes, and is what an event or text is about. */
public non-sealed interface EndpointEvent extends AriEvent {}
