package io.github.pbxsdk.sms.conversation;

import java.net.Inet4Address;
import java.net.InetAddress;

/** Tells addresses of the internet from those of one's own network, and from all special ones. */
final class PublicAddresses {

    private PublicAddresses() {}

    static boolean contain(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        byte[] bytes = address.getAddress();
        return address instanceof Inet4Address ? isPublic4(bytes) : isPublic6(bytes);
    }

    /** Shared (100.64/10), protocols (192.0.0/24), tests (198.18/15), this net, the reserved. */
    private static boolean isPublic4(byte[] bytes) {
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        boolean shared = first == 100 && (second & 0xc0) == 64;
        boolean protocols = first == 192 && second == 0 && bytes[2] == 0;
        boolean tests = first == 198 && (second & 0xfe) == 18;
        return first != 0 && first < 224 && !shared && !protocols && !tests;
    }

    /** Global unicast is 2000::/3; within it 2002::/16 wraps an IPv4 address of any kind. */
    private static boolean isPublic6(byte[] bytes) {
        boolean global = (bytes[0] & 0xe0) == 0x20;
        boolean wraps = bytes[0] == 0x20 && bytes[1] == 0x02;
        return global && !wraps;
    }
}
