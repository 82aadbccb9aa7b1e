package io.github.pbxsdk.testing.sms;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The three routes that some sites put in front of the SMS of their FreePBX: send, messages and
 * unread.
 *
 * <p>Its webhook tells no id; it is signed with the secret {@code secret}, unless you say another
 * one. It tells nothing of texts that were sent.
 */
public final class FakeSmsBridge extends FakeSmsServer {

    private final ReentrantLock lock = new ReentrantLock();

    /** The newest first. */
    private final List<String> messages = new ArrayList<>();

    private int unread;
    private volatile String secret = "secret";

    /** Starts one. */
    public FakeSmsBridge() {
        start();
    }

    /** Signs webhooks with this secret. */
    public void signWith(String value) {
        secret = value;
    }

    /** Adds a text that somebody sent to us to the list, as if its webhook had been lost. */
    public void receive(String id, String from, String to, String body, String timestamp) {
        add(id, from, to, body, timestamp, "pending");
        lock.lock();
        try {
            unread++;
        } finally {
            lock.unlock();
        }
    }

    private void add(
            String id, String from, String to, String body, String timestamp, String status) {
        String message =
                "{\"id\":%s,\"from\":%s,\"to\":%s,\"body\":%s,\"timestamp\":%s,\"status\":%s}"
                        .formatted(
                                Quoted.of(id),
                                Quoted.of(from),
                                Quoted.of(to),
                                Quoted.of(body),
                                Quoted.of(timestamp),
                                Quoted.of(status));
        lock.lock();
        try {
            messages.add(0, message);
        } finally {
            lock.unlock();
        }
    }

    @Override
    boolean isSend(SmsRequest request) {
        return request.method().equals("POST") && request.path().endsWith("/api/sms/send");
    }

    @Override
    Answer accept(SmsRequest request, int number) {
        String to = Quoted.find(request.body(), "to").orElse("");
        if (!to.startsWith("+")) {
            return Answer.json(422, "{\"message\":\"to is not a number\"}");
        }
        String from = Quoted.find(request.body(), "from").orElse("");
        String text = Quoted.find(request.body(), "message").orElse("");
        add("sms-" + number, from, to, text, "2025-01-15T03:04:05Z", "sent");
        take("sms-" + number, from, to, text, PhoneText.NO_NOTES);
        return Answer.json(200, "{\"id\":\"sms-" + number + "\"}");
    }

    @Override
    String receivedId(int number) {
        return "sms-in-" + number;
    }

    @Override
    void list(PhoneText text) {
        receive(text.id(), text.from(), text.to(), text.text(), Dates.millis(text.at()));
    }

    @Override
    Outgoing tellingOf(PhoneText text, String url) {
        return Outgoing.json(
                url,
                "{\"from\":%s,\"to\":%s,\"message\":%s,\"timestamp\":%s}"
                        .formatted(
                                Quoted.of(text.from()),
                                Quoted.of(text.to()),
                                Quoted.of(text.text()),
                                Quoted.of(Dates.millis(text.at()))));
    }

    @Override
    Optional<Outgoing> reporting(PhoneText text, DeliveryStep step, String url) {
        return Optional.empty();
    }

    @Override
    Proof proof(String url) {
        return HeaderProof.ofBody(secret, secret + "0", (call, at, key) -> signed(call, key));
    }

    private static Map<String, String> signed(Outgoing call, String key) {
        byte[] digest = Signing.hmac("HmacSHA256", key, call.body());
        return Map.of("x-freepbx-signature", HexFormat.of().formatHex(digest));
    }

    @Override
    Answer answer(SmsRequest request) {
        lock.lock();
        try {
            if (request.path().endsWith("/api/sms/unread")) {
                return Answer.json(200, "{\"count\":" + unread + "}");
            }
            if (!request.path().endsWith("/api/sms/messages")) {
                return Answer.json(404, "{\"message\":\"no such route\"}");
            }
            int limit = Integer.parseInt(request.parameter("limit").orElse("50"));
            return Answer.json(
                    200,
                    "{\"messages\":" + messages.subList(0, Math.min(limit, messages.size())) + "}");
        } finally {
            lock.unlock();
        }
    }
}
