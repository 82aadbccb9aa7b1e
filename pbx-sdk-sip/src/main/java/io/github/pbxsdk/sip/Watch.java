package io.github.pbxsdk.sip;

import io.github.pbxsdk.core.time.Time;
import io.github.pbxsdk.sip.event.WatchEndedEvent;
import io.github.pbxsdk.sip.internal.transport.Flow;
import io.github.pbxsdk.sip.internal.wire.Grammar;
import io.github.pbxsdk.sip.internal.wire.MalformedMessageException;
import io.github.pbxsdk.sip.internal.wire.NameAddress;
import io.github.pbxsdk.sip.internal.wire.RequestText;
import io.github.pbxsdk.sip.internal.wire.SipRequest;
import io.github.pbxsdk.sip.internal.wire.SipResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is watched: subscribed to, prolonged, begun again when the server has forgotten
 * it.
 *
 * <p>All that changes is changed by tasks of the engine's actor.
 */
final class Watch {

    private static final Duration EXPIRES = Duration.ofHours(1);

    private final SipEngine engine;
    private final Watches watches;
    private final RegistrationKeeper watcher;
    private final String watched;
    private final WatchKind kind;
    private final AtomicLong sequence = new AtomicLong();
    private String callId;
    private String tag = ClientTransactions.randomText();
    private @Nullable Dialog dialog;
    private Time.Alarm alarm = () -> {};
    private boolean closed;

    Watch(
            SipEngine engine,
            Watches watches,
            RegistrationKeeper watcher,
            String watched,
            WatchKind kind) {
        this.engine = engine;
        this.watches = watches;
        this.watcher = watcher;
        this.watched = watched;
        this.kind = kind;
        this.callId = engine.newCallId();
    }

    /** What the server's answer has made of the first request: later ones belong to it. */
    private record Dialog(String to, String target, List<String> route) {

        static Dialog of(SipResponse response) throws MalformedMessageException {
            NameAddress contact = Grammar.address("Contact", response.headers().get("Contact"));
            List<String> route = new ArrayList<>(response.headers().all("Record-Route"));
            Collections.reverse(route);
            return new Dialog(response.headers().get("To"), contact.uri(), route);
        }
    }

    /** Subscribes, as if for the first time. */
    void begin() {
        if (closed) {
            return;
        }
        watches.remove(callId);
        alarm.cancel();
        callId = engine.newCallId();
        tag = ClientTransactions.randomText();
        dialog = null;
        watches.add(callId, this);
        subscribe(EXPIRES);
    }

    private void subscribe(Duration expires) {
        Flow flow = engine.flow();
        if (flow == null) {
            // The next flow begins it anew.
            return;
        }
        String asked = callId;
        ask(flow, expires)
                .whenComplete(
                        (response, failure) ->
                                engine.execute(
                                        () -> {
                                            if (asked.equals(callId) && !closed) {
                                                answered(response);
                                            }
                                        }));
    }

    private CompletableFuture<SipResponse> ask(Flow flow, Duration expires) {
        String address = engine.settings().addressOf(SipText.user(watched));
        String own = engine.settings().addressOf(SipText.user(watcher.extension()));
        Dialog known = dialog;
        RequestText request =
                new RequestText(
                        "SUBSCRIBE",
                        known == null ? address : known.target(),
                        "<" + own + ">;tag=" + tag,
                        known == null ? "<" + address + ">" : known.to(),
                        callId);
        (known == null ? watcher.facts().serviceRoute() : known.route())
                .forEach(route -> request.header("Route", route));
        request.header("Contact", "<" + watcher.contact(flow) + ">");
        request.header("Event", kind.event());
        request.header("Accept", kind.accept());
        request.header("Expires", String.valueOf(expires.toSeconds()));
        return engine.exchange(
                flow,
                request,
                sequence::incrementAndGet,
                watcher.digest(),
                engine.settings().timeout(),
                () -> true);
    }

    private void answered(@Nullable SipResponse response) {
        if (response != null && !response.isSuccess() && isToldUnasked()) {
            return;
        }
        if (response == null || response.status() / 100 == 5) {
            again(engine.settings().reconnect().longestDelay());
        } else if (response.isSuccess()) {
            accepted(response);
        } else if (response.status() == 481 && dialog != null) {
            begin();
        } else {
            end("the server refuses to tell: " + response);
        }
    }

    private boolean isToldUnasked() {
        return kind == WatchKind.MAILBOX && watcher.facts().mailbox() != null;
    }

    private void accepted(SipResponse response) {
        if (dialog == null) {
            try {
                dialog = Dialog.of(response);
            } catch (MalformedMessageException | IllegalStateException e) {
                // Without an address to prolong it at, it is begun again in time.
                dialog = null;
            }
        }
        Duration granted = response.seconds("Expires").map(Duration::ofSeconds).orElse(EXPIRES);
        Duration pause = granted.multipliedBy(8).dividedBy(10);
        alarm.cancel();
        alarm = after(pause, dialog == null ? this::begin : () -> subscribe(EXPIRES));
    }

    private void again(Duration delay) {
        alarm.cancel();
        alarm = after(delay, this::begin);
    }

    private Time.Alarm after(Duration delay, Runnable task) {
        Duration atLeast = delay.toSeconds() < 1 ? Duration.ofSeconds(1) : delay;
        return engine.time().schedule(atLeast, () -> engine.execute(task));
    }

    /** Takes what the server tells; called by the thread that reads. */
    void notified(SipRequest request) {
        kind.read(watcher.extension(), watched, request.body()).ifPresent(engine::announce);
        String state = Objects.requireNonNullElse(request.headers().find("Subscription-State"), "");
        if (Incoming.mediaType(state).equals("terminated")) {
            engine.execute(() -> terminated(request.callId(), state));
        }
    }

    private void terminated(String ended, String state) {
        if (closed || !ended.equals(callId)) {
            return;
        }
        if (state.contains("rejected") || state.contains("noresource")) {
            end("the server ended it: " + state);
        } else {
            again(Duration.ofSeconds(1));
        }
    }

    private void end(String reason) {
        closed = true;
        alarm.cancel();
        watches.remove(callId);
        engine.announce(new WatchEndedEvent(watcher.extension(), watched, reason));
    }

    /** Stops watching. */
    void close() {
        if (closed) {
            return;
        }
        closed = true;
        alarm.cancel();
        watches.remove(callId);
        Flow flow = engine.flow();
        if (flow != null && dialog != null) {
            // Nobody waits for the answer: without it the server stops at the next notification.
            ask(flow, Duration.ZERO).exceptionally(failure -> null);
        }
    }
}
