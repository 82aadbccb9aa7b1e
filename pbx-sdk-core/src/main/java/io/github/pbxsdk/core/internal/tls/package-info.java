/** Trust, sockets and failures of TLS; start at {@code TlsSockets}. */
@NullMarked
package io.github.pbxsdk.core.internal.tls;

import org.jspecify.annotations.NullMarked;
