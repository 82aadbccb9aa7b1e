package io.github.pbxsdk.ami;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.PbxAuthenticationException;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.http.HttpBody;
import io.github.pbxsdk.core.http.HttpRequest;
import io.github.pbxsdk.core.http.HttpResponse;
import io.github.pbxsdk.core.http.HttpTransport;
import io.github.pbxsdk.core.internal.Futures;
import io.github.pbxsdk.core.internal.RootFuture;
import io.github.pbxsdk.core.internal.flight.FlightTap;
import io.github.pbxsdk.core.internal.http.HttpCalls;
import io.github.pbxsdk.core.internal.http.WebAddress;
import io.github.pbxsdk.core.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * AMI over HTTP: one action, one request, one answer with all its items.
 *
 * <p>Whoever receives also asks: the requests go out one after the other, as the server runs the
 * actions of a session anyway, and as the digest wants it. The digest takes the place of the login,
 * for it outlives what a cookie does not: a session that has timed out answers every action with
 * "Permission denied", a nonce that has done so is refused before anything is run, and the next one
 * comes with the refusal.
 */
final class HttpChannel implements AmiChannel {

    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;

    /** How often a request may go out: without a nonce, or with one too old, and once more. */
    private static final int TRIES = 2;

    /** How many actions may wait for those before them. */
    private static final int MAX_WAITING = 10_000;

    private final AmiSettings settings;
    private final PbxResources resources;
    private final HttpTransport http;
    private final Credentials credentials;
    private final FlightTap tap;
    private final Time time;
    private final WebAddress address;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<Sending> actions = new ArrayDeque<>();
    private @Nullable PbxException end;
    private @Nullable RootFuture<Answer> underWay;

    // Of the thread that receives.
    private final Queue<AmiFields> answers = new ArrayDeque<>();
    private @Nullable HttpDigest digest;

    private volatile Instant lastReceived;
    private volatile long lastReceivedNanos;

    HttpChannel(
            AmiSettings settings,
            PbxResources resources,
            HttpTransport http,
            Credentials credentials,
            FlightTap tap) {
        this.settings = settings;
        this.resources = resources;
        this.http = http;
        this.credentials = credentials;
        this.tap = tap;
        this.time = resources.time();
        this.address = endpoint(settings.transport().address());
        this.lastReceived = time.now();
        this.lastReceivedNanos = time.nanos();
    }

    private static WebAddress endpoint(WebAddress server) {
        String text = server.text();
        return WebAddress.http((text.endsWith("/") ? text : text + "/") + "arawman");
    }

    private record Sending(AmiFields action, BooleanSupplier mayLeave) {}

    private record Answer(int status, String challenge, List<AmiFields> messages) {}

    @Override
    public String greeting() {
        return "";
    }

    @Override
    public void send(AmiFields action, BooleanSupplier mayLeave) {
        lock.lock();
        try {
            if (end != null) {
                throw end;
            }
            if (actions.size() == MAX_WAITING) {
                throw new PbxConnectionException(
                        address.peer()
                                + (" answers too slowly: " + MAX_WAITING + " actions wait")
                                + " for their turn over HTTP",
                        null);
            }
            actions.add(new Sending(action, mayLeave));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public AmiFields receive() {
        AmiFields answer = answers.poll();
        while (answer == null) {
            exchange(nextAction());
            answer = answers.poll();
        }
        answer.showTo(tap);
        return answer;
    }

    private Sending nextAction() {
        lock.lock();
        try {
            while (actions.isEmpty() && end == null) {
                changed.awaitUninterruptibly();
            }
            if (end != null) {
                throw end;
            }
            return actions.remove();
        } finally {
            lock.unlock();
        }
    }

    private void exchange(Sending sending) {
        if (!sending.mayLeave.getAsBoolean()) {
            return;
        }
        String form = HttpForm.of(sending.action);
        if (tap.isOn()) {
            tap.sent(AmiEncoder.text(sending.action));
        }
        Answer answer = post(form);
        for (int tries = 1; answer.status == UNAUTHORIZED && tries <= TRIES; tries++) {
            // The server refuses before it looks at the action, so that nothing was run.
            renew(answer.challenge);
            answer = post(form);
        }
        if (answer.status != OK) {
            throw failure(answer.status);
        }
        answers.addAll(answer.messages);
    }

    private void renew(String challenge) {
        HttpDigest before = digest;
        if (before != null && !before.wasUsedBefore()) {
            throw new PbxAuthenticationException(
                    address.peer()
                            + (" refused the digest of " + credentials.user())
                            + "; check user and secret, and the permit lines of manager.conf");
        }
        digest =
                HttpDigest.answering(challenge, credentials)
                        .orElseThrow(
                                () ->
                                        new PbxAuthenticationException(
                                                address.peer()
                                                        + " asks for another proof than an MD5"
                                                        + " digest; is it Asterisk's own web"
                                                        + " server?"));
    }

    private Answer post(String form) {
        HttpRequest.Builder request =
                HttpRequest.builder("POST", address.text())
                        .timeout(longest())
                        .body(HttpBody.text(form, HttpForm.CONTENT_TYPE));
        HttpDigest proof = digest;
        if (proof != null) {
            // A digest holds no secret: it is made to be seen.
            request.addHeader("Authorization", proof.authorization("POST", address.target()))
                    .allowPlaintext();
        }
        RootFuture<Answer> call =
                HttpCalls.call(resources, Runnable::run, http, request.build(), this::read);
        begin(call);
        Answer answer = await(call);
        lastReceived = time.now();
        lastReceivedNanos = time.nanos();
        return answer;
    }

    private Answer await(RootFuture<Answer> call) {
        try {
            return Futures.await(call);
        } catch (CancellationException e) {
            throw closedHere(e);
        }
    }

    private PbxConnectionException closedHere(@Nullable Throwable cause) {
        return new PbxConnectionException(
                "the connection to " + address.peer() + " was closed", cause, true);
    }

    /** What takes longer ends by the client's own pings, which wait behind it. */
    private Duration longest() {
        return settings.pingInterval().plus(settings.pingTimeout()).multipliedBy(2);
    }

    private Answer read(HttpResponse response) {
        int limit = (int) Math.min(settings.maxListBytes(), Integer.MAX_VALUE - 8);
        byte[] body = response.bytes(limit);
        return new Answer(
                response.status(),
                response.headers().find("WWW-Authenticate").orElse(""),
                response.status() == OK ? messages(body) : List.of());
    }

    private static List<AmiFields> messages(byte[] body) {
        List<AmiFields> messages = new ArrayList<>();
        AmiParser parser = new AmiParser();
        int from = 0;
        while (from < body.length) {
            byte[] buffer = parser.buffer();
            int count = Math.min(buffer.length - parser.writeFrom(), body.length - from);
            System.arraycopy(body, from, buffer, parser.writeFrom(), count);
            parser.fed(count);
            from += count;
            for (AmiFields next = parser.next(); next != null; next = parser.next()) {
                messages.add(next);
            }
        }
        return messages;
    }

    private void begin(RootFuture<Answer> call) {
        lock.lock();
        try {
            underWay = call;
            if (end != null) {
                call.cancel(true);
            }
        } finally {
            lock.unlock();
        }
    }

    private PbxException failure(int status) {
        if (status == UNAUTHORIZED) {
            return new PbxAuthenticationException(
                    address.peer() + " refuses every digest of " + credentials.user());
        }
        String hint =
                status == NOT_FOUND
                        ? "; set webenabled=yes in manager.conf and enabled=yes in http.conf, and"
                                + " give the prefix of http.conf in the URL"
                        : "";
        return new PbxConnectionException(
                address.peer() + " answers " + status + " to AMI over HTTP" + hint, null, true);
    }

    @Override
    public Instant lastReceived() {
        return lastReceived;
    }

    @Override
    public Duration idle() {
        return Duration.ofNanos(time.nanos() - lastReceivedNanos);
    }

    @Override
    public void close() {
        RootFuture<Answer> call;
        lock.lock();
        try {
            if (end == null) {
                end = closedHere(null);
            }
            call = underWay;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (call != null) {
            call.cancel(true);
        }
    }
}
