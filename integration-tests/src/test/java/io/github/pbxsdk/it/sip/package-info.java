/** The SIP client on real servers; start at {@code SipClientIT}. */
@org.jspecify.annotations.NullMarked
package io.github.pbxsdk.it.sip;
