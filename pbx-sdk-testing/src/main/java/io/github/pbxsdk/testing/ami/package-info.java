/**
 * An Asterisk manager interface for tests, on loopback.
 *
 * <p>Start at {@link io.github.pbxsdk.testing.ami.FakeAmi}. It speaks the protocol over real
 * sockets and knows no client. Arguments must not be null.
 */
@NullMarked
package io.github.pbxsdk.testing.ami;

import org.jspecify.annotations.NullMarked;
