package io.github.pbxsdk.testing.sms;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Headers that are made with a key. */
record HeaderProof<K>(K key, K otherKey, Scheme<K> scheme, Set<WebhookFault> without)
        implements Proof {

    /** Signs what the body says, without a time. */
    static <K> Proof ofBody(K key, K otherKey, Scheme<K> scheme) {
        return new HeaderProof<>(key, otherKey, scheme, EnumSet.of(WebhookFault.TOO_OLD));
    }

    /** Signs what the body says, and when. */
    static <K> Proof ofBodyAndTime(K key, K otherKey, Scheme<K> scheme) {
        return new HeaderProof<>(key, otherKey, scheme, EnumSet.noneOf(WebhookFault.class));
    }

    /** Says a secret, whatever the body says. */
    static <K> Proof ofNothing(K key, K otherKey, Scheme<K> scheme) {
        return new HeaderProof<>(
                key, otherKey, scheme, EnumSet.of(WebhookFault.TOO_OLD, WebhookFault.CHANGED_BODY));
    }

    @Override
    public Outgoing genuine(Outgoing call, Instant at) {
        return call.with(scheme.headers(call, at, key));
    }

    @Override
    public Outgoing forged(Outgoing call, Instant at) {
        return call.with(scheme.headers(call, at, otherKey));
    }

    @Override
    public Outgoing bare(Outgoing call) {
        return call;
    }

    @Override
    public Set<WebhookFault> faults() {
        EnumSet<WebhookFault> all = EnumSet.allOf(WebhookFault.class);
        all.removeAll(without);
        return all;
    }

    /** Makes the headers. */
    @FunctionalInterface
    interface Scheme<K> {

        Map<String, String> headers(Outgoing call, Instant at, K key);
    }
}
