/**
 * SIP: be an extension of the PBX, over UDP, TCP, TLS, WS or WSS.
 *
 * <p>Start at {@link io.github.pbxsdk.sip.SipClient}. Clients may be shared between threads,
 * builders may not. Listeners of one client run one at a time, in the order in which things came.
 * Arguments must not be null unless marked so.
 */
@NullMarked
package io.github.pbxsdk.sip;

import org.jspecify.annotations.NullMarked;
