/**
 * What all samples share: settings, {@code --help}, {@code --json} and exit codes.
 *
 * <p>Start at {@link io.github.pbxsdk.samples.runner.Sample}. It is no part of the SDK and not
 * published.
 */
@NullMarked
package io.github.pbxsdk.samples.runner;

import org.jspecify.annotations.NullMarked;
