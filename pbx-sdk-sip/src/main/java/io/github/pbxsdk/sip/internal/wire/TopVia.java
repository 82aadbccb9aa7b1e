package io.github.pbxsdk.sip.internal.wire;

import org.jspecify.annotations.Nullable;

/**
 * What the topmost Via says.
 *
 * @param sentBy host and port as the sender wrote them
 * @param branch names the transaction; empty from very old senders
 * @param received where the server saw the request come from, if it says so
 * @param rport from which port, or 0
 */
public record TopVia(String sentBy, String branch, @Nullable String received, int rport) {}
