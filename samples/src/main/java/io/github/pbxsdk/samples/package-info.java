/**
 * One program per task, to read and to copy.
 *
 * <p>Start with {@link io.github.pbxsdk.samples.FirstSteps}. What reads settings and prints lies in
 * {@code runner}, and has nothing to do with the SDK; {@code samples/run} lists all samples.
 */
@NullMarked
package io.github.pbxsdk.samples;

import org.jspecify.annotations.NullMarked;
