/** Recordings of real calls, synced from real servers. */
@NullMarked
package io.github.pbxsdk.it.recordings;

import org.jspecify.annotations.NullMarked;
