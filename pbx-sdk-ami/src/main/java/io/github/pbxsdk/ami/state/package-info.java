/**
 * What is on the PBX now: calls, queues, telephones, trunks; and what can be done with a call.
 *
 * <p>Start at {@link io.github.pbxsdk.ami.state.AmiState}. All values are immutable and show one
 * moment; they may be kept and handed to other threads.
 */
@NullMarked
package io.github.pbxsdk.ami.state;

import org.jspecify.annotations.NullMarked;
