/**
 * What a PBX writes down about calls that are over.
 *
 * <p>Start at {@link io.github.pbxsdk.core.call.CallRecordSource}. Records and queries are
 * immutable values and may be shared between threads. Arguments must not be null unless marked so.
 *
 * <p>A source has blocking methods only: a stream of records is read by whoever asked for it, on
 * that thread, and an implementation stays a few lines of JDBC. The clients that have such a source
 * offer asynchronous doors of their own beside it.
 */
@NullMarked
package io.github.pbxsdk.core.call;

import org.jspecify.annotations.NullMarked;
