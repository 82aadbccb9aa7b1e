/**
 * The walk through the product that {@code ./demo} takes. Start at {@link
 * io.github.pbxsdk.samples.demo.Demo}; each {@link io.github.pbxsdk.samples.demo.Scene} shows one
 * thing, together with the lines of its own source that do it.
 */
@NullMarked
package io.github.pbxsdk.samples.demo;

import org.jspecify.annotations.NullMarked;
