package io.github.pbxsdk.ami.event;

/** Devices and peers: states, contacts, endpoints, registrations, hints. */
public non-sealed interface DeviceEvent extends AmiEvent {}
