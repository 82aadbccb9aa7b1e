/** The roads that messages travel: UDP, TCP, TLS, WS, WSS. */
@NullMarked
package io.github.pbxsdk.sip.internal.transport;

import org.jspecify.annotations.NullMarked;
