package io.github.pbxsdk.ari.event;

/** What a device does. */
public non-sealed interface DeviceEvent extends AriEvent {}
