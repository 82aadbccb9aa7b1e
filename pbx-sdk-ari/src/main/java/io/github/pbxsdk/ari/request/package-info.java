/**
 * What an operation is to do, where that takes more than a few words.
 *
 * <p>Start at {@link io.github.pbxsdk.ari.request.OriginateRequest}. Requests are immutable and may
 * be used again; builders are not thread-safe.
 */
@NullMarked
package io.github.pbxsdk.ari.request;

import org.jspecify.annotations.NullMarked;
