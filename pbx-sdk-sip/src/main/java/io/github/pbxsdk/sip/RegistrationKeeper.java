package io.github.pbxsdk.sip;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxProtocolException;
import io.github.pbxsdk.core.internal.RootFuture;
import io.github.pbxsdk.core.time.Time;
import io.github.pbxsdk.sip.event.RegistrationChangedEvent;
import io.github.pbxsdk.sip.event.WatchEvent;
import io.github.pbxsdk.sip.internal.digest.DigestMemory;
import io.github.pbxsdk.sip.internal.transport.Flow;
import io.github.pbxsdk.sip.internal.wire.RequestText;
import io.github.pbxsdk.sip.internal.wire.SipResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Registers one extension and keeps it registered.
 *
 * <p>All that changes is changed by tasks of the engine's actor; what others read is volatile. What
 * comes back from the server carries the era in which it was asked: after the connection was lost,
 * or the user changed his mind, it does not count any more.
 */
final class RegistrationKeeper {

    private static final Duration UNREGISTER_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration LONG_GRANT = Duration.ofMinutes(2);
    private static final Duration RESERVE = Duration.ofSeconds(32);
    private static final int MOST_INTERVAL_ROUNDS = 2;

    private final SipEngine engine;
    private final SipSettings settings;
    private final Time time;
    private final String extension;
    private final Registration handle;
    private final DigestMemory digest;
    private final String callId = ClientTransactions.randomText();
    private final String tag = ClientTransactions.randomText();

    private volatile RegistrationStatus status;
    private volatile @Nullable RegistrationError error;
    private volatile @Nullable Binding binding;
    private volatile List<String> serviceRoute = List.of();
    private volatile @Nullable WatchEvent mailbox;

    // Used by tasks of the actor alone.
    private final List<RegistrationWaiter> waiting = new ArrayList<>();
    private final List<RootFuture<@Nullable Void>> leaving = new ArrayList<>();
    private RegisterOptions options;
    private final AtomicLong sequence = new AtomicLong();
    private int era;
    private int failures;
    private int intervalRounds;
    private Duration leastExpires = Duration.ZERO;
    private boolean plain;
    private boolean othersSeenTo;
    private List<String> stale = List.of();
    private @Nullable String seenAddress;
    private Time.Alarm alarm = () -> {};
    private Time.Alarm end = () -> {};
    private Runnable farewell = () -> {};
    private boolean closing;
    private @Nullable CompletableFuture<SipResponse> underWay;

    RegistrationKeeper(
            SipEngine engine, String extension, Credentials credentials, RegisterOptions options) {
        this.engine = engine;
        this.settings = engine.settings();
        this.time = engine.time();
        this.extension = extension;
        this.options = options;
        this.plain = !settings.outbound();
        this.digest = new DigestMemory(credentials);
        this.handle = new Registration(this);
        this.status =
                new RegistrationStatus(
                        RegistrationState.IDLE, time.now(), "not registered yet", null, null);
    }

    /** What the server has granted, and over which flow. */
    private record Binding(Flow flow, Instant expiresAt) {}

    String extension() {
        return extension;
    }

    Registration handle() {
        return handle;
    }

    DigestMemory digest() {
        return digest;
    }

    String tag() {
        return tag;
    }

    /** Returns the way that the server wants requests of ours to take. */
    List<String> serviceRoute() {
        return serviceRoute;
    }

    /** Returns what the server told last about the mailbox without being asked, if it did. */
    @Nullable WatchEvent mailbox() {
        return mailbox;
    }

    void mailbox(WatchEvent told) {
        mailbox = told;
    }

    RegistrationStatus status() {
        return status;
    }

    Optional<RegistrationError> error() {
        return Optional.ofNullable(error);
    }

    boolean isRegistered() {
        Binding held = binding;
        return held != null
                && held.flow() == engine.flow()
                && time.now().isBefore(held.expiresAt());
    }

    boolean isRegistering() {
        RegistrationState state = status.state();
        return state == RegistrationState.REGISTERING || state == RegistrationState.REFRESHING;
    }

    Optional<Instant> expiresAt() {
        Binding held = binding;
        return held == null || !isRegistered() ? Optional.empty() : Optional.of(held.expiresAt());
    }

    /** Registers, or joins what is under way. */
    void register(Credentials credentials, RegisterOptions wanted, RegistrationWaiter waiter) {
        if (status.state() == RegistrationState.CLOSED) {
            waiter.failed(closed());
            return;
        }
        boolean same = credentials.equals(digest.credentials());
        if (!same) {
            digest.credentials(credentials);
        }
        options = wanted;
        if (same && status.state() == RegistrationState.REGISTERED && isRegistered()) {
            waiter.registered(handle);
            return;
        }
        waiting.add(waiter);
        if (same && isRegistering()) {
            return;
        }
        if (status.state() != RegistrationState.UNREGISTERING) {
            begin("asking the server");
        }
    }

    CompletableFuture<Registration> reset() {
        RootFuture<Registration> future = engine.newFuture();
        engine.execute(
                () -> {
                    if (status.state() == RegistrationState.CLOSED) {
                        future.fail(closed());
                        return;
                    }
                    digest.forget();
                    failures = 0;
                    leastExpires = Duration.ZERO;
                    plain = !settings.outbound();
                    waiting.add(RegistrationWaiter.of(future));
                    begin("begun anew");
                });
        return future;
    }

    private PbxException closed() {
        return new PbxConnectionException(settings.source() + " was closed", null);
    }

    private void begin(String reason) {
        newEra();
        intervalRounds = 0;
        if (status.state() != RegistrationState.REGISTERING) {
            become(RegistrationState.REGISTERING, reason, null, null);
        }
        attempt();
    }

    private void newEra() {
        era++;
        alarm.cancel();
        CompletableFuture<SipResponse> request = underWay;
        underWay = null;
        if (request != null) {
            request.cancel(false);
        }
    }

    private void attempt() {
        Flow flow = engine.flow();
        if (flow == null) {
            // The engine tells when there is one, or why there is none.
            engine.wantConnection();
            return;
        }
        if (othersSeenTo) {
            askForOurs(flow);
        } else {
            ask(flow, request(), settings.timeout(), response -> seeToOthers(flow, response));
        }
    }

    /** Finds out who is there before anybody is pushed out. */
    private void seeToOthers(Flow flow, SipResponse response) {
        if (!response.isSuccess()) {
            refusedOrPassing(flow, response);
            return;
        }
        Bindings bindings = bindings(response);
        List<SipDevice> others = bindings.others();
        stale = bindings.stale(address(flow));
        if (others.isEmpty() || options.otherDevices() == OtherDevices.SHARE) {
            othersSeenTo = true;
            askForOurs(flow);
        } else if (options.otherDevices() == OtherDevices.TAKE_OVER) {
            othersSeenTo = true;
            stale = List.of();
            ask(
                    flow,
                    request().header("Contact", "*").header("Expires", "0"),
                    settings.timeout(),
                    answer -> askForOurs(flow));
        } else {
            reject(
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
        Duration expires = longer(options.expires(), leastExpires);
        String contact = contact(flow);
        RequestText request =
                request().header("Contact", "<" + contact + ">" + parameters(expires));
        stale.forEach(old -> request.header("Contact", "<" + old + ">;expires=0"));
        request.header("Expires", String.valueOf(expires.toSeconds()));
        request.header("Supported", plain ? "path" : "path, outbound, gruu");
        ask(flow, request, settings.timeout(), response -> answered(flow, response));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private String address(Flow flow) {
        return seenAddress != null ? seenAddress : flow.localAddress();
    }

    /** Returns the address at which the server reaches us. */
    String contact(Flow flow) {
        return ("sip:" + SipText.user(extension) + "@" + address(flow))
                + (";transport=" + settings.transport().uriName())
                + (plain ? "" : ";ob")
                + (";" + mark());
    }

    /** Returns the parameter that marks our addresses: servers keep it, and we know ourselves. */
    private String mark() {
        String id = settings.instanceId().get().toString();
        return "pbxsdk=" + id.substring(0, 8);
    }

    private String parameters(Duration expires) {
        String instance = "+sip.instance=\"<urn:uuid:" + settings.instanceId().get() + ">\"";
        return (";expires=" + expires.toSeconds()) + (plain ? "" : ";" + instance + ";reg-id=1");
    }

    private RequestText request() {
        String address = "<" + settings.addressOf(SipText.user(extension)) + ">";
        return new RequestText(
                "REGISTER", "sip:" + settings.domain(), address + ";tag=" + tag, address, callId);
    }

    private Bindings bindings(SipResponse response) {
        return Bindings.of(response, mark(), options.expires());
    }

    private void ask(Flow flow, RequestText request, Duration timeout, Consumer<SipResponse> next) {
        int asked = era;
        CompletableFuture<SipResponse> answer =
                engine.registerExchange(flow, request, sequence::incrementAndGet, digest, timeout);
        underWay = answer;
        answer.whenComplete(
                (response, failure) ->
                        engine.execute(
                                () -> {
                                    if (asked != era) {
                                        return;
                                    }
                                    underWay = null;
                                    if (response == null) {
                                        noAnswer(flow, failure);
                                    } else {
                                        next.accept(response);
                                    }
                                }));
    }

    private void noAnswer(Flow flow, Throwable failure) {
        PbxException known = SipFailures.known(what(), failure);
        passing(known, 0, Duration.ZERO);
        engine.noAnswer(flow, known);
    }

    private void answered(Flow flow, SipResponse response) {
        if (response.isSuccess()) {
            granted(flow, response);
        } else if (response.status() == 423 && intervalRounds < MOST_INTERVAL_ROUNDS) {
            askForLonger(flow, response);
        } else if ((response.status() == 420 || response.status() == 439) && !plain) {
            plain = true;
            askForOurs(flow);
        } else {
            refusedOrPassing(flow, response);
        }
    }

    private void askForLonger(Flow flow, SipResponse response) {
        intervalRounds++;
        Duration least =
                response.seconds("Min-Expires").map(Duration::ofSeconds).orElse(leastExpires);
        if (least.compareTo(longer(options.expires(), leastExpires)) > 0) {
            leastExpires = least;
            askForOurs(flow);
        } else {
            refusedOrPassing(flow, response);
        }
    }

    private void granted(Flow flow, SipResponse response) {
        Optional<SipDevice> ours = bindings(response).ours(address(flow));
        if (ours.isEmpty() || ours.get().expires().isZero()) {
            passing(
                    new PbxProtocolException(
                            what() + ": the server agrees but does not list us",
                            String.join("\n", response.headers().all("Contact"))),
                    response.status(),
                    Duration.ZERO);
            return;
        }
        Duration grant = ours.get().expires();
        failures = 0;
        error = null;
        serviceRoute = List.copyOf(response.headers().all("Service-Route"));
        Binding held = new Binding(flow, time.now().plus(grant));
        binding = held;
        stale = List.of();
        engine.works(flow);
        become(
                RegistrationState.REGISTERED,
                "registered for " + grant.toSeconds() + " s",
                null,
                null);
        end.cancel();
        end = time.schedule(grant, () -> engine.execute(() -> runOut(held)));
        alarm = after(untilRefresh(grant), this::refresh);
        List<RegistrationWaiter> told = List.copyOf(waiting);
        waiting.clear();
        told.forEach(waiter -> waiter.registered(handle));
        takeSeenAddress(flow, response);
    }

    private static Duration untilRefresh(Duration grant) {
        double part = 0.75 + 0.15 * ThreadLocalRandom.current().nextDouble();
        Duration pause = Duration.ofMillis((long) (grant.toMillis() * part));
        if (grant.compareTo(LONG_GRANT) >= 0 && pause.compareTo(grant.minus(RESERVE)) > 0) {
            pause = grant.minus(RESERVE);
        }
        return longer(pause, Duration.ofSeconds(1));
    }

    /** Once for each flow: servers exist that give another port each time. */
    private void takeSeenAddress(Flow flow, SipResponse response) {
        if (!settings.natDetection()
                || settings.transport().isWebSocket()
                || seenAddress != null
                || response.headers().all("Require").contains("outbound")) {
            return;
        }
        SeenAddress.of(flow.localAddress(), response)
                .ifPresent(
                        address -> {
                            stale = List.of(contact(flow));
                            seenAddress = address;
                            refresh();
                        });
    }

    private Time.Alarm after(Duration delay, Runnable task) {
        int planned = era;
        return time.schedule(
                delay,
                () ->
                        engine.execute(
                                () -> {
                                    if (planned == era) {
                                        task.run();
                                    }
                                }));
    }

    private void refresh() {
        Flow flow = engine.flow();
        if (flow == null || status.state() != RegistrationState.REGISTERED) {
            return;
        }
        alarm.cancel();
        intervalRounds = 0;
        become(RegistrationState.REFRESHING, "being prolonged", null, null);
        askForOurs(flow);
    }

    /** The server has forgotten us by now, if it could not be asked in time. */
    private void runOut(Binding held) {
        if (!held.equals(binding)) {
            return;
        }
        binding = null;
        if (status.state() == RegistrationState.REFRESHING) {
            become(RegistrationState.REGISTERING, "the time has run out", null, null);
        }
    }

    private void refusedOrPassing(Flow flow, SipResponse response) {
        PbxException failure = SipFailures.of(what(), response);
        boolean passing =
                switch (response.status()) {
                    case 408, 430, 480, 500, 502, 503, 504 -> true;
                    default -> false;
                };
        if (!passing) {
            reject(failure, response.status());
            return;
        }
        passing(failure, response.status(), SipFailures.retryAfter(response).orElse(Duration.ZERO));
        if (response.status() == 503 || response.status() == 408) {
            engine.noAnswer(flow, failure);
        }
    }

    private void reject(PbxException failure, int code) {
        newEra();
        binding = null;
        end.cancel();
        error = new RegistrationError(failure, code, time.now(), null);
        become(RegistrationState.REJECTED, reason(failure), failure, null);
        failWaiting(failure);
    }

    private void passing(PbxException failure, int code, Duration atLeast) {
        newEra();
        Duration delay = longer(delay(), atLeast);
        failures++;
        Instant next = time.now().plus(delay);
        error = new RegistrationError(failure, code, time.now(), next);
        become(RegistrationState.WAITING, reason(failure), failure, next);
        alarm = after(delay, () -> begin("trying again"));
        failWaiting(failure);
    }

    /** Doubles from the first delay to the longest, then takes a random part above the half. */
    private Duration delay() {
        long first = settings.reconnect().firstDelay().toMillis();
        long longest = settings.reconnect().longestDelay().toMillis();
        long whole = Math.max(1, Math.min(longest, first << Math.min(failures, 20)));
        return Duration.ofMillis(whole - ThreadLocalRandom.current().nextLong(whole / 2 + 1));
    }

    private static String reason(PbxException failure) {
        return String.valueOf(failure.getMessage());
    }

    private void failWaiting(PbxException failure) {
        List<RegistrationWaiter> told = List.copyOf(waiting);
        waiting.clear();
        told.forEach(waiter -> waiter.failed(failure));
    }

    /** Learns that there is a flow again. */
    void connected() {
        seenAddress = null;
        othersSeenTo = false;
        switch (status.state()) {
            case REGISTERING, REFRESHING, REGISTERED, WAITING -> begin("asking the server");
            default -> {
                // Whoever is not to be registered has no use for a flow.
            }
        }
    }

    /** Learns that the flow has ended; another one is being made. */
    void disconnected(PbxException reason) {
        switch (status.state()) {
            case REGISTERING, REFRESHING, REGISTERED, WAITING -> {
                newEra();
                end.cancel();
                binding = null;
                error = new RegistrationError(reason, 0, time.now(), null);
                become(RegistrationState.WAITING, "no connection: " + reason(reason), reason, null);
            }
            case UNREGISTERING -> left("the connection was lost");
            default -> {
                // Nothing was held that could be lost.
            }
        }
    }

    /** Learns that there is no flow, and none comes unless asked for. */
    void notConnected(PbxException reason) {
        if (status.state() == RegistrationState.REGISTERING
                || status.state() == RegistrationState.WAITING) {
            passing(reason, 0, Duration.ZERO);
        }
    }

    /** Learns that there is no flow yet, and that it is being tried on. */
    void stillConnecting(PbxException reason) {
        if (status.state() == RegistrationState.REGISTERING) {
            error = new RegistrationError(reason, 0, time.now(), null);
            become(RegistrationState.WAITING, "no connection: " + reason(reason), reason, null);
            failWaiting(reason);
        }
    }

    CompletableFuture<List<SipDevice>> devices() {
        RootFuture<List<SipDevice>> future = engine.newFuture();
        engine.execute(
                () -> {
                    Flow flow = engine.flow();
                    if (flow == null) {
                        future.fail(engine.notConnected());
                        return;
                    }
                    CompletableFuture<SipResponse> answer =
                            engine.registerExchange(
                                    flow,
                                    request(),
                                    sequence::incrementAndGet,
                                    digest,
                                    settings.timeout());
                    future.onCancel(() -> answer.cancel(false));
                    answer.whenComplete((response, failure) -> listed(future, response, failure));
                });
        return future;
    }

    private void listed(
            RootFuture<List<SipDevice>> future,
            @Nullable SipResponse response,
            @Nullable Throwable failure) {
        String asked = "asking for the devices of " + extension;
        if (response == null) {
            future.fail(SipFailures.known(asked, failure));
        } else if (response.isSuccess()) {
            future.succeed(bindings(response).all());
        } else {
            future.fail(SipFailures.of(asked, response));
        }
    }

    /**
     * Ends the registration.
     *
     * @param all those of other devices as well
     */
    CompletableFuture<@Nullable Void> unregister(boolean all) {
        RootFuture<@Nullable Void> future = engine.newFuture();
        engine.execute(
                () -> {
                    leaving.add(future);
                    leave(all);
                });
        return future;
    }

    private void leave(boolean all) {
        RegistrationState state = status.state();
        if (state == RegistrationState.UNREGISTERING) {
            return;
        }
        if (state == RegistrationState.CLOSED) {
            tellLeft();
            return;
        }
        Binding held = binding;
        Flow flow = engine.flow();
        boolean asked = state == RegistrationState.REGISTERING;
        newEra();
        end.cancel();
        failWaiting(new PbxException(extension + " was unregistered meanwhile"));
        if (flow == null || (held == null && !asked && !all)) {
            left("unregistered");
            return;
        }
        become(RegistrationState.UNREGISTERING, "telling the server", null, null);
        int leavingEra = era;
        RequestText request =
                request()
                        .header("Contact", all ? "*" : "<" + contact(flow) + ">;expires=0")
                        .header("Expires", "0");
        engine.registerExchange(
                        flow, request, sequence::incrementAndGet, digest, UNREGISTER_TIMEOUT)
                .whenComplete(
                        (response, failure) ->
                                engine.execute(
                                        () -> {
                                            if (leavingEra == era) {
                                                left("unregistered");
                                            }
                                        }));
    }

    private void left(String reason) {
        newEra();
        binding = null;
        othersSeenTo = false;
        if (status.state() != RegistrationState.IDLE) {
            become(RegistrationState.IDLE, reason, null, null);
        }
        if (closing) {
            tellLeft();
        } else if (waiting.isEmpty()) {
            engine.forget(this);
            tellLeft();
        } else {
            tellLeft();
            begin("asking the server");
        }
    }

    private void tellLeft() {
        List.copyOf(leaving).forEach(future -> future.succeed(null));
        leaving.clear();
        farewell.run();
        farewell = () -> {};
    }

    /** Ends the registration while the client closes; tells when that is done. */
    void leaveForGood(Runnable done) {
        closing = true;
        farewell = done;
        leave(false);
    }

    /** Ends without a word to the server. */
    void close() {
        newEra();
        end.cancel();
        binding = null;
        if (status.state() != RegistrationState.CLOSED) {
            become(RegistrationState.CLOSED, "closed by the application", null, null);
        }
        failWaiting(closed());
        tellLeft();
    }

    private String what() {
        return "registering " + extension + " with " + settings.source().substring(4);
    }

    private void become(
            RegistrationState state,
            String reason,
            @Nullable PbxException failure,
            @Nullable Instant next) {
        RegistrationStatus before = status;
        RegistrationStatus now = new RegistrationStatus(state, time.now(), reason, failure, next);
        status = now;
        engine.announce(new RegistrationChangedEvent(extension, before, now));
    }
}
