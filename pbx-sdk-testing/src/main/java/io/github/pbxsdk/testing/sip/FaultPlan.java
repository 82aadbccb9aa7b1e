package io.github.pbxsdk.testing.sip;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Which faults are still to come; used by the server's thread only. */
final class FaultPlan {

    private final Map<String, Deque<SipFault>> next = new HashMap<>();
    private final Map<String, SipFault> always = new HashMap<>();
    private @Nullable SplittableRandom lots;
    private double lost;
    private double doubled;

    void add(String method, SipFault fault) {
        next.computeIfAbsent(method, key -> new ArrayDeque<>()).add(fault);
    }

    void always(String method, SipFault fault) {
        always.put(method, fault);
    }

    void unreliable(long seed, double lostShare, double doubledShare) {
        lots = new SplittableRandom(seed);
        lost = lostShare;
        doubled = doubledShare;
    }

    void heal() {
        next.clear();
        always.clear();
        lots = null;
    }

    /** Takes the next fault for a method if it is one of those. */
    @Nullable SipFault take(String method, Predicate<SipFault> wanted) {
        Deque<SipFault> waiting = next.getOrDefault(method, new ArrayDeque<>());
        SipFault first = waiting.peek();
        if (first != null) {
            return wanted.test(first) ? waiting.poll() : null;
        }
        SipFault constant = always.get(method);
        return constant != null && wanted.test(constant) ? constant : null;
    }

    /** Draws how often the next datagram arrives: once, unless it was made to be otherwise. */
    int copies(SipPeer peer) {
        if (lots == null || !peer.losesMessages()) {
            return 1;
        }
        double lot = lots.nextDouble();
        return lot < lost ? 0 : lot < lost + doubled ? 2 : 1;
    }
}
