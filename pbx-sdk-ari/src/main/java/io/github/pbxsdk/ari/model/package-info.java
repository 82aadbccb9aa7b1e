/**
 * What the server describes: channels, bridges, recordings and the like, each as it was when the
 * server wrote it.
 *
 * <p>Start at {@link io.github.pbxsdk.ari.model.Channel}. Everything is immutable and read on
 * demand: a text that was left out is empty where every server sends it and an empty {@code
 * Optional} where some do not, and what has no method is in {@code raw()}.
 */
@NullMarked
package io.github.pbxsdk.ari.model;

import org.jspecify.annotations.NullMarked;
