/**
 * What all clients share: failures, threads, credentials and the state of connections.
 *
 * <p>Start at {@link io.github.pbxsdk.core.PbxResources}. Arguments must not be null unless marked
 * so.
 */
@NullMarked
package io.github.pbxsdk.core;

import org.jspecify.annotations.NullMarked;
