/**
 * The manager API of asterisk-java on the connection of this SDK.
 *
 * <p>Start at {@link io.github.pbxsdk.asteriskjava.PbxManagerConnection}. Listeners and callbacks
 * of one connection run one at a time, in the order of the server, and may call its operations.
 * Arguments must not be null unless marked so.
 */
@NullMarked
package io.github.pbxsdk.asteriskjava;

import org.jspecify.annotations.NullMarked;
