package io.github.pbxsdk.ami.event;

/** Agents of queues and of the agent pool: called, connected, logged in. */
public non-sealed interface AgentEvent extends AmiEvent {}
