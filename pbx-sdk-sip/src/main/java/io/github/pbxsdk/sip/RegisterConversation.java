package io.github.pbxsdk.sip;

import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxProtocolException;
import io.github.pbxsdk.core.internal.RootFuture;
import io.github.pbxsdk.sip.internal.digest.DigestMemory;
import io.github.pbxsdk.sip.internal.digest.DigestSecret;
import io.github.pbxsdk.sip.internal.transport.Flow;
import io.github.pbxsdk.sip.internal.wire.RequestText;
import io.github.pbxsdk.sip.internal.wire.SipResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one extension and the registrar say to each other: who is there, the registration itself
 * with all that the server wants changed first, and the farewell.
 *
 * <p>Used by tasks of the engine's actor. What comes back carries the era in which it was asked:
 * after the talk was {@linkplain #breakOff broken off} it does not count any more.
 */
final class RegisterConversation {

    private static final Duration FAREWELL_TIMEOUT = Duration.ofSeconds(5);
    private static final int MOST_INTERVAL_ROUNDS = 2;

    private final SipEngine engine;
    private final SipSettings settings;
    private final String extension;
    private final Listener listener;
    private final DigestMemory digest;
    private final RegisterRequests requests;
    private final AtomicLong sequence = new AtomicLong();
    private final PlaceInList place = new PlaceInList();
    private RegisterOptions options;
    private int era;
    private int intervalRounds;
    private boolean othersSeenTo;
    private @Nullable CompletableFuture<SipResponse> underWay;

    RegisterConversation(
            SipEngine engine,
            String extension,
            DigestSecret secret,
            RegisterOptions options,
            Listener listener) {
        this.engine = engine;
        this.settings = engine.settings();
        this.extension = extension;
        this.options = options;
        this.listener = listener;
        this.digest = new DigestMemory(secret);
        this.requests = new RegisterRequests(settings, extension);
    }

    /** Learns how an attempt to register came out. */
    interface Listener {

        /** The server has registered us for this time. */
        void granted(Flow flow, Duration grant, SipResponse response);

        /** The server had registered us, and does not have us any more; there may be room. */
        void forgotten();

        /** Whether we are listed can't be seen: asking to stay tells. */
        void doubted();

        /**
         * The server says no, and asking again would not help.
         *
         * @param status what it answered, or 0 if it was not asked that far
         */
        void refused(PbxException failure, int status);

        /**
         * It did not work this time.
         *
         * @param status what the server answered, or 0
         * @param atLeast how long the server asks us to wait
         */
        void passing(Flow flow, PbxException failure, int status, Duration atLeast);
    }

    DigestMemory digest() {
        return digest;
    }

    RegisterRequests requests() {
        return requests;
    }

    /** Uses other options from the next attempt on. */
    void options(RegisterOptions wanted) {
        options = wanted;
    }

    /** Begins as if nothing was known of the server. */
    void reset() {
        digest.forget();
        requests.reset();
    }

    /** Begins anew on another flow. */
    void newFlow() {
        requests.newFlow();
        forgetOthers();
    }

    /** Sees to other devices again before the next registration. */
    void forgetOthers() {
        othersSeenTo = false;
    }

    /** Has nothing count any more that was asked before. */
    void breakOff() {
        era++;
        place.forget();
        CompletableFuture<SipResponse> request = underWay;
        underWay = null;
        if (request != null) {
            request.cancel(false);
        }
    }

    /** Asks to be registered; who else is there is seen to first, once for each flow. */
    void register(Flow flow) {
        intervalRounds = 0;
        if (othersSeenTo) {
            askForOurs(flow);
        } else {
            ask(flow, requests.query(), response -> seeToOthers(flow, response));
        }
    }

    /** Finds out who is there before anybody is pushed out. */
    private void seeToOthers(Flow flow, SipResponse response) {
        if (!response.isSuccess()) {
            unsuccessful(flow, response);
            return;
        }
        Bindings bindings = bindings(response);
        List<SipDevice> others = bindings.others();
        requests.endStale(bindings, flow);
        if (others.isEmpty() || options.otherDevices() == OtherDevices.SHARE) {
            othersSeenTo = true;
            askForOurs(flow);
        } else if (options.otherDevices() == OtherDevices.TAKE_OVER) {
            othersSeenTo = true;
            requests.forgetStale();
            ask(flow, requests.unregisterAll(), answer -> askForOurs(flow));
        } else {
            listener.refused(
                    new OtherDeviceException(
                            what()
                                    + (" would push another device out: " + others.get(0))
                                    + "; choose takeOver(), or OtherDevices.SHARE where there is"
                                    + " room for several",
                            others),
                    0);
        }
    }

    private void askForOurs(Flow flow) {
        RequestText request = requests.register(flow, options.expires());
        ask(flow, request, response -> answered(flow, response));
    }

    private void answered(Flow flow, SipResponse response) {
        if (response.isSuccess()) {
            agreed(flow, response);
        } else if (response.status() == 423 && intervalRounds < MOST_INTERVAL_ROUNDS) {
            askForLonger(flow, response);
        } else if ((response.status() == 420 || response.status() == 439)
                && requests.becomePlain()) {
            askForOurs(flow);
        } else {
            unsuccessful(flow, response);
        }
    }

    private void askForLonger(Flow flow, SipResponse response) {
        intervalRounds++;
        Duration least =
                response.seconds("Min-Expires").map(Duration::ofSeconds).orElse(Duration.ZERO);
        if (requests.askForAtLeast(least, options.expires())) {
            askForOurs(flow);
        } else {
            unsuccessful(flow, response);
        }
    }

    private void agreed(Flow flow, SipResponse response) {
        Optional<SipDevice> listed = bindings(response).ours(requests.address(flow));
        if (listed.isEmpty() || listed.get().expires().isZero()) {
            listener.passing(
                    flow,
                    new PbxProtocolException(
                            what() + ": the server agrees but does not list us",
                            String.join("\n", response.headers().all("Contact"))),
                    response.status(),
                    Duration.ZERO);
            return;
        }
        requests.forgetStale();
        place.granted(listed.get());
        listener.granted(flow, listed.get().expires(), response);
    }

    /** Tells whether it is to be seen right after a grant whether the server lists us. */
    boolean wantsLook() {
        return place.isToBeSeen();
    }

    private void unsuccessful(Flow flow, SipResponse response) {
        if (Redirect.is(response) && engine.follow(flow, response)) {
            // What comes next comes over another flow.
            return;
        }
        PbxException failure = SipFailures.of(what(), response);
        if (mayPass(response)) {
            listener.passing(
                    flow,
                    failure,
                    response.status(),
                    SipFailures.retryAfter(response).orElse(Duration.ZERO));
        } else {
            listener.refused(failure, response.status());
        }
    }

    private static boolean mayPass(SipResponse response) {
        return switch (response.status()) {
            case 301, 302, 305, 408, 430, 480, 500, 502, 503, 504 -> true;
            default -> false;
        };
    }

    private void ask(Flow flow, RequestText request, Consumer<SipResponse> next) {
        ask(
                flow,
                request,
                settings.timeout(),
                (response, failure) -> {
                    if (response == null) {
                        PbxException known = SipFailures.known(what(), failure);
                        listener.passing(flow, known, 0, Duration.ZERO);
                    } else {
                        next.accept(response);
                    }
                });
    }

    private void ask(
            Flow flow,
            RequestText request,
            Duration timeout,
            BiConsumer<@Nullable SipResponse, @Nullable Throwable> next) {
        int asked = era;
        CompletableFuture<SipResponse> answer =
                engine.registerExchange(flow, request, sequence::incrementAndGet, digest, timeout);
        underWay = answer;
        answer.whenComplete(
                (response, failure) ->
                        engine.execute(
                                () -> {
                                    if (asked == era) {
                                        underWay = null;
                                        next.accept(response, failure);
                                    }
                                }));
    }

    /**
     * Tells whether the server sees us at another address than the one we gave; once for each flow,
     * since servers exist that give another port each time.
     */
    boolean isSeenElsewhere(Flow flow, SipResponse response) {
        if (!settings.natDetection()
                || settings.transport().isWebSocket()
                || response.headers().all("Require").contains("outbound")) {
            return false;
        }
        return SeenAddress.of(flow.localAddress(), response)
                .filter(address -> requests.isSeenAs(address, flow))
                .isPresent();
    }

    /**
     * Ends the registration at the server, or those of all devices; what it answers is all the
     * same.
     */
    void leave(Flow flow, boolean all, Runnable done) {
        RequestText request = all ? requests.unregisterAll() : requests.unregister(flow);
        ask(flow, request, FAREWELL_TIMEOUT, (response, failure) -> done.run());
    }

    /** Asks which devices are registered, apart from everything else that is said. */
    CompletableFuture<List<SipDevice>> devices() {
        RootFuture<List<SipDevice>> future = engine.newFuture();
        if (!engine.offer(() -> ask(future))) {
            future.fail(engine.closedException());
        }
        return future;
    }

    private void ask(RootFuture<List<SipDevice>> future) {
        Flow flow = engine.flow();
        if (flow == null) {
            future.fail(engine.notConnected());
            return;
        }
        CompletableFuture<SipResponse> answer =
                engine.registerExchange(
                        flow,
                        requests.query(),
                        sequence::incrementAndGet,
                        digest,
                        settings.timeout());
        future.onCancel(() -> answer.cancel(false));
        SipDevice registered = place.ours();
        answer.whenComplete((response, failure) -> listed(future, registered, response, failure));
    }

    private void listed(
            RootFuture<List<SipDevice>> future,
            @Nullable SipDevice registered,
            @Nullable SipResponse response,
            @Nullable Throwable failure) {
        String asked = "asking for the devices of " + extension;
        if (response == null) {
            future.fail(SipFailures.known(asked, failure));
        } else if (response.isSuccess()) {
            List<SipDevice> devices = bindings(response).all();
            first(() -> compare(registered, devices), () -> future.succeed(devices));
        } else {
            first(
                    () -> doubt(registered, response),
                    () -> future.fail(SipFailures.of(asked, response)));
        }
    }

    /** First the light, so that whoever sees the list sees what follows from it. */
    private void first(Runnable light, Runnable answer) {
        Runnable both =
                () -> {
                    light.run();
                    answer.run();
                };
        if (!engine.offer(both)) {
            answer.run();
        }
    }

    private void compare(@Nullable SipDevice registered, List<SipDevice> devices) {
        if (underWay != null) {
            return;
        }
        boolean isShared = options.otherDevices() == OtherDevices.SHARE;
        switch (place.find(registered, devices, isShared)) {
            case FORGOTTEN -> {
                forgetOthers();
                listener.forgotten();
            }
            case TAKEN -> {
                forgetOthers();
                listener.refused(pushedOut(devices), 0);
            }
            case DOUBTFUL -> listener.doubted();
            case HELD -> {}
        }
    }

    private void doubt(@Nullable SipDevice registered, SipResponse response) {
        if (underWay == null && !mayPass(response) && place.isInDoubt(registered)) {
            listener.doubted();
        }
    }

    private OtherDeviceException pushedOut(List<SipDevice> devices) {
        boolean same = devices.stream().anyMatch(SipDevice::isOurs);
        return new OtherDeviceException(
                (extension + " was pushed out by another device: " + devices.get(0))
                        + (same ? ", a client with the same instanceId" : "")
                        + "; register again to take the place back",
                devices);
    }

    private Bindings bindings(SipResponse response) {
        return requests.bindings(response, options.expires());
    }

    private String what() {
        return "registering " + extension + " with " + settings.source().substring(4);
    }
}
