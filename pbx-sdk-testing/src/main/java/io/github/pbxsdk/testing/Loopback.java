package io.github.pbxsdk.testing;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/** The only network that this package touches. */
final class Loopback {

    private Loopback() {}

    static InetSocketAddress check(InetSocketAddress target) {
        InetAddress address = target.getAddress();
        if (address == null || !address.isLoopbackAddress()) {
            throw new IllegalArgumentException(
                    "a fault proxy reaches servers on loopback only, not " + target);
        }
        return target;
    }

    static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }
}
