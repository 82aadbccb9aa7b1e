package io.github.pbxsdk.testing.sms;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The three routes that some sites put in front of the SMS of their FreePBX: send, messages and
 * unread.
 */
public final class FakeSmsBridge extends FakeSmsServer {

    private final ReentrantLock lock = new ReentrantLock();

    /** The newest first. */
    private final List<String> messages = new ArrayList<>();

    private int unread;

    /** Starts one. */
    public FakeSmsBridge() {
        start();
    }

    /** Adds a text that somebody sent to us. */
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
        return Answer.json(200, "{\"id\":\"sms-" + number + "\"}");
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
