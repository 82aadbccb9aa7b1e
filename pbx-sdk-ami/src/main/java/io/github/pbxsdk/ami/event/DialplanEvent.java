package io.github.pbxsdk.ami.event;

/** Steps of the dialplan: extensions, variables, handlers, and events that it raises itself. */
public non-sealed interface DialplanEvent extends AmiEvent {}
