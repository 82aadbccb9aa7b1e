/**
 * One door for a whole PBX: texts, live events, calls, registration and configuration.
 *
 * <p>Start at {@link io.github.pbxsdk.pbx.Pbx}. It may be shared between threads, its builder may
 * not. Arguments must not be null unless marked so.
 */
@NullMarked
package io.github.pbxsdk.pbx;

import org.jspecify.annotations.NullMarked;
