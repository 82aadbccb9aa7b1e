package io.github.pbxsdk.ami.event;

/** Call completion: the server calls back when a busy line is free. */
public non-sealed interface CallCompletionEvent extends AmiEvent {}
