/**
 * Asterisk REST Interface: control channels, bridges and recordings, follow events.
 *
 * <p>Start at {@link io.github.pbxsdk.ari.AriClient}. Clients, groups and handles may be shared
 * between threads, builders may not. Listeners of one client run one at a time, in the order the
 * server sent the events. Arguments must not be null unless marked so.
 */
@NullMarked
package io.github.pbxsdk.ari;

import org.jspecify.annotations.NullMarked;
