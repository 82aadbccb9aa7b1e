package io.github.pbxsdk.ami.event;

/** Calls in the parking lot. */
public non-sealed interface ParkingEvent extends AmiEvent {}
