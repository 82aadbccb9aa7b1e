/**
 * Watching clients at work: figures, progress and recorded wire traffic.
 *
 * <p>Start at {@link io.github.pbxsdk.core.observe.PbxObserver} for figures, at {@link
 * io.github.pbxsdk.core.observe.ProgressListener} for work that takes long, and at {@link
 * io.github.pbxsdk.core.observe.FlightRecorder} for what went over the wire. Nothing of this can
 * hurt a client: what throws is logged, and a full disk stops the recording alone. Arguments must
 * not be null unless marked so.
 */
@NullMarked
package io.github.pbxsdk.core.observe;

import org.jspecify.annotations.NullMarked;
