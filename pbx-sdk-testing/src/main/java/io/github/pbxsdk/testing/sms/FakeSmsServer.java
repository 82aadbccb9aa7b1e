package io.github.pbxsdk.testing.sms;

import io.github.pbxsdk.core.time.Time;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the fake providers share: an HTTP server on loopback that writes down each request, calls
 * webhooks, and can do wrong what providers do wrong.
 *
 * <pre>{@code
 * fake.webhooksTo(URI.create("http://127.0.0.1:8080/sms"));
 * fake.fail(WebhookFault.REPEATED);
 * fake.receive("+61491570156", "+61491570110", "Yes");    // somebody texts us
 * fake.delivers(sent.id().orElseThrow().value());         // the phone has got what we sent
 * fake.webhookCalls();                                    // what was called, and what was answered
 * }</pre>
 *
 * <p>Thread-safe.
 */
public abstract sealed class FakeSmsServer implements AutoCloseable
        permits FakeTwilio,
                FakeSmsBroadcast,
                FakeMessageMedia,
                FakeSmsBridge,
                FakeFlowroute,
                FakeTelnyx,
                FakeBandwidth,
                FakeVoipMs {

    private static final long LIMIT_SECONDS = 10;

    private final SmsDoor door = new SmsDoor();
    private final Webhooks webhooks = new Webhooks();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<SmsRequest> requests = new ArrayList<>();
    private final List<SmsRequest> accepted = new ArrayList<>();
    private final Deque<SmsFault> faults = new ArrayDeque<>();
    private final Map<String, PhoneText> taken = new LinkedHashMap<>();
    private final AtomicInteger received = new AtomicInteger();
    private volatile @Nullable URI hook;
    private volatile @Nullable Integer retries;
    private volatile @Nullable Time time;
    private volatile boolean delivering;

    FakeSmsServer() {}

    /** Begins to serve; the last thing a constructor does. */
    final void start() {
        door.open(this::turn);
    }

    /** Tells whether a request wants a message sent. */
    abstract boolean isSend(SmsRequest request);

    /** Takes a message and returns the answer. */
    abstract Answer accept(SmsRequest request, int number);

    /** Answers what is no request to send. */
    abstract Answer answer(SmsRequest request);

    /** Returns the provider's id of a text that came in. */
    abstract String receivedId(int number);

    /** Shows a text that came in to those who ask, where the provider has a list. */
    void list(PhoneText text) {
        // Most tell it by their webhook alone.
    }

    /** Returns the call that tells of a text that came in. */
    abstract Outgoing tellingOf(PhoneText text, String url);

    /** Returns the call that tells how far a text of ours has come, if the provider tells it. */
    abstract Optional<Outgoing> reporting(PhoneText text, DeliveryStep step, String url);

    /** Returns how the provider shows that a call is its own. */
    abstract Proof proof(String url);

    /** Returns how often this provider repeats a call that did not go well. */
    int ownRetries(URI url) {
        return 0;
    }

    /** Tells whether a call went well for this provider. */
    boolean isContent(WebhookCall call) {
        return call.status() >= 200 && call.status() <= 299;
    }

    /** Notes a text that was taken; {@link #accept} calls it for each. */
    final void take(String id, String from, String to, String text, String notes) {
        taken.put(id, new PhoneText(id, from, to, text, notes, now()));
    }

    /** Returns the last text that this phone was sent, which a text from it is taken to answer. */
    final Optional<PhoneText> lastTo(String number) {
        return taken().stream()
                .filter(text -> text.to().equals(number))
                .reduce((earlier, later) -> later);
    }

    private List<PhoneText> taken() {
        lock.lock();
        try {
            return List.copyOf(taken.values());
        } finally {
            lock.unlock();
        }
    }

    final Instant now() {
        Time given = time;
        return given == null ? Instant.now() : given.now();
    }

    /** Returns the base URL to give to a client. */
    public final String url() {
        return "http://127.0.0.1:" + door.port();
    }

    /**
     * Calls this URL from now on: for each text that comes in, and for each report.
     *
     * <p>Whatever URL a request to send names for its reports, they go here. Where the provider
     * signs nothing, a secret belongs into the query.
     *
     * @param url as it would be set at the provider, Twilio's {@code #rc=2} and the like included
     */
    public final void webhooksTo(URI url) {
        hook = url;
    }

    /**
     * Repeats a call so often, at once, while it does not go well; what this provider does is the
     * default, without its pauses.
     */
    public final void retries(int times) {
        retries = times;
    }

    /** Takes the time in texts, reports and signatures from this clock. */
    public final void time(Time value) {
        time = value;
    }

    /**
     * Has a phone send us a text: it shows in lists, where the provider has one, and the webhook is
     * called. Returns when that was answered.
     *
     * @param from the phone, with its plus
     * @param to our number, with its plus
     */
    public final void receive(String from, String to, String text) {
        int number = received.incrementAndGet();
        PhoneText came =
                new PhoneText(receivedId(number), from, to, text, PhoneText.NO_NOTES, now());
        list(came);
        call(url -> Optional.of(tellingOf(came, url)));
    }

    /**
     * Reports how far a text has come, one step after the other; what the provider never tells is
     * left out. Returns when all calls were answered.
     *
     * @param id what the provider answered when it was sent
     * @throws IllegalArgumentException if no text with this id was taken
     */
    public final void reports(String id, DeliveryStep first, DeliveryStep... others) {
        PhoneText text =
                taken().stream()
                        .filter(one -> one.id().equals(id))
                        .findFirst()
                        .orElseThrow(
                                () -> new IllegalArgumentException("no text was taken as " + id));
        report(text, first);
        List.of(others).forEach(step -> report(text, step));
    }

    /** Reports that a text is sent, then that the phone has it. */
    public final void delivers(String id) {
        reports(id, DeliveryStep.SENT, DeliveryStep.DELIVERED);
    }

    /** Delivers each text from now on, as soon as the request to send it was answered. */
    public final void delivering(boolean value) {
        delivering = value;
    }

    private void report(PhoneText text, DeliveryStep step) {
        call(url -> reporting(text, step, url));
    }

    private void call(Telling telling) {
        URI url = hook;
        if (url == null) {
            return;
        }
        Integer given = retries;
        int times = given == null ? ownRetries(url) : given;
        String bare = url.toString().replaceFirst("#.*", "");
        telling.by(bare)
                .ifPresent(call -> webhooks.call(call, proof(bare), now(), times, this::isContent));
    }

    /** Returns the calls to the webhook that were made, repeated ones included, in order. */
    public final List<WebhookCall> webhookCalls() {
        return webhooks.calls();
    }

    /**
     * Waits until so many calls to the webhook were answered, and returns all.
     *
     * @throws AssertionError if there are fewer after 10 seconds
     */
    public final List<WebhookCall> awaitWebhookCalls(int count) {
        return webhooks.await(count, LIMIT_SECONDS);
    }

    /**
     * Has the next calls to the webhook go wrong, one after the other; then all is well again.
     *
     * @throws IllegalArgumentException if this provider signs nothing that could go wrong so
     */
    public final void fail(WebhookFault first, WebhookFault... others) {
        List<WebhookFault> all = new ArrayList<>(List.of(first));
        all.addAll(List.of(others));
        if (!proof("").faults().containsAll(all)) {
            throw new IllegalArgumentException(
                    "not with this provider: " + all + "; possible are " + proof("").faults());
        }
        webhooks.fail(all);
    }

    /** Takes its time before each answer. */
    public final void slow(Duration value) {
        door.slow(value);
    }

    /** Takes its time before each byte of a body, whose head comes at once; zero ends it. */
    public final void drip(Duration value) {
        door.drip(value);
    }

    /** Has the next requests to send go wrong, one after the other; then all is well again. */
    public final void fail(SmsFault first, SmsFault... others) {
        lock.lock();
        try {
            faults.add(first);
            faults.addAll(List.of(others));
        } finally {
            lock.unlock();
        }
    }

    /** Returns every request that came, in order. */
    public final List<SmsRequest> requests() {
        lock.lock();
        try {
            return List.copyOf(requests);
        } finally {
            lock.unlock();
        }
    }

    /** Returns the requests to send that came, whatever became of them. */
    public final List<SmsRequest> sends() {
        return requests().stream().filter(this::isSend).toList();
    }

    /** Returns the requests whose message was taken: what phones would have got. */
    public final List<SmsRequest> accepted() {
        lock.lock();
        try {
            return List.copyOf(accepted);
        } finally {
            lock.unlock();
        }
    }

    /** Returns how many connections were opened. */
    public final int connections() {
        return door.connections();
    }

    /**
     * Waits until a request has come.
     *
     * @throws AssertionError if none comes within 10 seconds
     */
    public final SmsRequest await(Predicate<SmsRequest> wanted) {
        lock.lock();
        try {
            long nanos = TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
            while (true) {
                for (SmsRequest request : requests) {
                    if (wanted.test(request)) {
                        return request;
                    }
                }
                if (nanos <= 0) {
                    throw new AssertionError("no such request came within 10 seconds");
                }
                nanos = changed.awaitNanos(nanos);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for a request", e);
        } finally {
            lock.unlock();
        }
    }

    private SmsDoor.Turn turn(SmsRequest request) {
        lock.lock();
        try {
            requests.add(request);
            changed.signalAll();
            if (!isSend(request)) {
                return SmsDoor.Turn.of(answer(request));
            }
            int before = taken.size();
            SmsFault fault = faults.poll();
            Answer answer = respond(request, fault);
            List<PhoneText> texts = taken.values().stream().skip(before).toList();
            Runnable delivery = () -> texts.forEach(text -> delivers(text.id()));
            if (fault == SmsFault.REPORT_BEFORE_ANSWER) {
                return SmsDoor.Turn.of(answer).before(delivery);
            }
            return delivering ? SmsDoor.Turn.of(answer).after(delivery) : SmsDoor.Turn.of(answer);
        } finally {
            lock.unlock();
        }
    }

    /** Returns the answer, or null to hang up. */
    private @Nullable Answer respond(SmsRequest request, @Nullable SmsFault fault) {
        if (fault == SmsFault.TOO_MANY_REQUESTS) {
            return Answer.of(429, "application/json", "{\"code\":20429,\"message\":\"slow\"}");
        }
        if (fault == SmsFault.UNAUTHORIZED) {
            return Answer.of(401, "application/json", "{\"message\":\"who are you\"}");
        }
        accepted.add(request);
        Answer good = accept(request, accepted.size());
        return fault == null || fault == SmsFault.REPORT_BEFORE_ANSWER ? good : gone(fault);
    }

    private static @Nullable Answer gone(SmsFault fault) {
        return switch (fault) {
            case ERROR_AFTER_ACCEPTING ->
                    Answer.of(503, "text/html", "<h1>Service Unavailable</h1>");
            case GARBAGE_AFTER_ACCEPTING -> Answer.of(200, "text/html", "<html>Welcome</html>");
            case SILENCE_AFTER_ACCEPTING -> Answer.SILENCE;
            default -> null;
        };
    }

    /** Ends the server and its connections. */
    @Override
    public final void close() {
        webhooks.close();
        door.close();
    }

    /** What is answered; a status of 0 is silence. */
    record Answer(int status, String contentType, String body) {

        static final Answer SILENCE = new Answer(0, "", "");

        static Answer json(int status, String json) {
            return of(status, "application/json", json);
        }

        static Answer of(int status, String contentType, String body) {
            return new Answer(status, contentType, body);
        }

        boolean isSilence() {
            return status == 0;
        }
    }

    /** Says what is called, if anything. */
    @FunctionalInterface
    private interface Telling {

        Optional<Outgoing> by(String url);
    }
}
