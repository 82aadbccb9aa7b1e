package io.github.pbxsdk.ari.event;

/** What happens to an application and to its connection. */
public non-sealed interface ApplicationEvent extends AriEvent {}
