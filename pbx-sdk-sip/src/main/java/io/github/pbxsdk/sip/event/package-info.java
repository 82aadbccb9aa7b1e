/**
 * What a {@link io.github.pbxsdk.sip.SipClient} reports: registrations that change, texts that
 * arrive, what watched extensions do.
 *
 * <p>Start at {@link io.github.pbxsdk.sip.event.SipEvent}. All types are immutable.
 */
@NullMarked
package io.github.pbxsdk.sip.event;

import org.jspecify.annotations.NullMarked;
