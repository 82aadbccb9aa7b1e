package io.github.pbxsdk.ami.event;

/** Records of calls for accounting: CDR and CEL. */
public non-sealed interface CallRecordEvent extends AmiEvent {}
