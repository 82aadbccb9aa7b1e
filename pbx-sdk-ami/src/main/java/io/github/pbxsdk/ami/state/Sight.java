package io.github.pbxsdk.ami.state;

import io.github.pbxsdk.core.ConnectionStatus;
import java.util.Set;

/**
 * How much can be seen of the PBX at a moment.
 *
 * @param current whether the picture is up to date
 * @param unavailable what the server does not list
 */
record Sight(boolean current, ConnectionStatus connection, Set<StatePart> unavailable) {}
