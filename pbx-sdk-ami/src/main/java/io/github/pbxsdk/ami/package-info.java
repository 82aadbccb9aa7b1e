/**
 * Asterisk Manager Interface: log in, run actions, follow events.
 *
 * <p>Clients may be shared between threads, builders may not. Listeners of one client run one at a
 * time, in the order the server sent the events. Arguments must not be null unless marked so.
 */
@NullMarked
package io.github.pbxsdk.ami;

import org.jspecify.annotations.NullMarked;
