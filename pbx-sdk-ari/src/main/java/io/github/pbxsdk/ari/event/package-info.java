/**
 * What the server reports, one class for each type of event.
 *
 * <p>Start at {@link io.github.pbxsdk.ari.event.AriEvent}. Events are immutable and may be kept and
 * handed to other threads.
 */
@NullMarked
package io.github.pbxsdk.ari.event;

import org.jspecify.annotations.NullMarked;
