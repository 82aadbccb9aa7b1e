package io.github.pbxsdk.sip.event;

/** Something happened to the registration of an extension. */
public non-sealed interface RegistrationEvent extends SipEvent {}
