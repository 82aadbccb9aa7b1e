/**
 * Call recordings that just arrive: each once, whole, with who called whom and when.
 *
 * <p>Start at {@link io.github.pbxsdk.recordings.RecordingSync}: it takes recordings from sources,
 * hurried by signals, and gives them to sinks. A sync and its parts may be shared between threads,
 * builders may not. Arguments must not be null unless marked so.
 */
@NullMarked
package io.github.pbxsdk.recordings;

import org.jspecify.annotations.NullMarked;
