package io.github.pbxsdk.sms.provider;

import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.internal.Futures;
import io.github.pbxsdk.core.internal.RootFuture;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.Address.Kind;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.sms.SmsRejectedException;
import io.github.pbxsdk.sms.event.SmsOrigin;
import io.github.pbxsdk.sms.provider.SmsCapabilities.Feature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Several providers, one after the other: the next is asked only when the one before certainly did
 * not send.
 *
 * <pre>{@code
 * SmsClient sms = SmsClient.builder()
 *         .provider(FailoverSms.builder("clinic")
 *                 .add(broadcast)
 *                 .add(twilio, Address.phone("+61491570110"))      // sends from another number
 *                 .build())
 *         .build();
 * }</pre>
 *
 * <p>It goes on when a provider can't be reached, refuses our credentials or sender, has no money,
 * no road or no time for us, and when a text is nothing that it {@linkplain
 * SmsCapabilities#objection can send}. It does not when nobody knows whether the text was sent, nor
 * when the no is about the recipient, his wish or the content: another road makes that no better.
 * {@link io.github.pbxsdk.sms.SendResult#origin} says who took the text. A list of opt-outs is
 * asked about the sender that each of them really uses.
 *
 * <p>One ledger stands over all of it, under the name of the chain. Receiving is the business of
 * each provider, with a client of its own. Immutable.
 */
public final class FailoverSms implements SmsProvider {

    private final SmsOrigin origin;
    private final List<Road> roads;
    private final SmsCapabilities capabilities;

    private FailoverSms(SmsOrigin origin, List<Road> roads) {
        this.origin = origin;
        this.roads = List.copyOf(roads);
        this.capabilities = capabilitiesOf(roads);
    }

    /**
     * Returns a builder.
     *
     * @param name of the chain; the ledger knows its texts by it, so it should stay
     */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    /** Any of them will do for a text; for looking one up, all are needed. */
    private static SmsCapabilities capabilitiesOf(List<Road> roads) {
        SmsCapabilities.Builder all =
                SmsCapabilities.builder()
                        .segmentProfile(roads.get(0).capabilities().segmentProfile())
                        .recipients(Kind.PHONE_NUMBER, Kind.values())
                        .senders(Kind.PHONE_NUMBER, Kind.values())
                        .maxMedia(Integer.MAX_VALUE);
        for (Feature feature : List.of(Feature.SCHEDULE, Feature.VALIDITY, Feature.ATTRIBUTES)) {
            all.addFeature(feature);
        }
        all.addFeature(Feature.ATTACHMENTS);
        if (roads.stream().allMatch(road -> road.capabilities().can(Feature.LOOKUP))) {
            all.addFeature(Feature.LOOKUP);
        }
        return all.build();
    }

    @Override
    public SmsOrigin origin() {
        return origin;
    }

    /**
     * Returns what at least one of the providers may do; each text is shown to each of them before
     * it is sent there.
     */
    @Override
    public SmsCapabilities capabilities() {
        return capabilities;
    }

    /**
     * Returns those that can send it and from whose sender all recipients want texts. Where none
     * can send it, {@link #sendAsync} says why.
     */
    @Override
    public Optional<SmsProvider> permitted(TextMessage message, Predicate<TextMessage> isWanted) {
        List<Road> able = roads.stream().filter(road -> road.objection(message).isEmpty()).toList();
        if (able.isEmpty()) {
            return Optional.of(this);
        }
        List<Road> permitted =
                able.stream()
                        .map(road -> road.permitted(message, isWanted))
                        .flatMap(Optional::stream)
                        .toList();
        return permitted.isEmpty()
                ? Optional.empty()
                : Optional.of(new FailoverSms(origin, permitted));
    }

    /**
     * Sends by the first that takes it.
     *
     * @throws IllegalArgumentException if none of them can send such a text
     */
    @Override
    public CompletableFuture<ProviderReceipt> sendAsync(
            OutgoingMessage message, ProviderHttp http) {
        List<Road> open = open(message);
        RootFuture<ProviderReceipt> root = new RootFuture<>(Runnable::run);
        send(root, open, 0, message, http, new ArrayList<>());
        return root;
    }

    private List<Road> open(OutgoingMessage message) {
        List<Road> open = new ArrayList<>();
        List<String> objections = new ArrayList<>();
        for (Road road : roads) {
            road.objection(message.message())
                    .ifPresentOrElse(
                            reason -> objections.add(road.name() + ": " + reason),
                            () -> open.add(road));
        }
        if (open.isEmpty()) {
            throw new IllegalArgumentException("nobody can send it: " + objections);
        }
        return open;
    }

    private static void send(
            RootFuture<ProviderReceipt> root,
            List<Road> open,
            int place,
            OutgoingMessage message,
            ProviderHttp http,
            List<Throwable> before) {
        CompletableFuture<ProviderReceipt> sending = open.get(place).send(message, http);
        root.onCancel(() -> sending.cancel(true));
        sending.whenComplete(
                (receipt, failure) -> {
                    if (failure == null) {
                        root.succeed(receipt.from(open.get(place).provider().origin()));
                        return;
                    }
                    Throwable reason = Futures.unwrap(failure);
                    if (mayGoOn(reason) && place + 1 < open.size() && !root.isSettled()) {
                        before.add(reason);
                        send(root, open, place + 1, message, http, before);
                    } else {
                        before.forEach(reason::addSuppressed);
                        root.fail(reason);
                    }
                });
    }

    private static boolean mayGoOn(Throwable reason) {
        if (!(reason instanceof PbxException known) || known.mayHaveBeenSent()) {
            return false;
        }
        return !(reason instanceof SmsRejectedException no) || isAboutTheRoad(no);
    }

    private static boolean isAboutTheRoad(SmsRejectedException no) {
        return switch (no.kind()) {
            case INVALID_SENDER, INSUFFICIENT_FUNDS, RATE_LIMITED, UNSUPPORTED, TOO_LONG -> true;
            default -> false;
        };
    }

    /** Asks each that can take such a text; one of them may have it. */
    @Override
    public CompletableFuture<Optional<ProviderReceipt>> findAsync(
            OutgoingMessage message, Instant since, ProviderHttp http) {
        CompletableFuture<Optional<ProviderReceipt>> found =
                CompletableFuture.completedFuture(Optional.empty());
        for (Road road : open(message)) {
            found =
                    found.thenCompose(
                            before ->
                                    before.isPresent()
                                            ? CompletableFuture.completedFuture(before)
                                            : road.find(message, since, http));
        }
        return found;
    }

    @Override
    public String toString() {
        return "FailoverSms["
                + origin.account()
                + ": "
                + roads.stream().map(Road::name).toList()
                + "]";
    }

    /** One of the providers, and from whom it sends if not from whom the message says. */
    private record Road(SmsProvider provider, @Nullable Address sender) {

        String name() {
            return provider.origin().provider();
        }

        SmsCapabilities capabilities() {
            return provider.capabilities();
        }

        Optional<String> objection(TextMessage message) {
            return capabilities().objection(own(message));
        }

        Optional<Road> permitted(TextMessage message, Predicate<TextMessage> isWanted) {
            return provider.permitted(own(message), isWanted).map(part -> new Road(part, sender));
        }

        private OutgoingMessage own(OutgoingMessage message) {
            return new OutgoingMessage(own(message.message()), message.idempotencyKey());
        }

        private TextMessage own(TextMessage message) {
            return sender == null ? message : message.toBuilder().from(sender).build();
        }

        /** What a provider throws at once, it throws before it sends. */
        CompletableFuture<ProviderReceipt> send(OutgoingMessage message, ProviderHttp http) {
            try {
                return provider.sendAsync(own(message), http);
            } catch (RuntimeException e) {
                return CompletableFuture.failedFuture(
                        e instanceof PbxException
                                ? e
                                : new PbxException(name() + " can't send it: " + e, e, false));
            }
        }

        CompletableFuture<Optional<ProviderReceipt>> find(
                OutgoingMessage message, Instant since, ProviderHttp http) {
            return provider.findAsync(own(message), since, http)
                    .thenApply(found -> found.map(receipt -> receipt.from(provider.origin())));
        }
    }

    /** Collects the providers of a chain; not thread-safe. */
    public static final class Builder {

        private final String name;
        private final List<Road> roads = new ArrayList<>();

        private Builder(String name) {
            this.name = Objects.requireNonNull(name, "name");
        }

        /** Adds the next provider. */
        public Builder add(SmsProvider provider) {
            roads.add(new Road(Objects.requireNonNull(provider, "provider"), null));
            return this;
        }

        /** Adds the next provider, with whom it sends from, whatever the message says. */
        public Builder add(SmsProvider provider, Address sender) {
            roads.add(
                    new Road(
                            Objects.requireNonNull(provider, "provider"),
                            Objects.requireNonNull(sender, "sender")));
            return this;
        }

        /**
         * Returns the chain.
         *
         * @throws IllegalStateException if there is no provider
         */
        public FailoverSms build() {
            if (roads.isEmpty()) {
                throw new IllegalStateException("add(...) a provider before build()");
            }
            return new FailoverSms(new SmsOrigin("failover", name), roads);
        }
    }
}
