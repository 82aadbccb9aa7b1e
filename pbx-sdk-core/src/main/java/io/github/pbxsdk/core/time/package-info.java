/** The clock behind every client, and one for tests. */
@NullMarked
package io.github.pbxsdk.core.time;

import org.jspecify.annotations.NullMarked;
