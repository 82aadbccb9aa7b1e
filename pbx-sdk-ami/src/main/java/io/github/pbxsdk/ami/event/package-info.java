/**
 * What the server reports, one class for each event.
 *
 * <p>Start at {@link io.github.pbxsdk.ami.event.AmiEvent}. Events are immutable and may be kept and
 * handed to other threads.
 */
@NullMarked
package io.github.pbxsdk.ami.event;

import org.jspecify.annotations.NullMarked;
