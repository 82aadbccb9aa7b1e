package io.github.pbxsdk.freepbx;

/**
 * An agent of a queue.
 *
 * @param extension the number
 * @param dynamic whether the agent may log in and out; the others are always there
 */
public record QueueAgent(String extension, boolean dynamic) {}
