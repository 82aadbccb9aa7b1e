package io.github.pbxsdk.sms;

import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.observe.Metric;
import io.github.pbxsdk.core.observe.PbxObserver;
import io.github.pbxsdk.core.observe.Tags;
import io.github.pbxsdk.core.state.StateException;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.sms.SendPolicy.Refusal;
import io.github.pbxsdk.sms.SmsRejectedException.Kind;
import io.github.pbxsdk.sms.provider.SmsProvider;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a text passes before it leaves: the list of opt-outs, the policy, the counters of use. */
final class SendGate {

    private static final Logger log = LoggerFactory.getLogger(SendGate.class);

    private final @Nullable OptOuts optOuts;
    private final @Nullable SendPolicy policy;
    private final @Nullable UsageCounters counters;
    private final PbxResources resources;
    private final Tags tags;

    SendGate(SmsClient.Builder settings, StateStore store, PbxResources resources, String host) {
        this.optOuts = settings.optOuts;
        this.policy = settings.policy;
        this.counters = policy == null ? null : new UsageCounters(store, policy);
        this.resources = resources;
        Tags client = Tags.of("client", "sms").and("host", host);
        this.tags =
                policy == null || policy.tenant().isEmpty()
                        ? client
                        : client.and("tenant", policy.tenant());
    }

    /** Tells whether there is something to ask, which may block. */
    boolean isGuarded() {
        return optOuts != null || policy != null;
    }

    /**
     * Lets a text pass, and counts it.
     *
     * @return what of the provider may carry it
     * @throws SmsRejectedException if it may not pass
     */
    SmsProvider enter(SmsProvider provider, TextMessage message, Instant now) {
        SmsProvider permitted = optOuts == null ? provider : permitted(optOuts, provider, message);
        if (policy != null && counters != null) {
            policy.refusal(message, now)
                    .or(() -> counters.take(message, now))
                    .ifPresent(
                            refusal -> {
                                throw refused(Kind.POLICY, refusal.name(), refusal.words());
                            });
        }
        return permitted;
    }

    private SmsProvider permitted(OptOuts list, SmsProvider provider, TextMessage message) {
        try {
            return provider.permitted(message, outgoing -> isWanted(list, outgoing))
                    .orElseThrow(
                            () ->
                                    refused(
                                            Kind.OPTED_OUT,
                                            "OPTED_OUT",
                                            "the recipient wants no texts"));
        } catch (StateException e) {
            throw new PbxException("the opt-outs can't be read, so nothing was sent", e, false);
        }
    }

    private static boolean isWanted(OptOuts list, TextMessage message) {
        Address ours = message.from().orElse(null);
        return message.to().stream().noneMatch(person -> list.isOptedOut(ours, person));
    }

    private SmsRejectedException refused(Kind kind, String code, String words) {
        count(SmsMetrics.REFUSALS, tags.and("reason", code), 1);
        return new SmsRejectedException("not sent: " + words, kind, 0, code, words);
    }

    /** Takes back what {@link #enter} counted, for a text that certainly was not sent. */
    void giveBack(TextMessage message, Instant enteredAt) {
        if (counters != null) {
            try {
                counters.giveBack(message, enteredAt);
            } catch (PbxException e) {
                // The limit is reached one text early, which is the safe side.
                log.warn("a text that was not sent stays counted: {}", e.getMessage());
            }
        }
    }

    /** Notes that the provider took a text. */
    void sent(int segments) {
        count(SmsMetrics.TEXTS, tags, 1);
        count(SmsMetrics.SEGMENTS, tags, segments);
    }

    /**
     * Notes what the provider knew and the list of opt-outs did not.
     *
     * @param provider what {@link #enter} returned
     */
    void refusedByProvider(SmsProvider provider, TextMessage message, Throwable failure) {
        if (optOuts == null
                || !(failure instanceof SmsRejectedException no)
                || no.kind() != Kind.OPTED_OUT) {
            return;
        }
        try {
            Address ours = onlySender(provider, message);
            message.to().forEach(person -> optOuts.add(ours, person));
        } catch (StateException e) {
            log.warn("an opt-out of the provider could not be noted: {}", e.getMessage());
        }
    }

    /** Returns from whom the text went, or null where it may have been one of several. */
    private static @Nullable Address onlySender(SmsProvider provider, TextMessage message) {
        Set<Optional<Address>> senders = new HashSet<>();
        provider.permitted(
                message,
                outgoing -> {
                    senders.add(outgoing.from());
                    return true;
                });
        return senders.size() == 1 ? senders.iterator().next().orElse(null) : null;
    }

    private void count(Metric metric, Tags of, long amount) {
        PbxObserver observer = resources.observer();
        if (observer == PbxObserver.none()) {
            return;
        }
        try {
            resources.executor().execute(() -> observer.count(metric, of, amount));
        } catch (RejectedExecutionException e) {
            log.debug("the executor is shut down, so the observer is not told any more");
        }
    }

    /** Returns what is refused at another time perhaps not. */
    static boolean isPassing(SmsRejectedException no) {
        return no.kind() == Kind.RATE_LIMITED
                || (no.kind() == Kind.POLICY
                        && Arrays.stream(Refusal.values())
                                .filter(refusal -> refusal.name().equals(no.providerCode()))
                                .anyMatch(Refusal::isPassing));
    }
}
