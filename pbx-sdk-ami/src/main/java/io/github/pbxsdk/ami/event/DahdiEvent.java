package io.github.pbxsdk.ami.event;

/** Telephone lines on cards: DAHDI, PRI and their alarms. */
public non-sealed interface DahdiEvent extends AmiEvent {}
