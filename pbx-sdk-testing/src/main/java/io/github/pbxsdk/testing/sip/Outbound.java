package io.github.pbxsdk.testing.sip;

import io.github.pbxsdk.core.time.Time;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What the server asks devices, sent again until it is answered; on the server's thread only. */
final class Outbound {

    private static final Duration FIRST_WAIT = Duration.ofMillis(500);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(4);
    private static final Duration LIMIT = Duration.ofSeconds(32);

    private final Scheduler scheduler;
    private final BiConsumer<SipPeer, SipMessage> wire;
    private final Map<String, Exchange> exchanges = new HashMap<>();

    /** Runs tasks on the server's thread. */
    @FunctionalInterface
    interface Scheduler {

        Time.Alarm after(Duration delay, Runnable task);
    }

    Outbound(Scheduler scheduler, BiConsumer<SipPeer, SipMessage> wire) {
        this.scheduler = scheduler;
        this.wire = wire;
    }

    static String newBranch() {
        return "z9hG4bKPj" + UUID.randomUUID();
    }

    /** Sends a request; its future ends with the final answer, or with 408 of our own. */
    void send(SipPeer peer, SipMessage request, CompletableFuture<SipMessage> answer) {
        Exchange exchange = new Exchange(peer, request, answer);
        exchanges.put(request.branch(), exchange);
        exchange.send();
    }

    /** Takes an answer that a device sent. */
    void take(SipMessage answer) {
        Exchange exchange = exchanges.get(answer.branch());
        if (exchange != null && answer.status() >= 200) {
            exchange.end(answer);
        }
    }

    void close() {
        Map.copyOf(exchanges)
                .values()
                .forEach(one -> one.end(SipMessage.answer(503, "The fake was closed")));
    }

    /** One request that waits for its answer. */
    private final class Exchange {

        private final SipPeer peer;
        private final SipMessage request;
        private final CompletableFuture<SipMessage> answer;
        private Duration wait = FIRST_WAIT;
        private Duration waited = Duration.ZERO;
        private Time.@Nullable Alarm alarm;

        Exchange(SipPeer peer, SipMessage request, CompletableFuture<SipMessage> answer) {
            this.peer = peer;
            this.request = request;
            this.answer = answer;
        }

        void send() {
            wire.accept(peer, request);
            Duration next = peer.losesMessages() ? wait : LIMIT;
            alarm = scheduler.after(next, () -> again(next));
        }

        private void again(Duration since) {
            waited = waited.plus(since);
            if (answer.isDone()) {
                return;
            }
            if (waited.compareTo(LIMIT) >= 0) {
                end(SipMessage.answer(408, "Request Timeout"));
                return;
            }
            Duration doubled = wait.multipliedBy(2);
            wait = doubled.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : doubled;
            send();
        }

        void end(SipMessage message) {
            exchanges.remove(request.branch());
            if (alarm != null) {
                alarm.cancel();
            }
            answer.complete(message);
        }
    }
}
