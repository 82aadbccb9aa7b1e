package io.github.pbxsdk.testing.sms;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The API of MessageMedia: sending, and replies that come again until they are confirmed.
 *
 * <p>A list has two replies at most, so that clients have to ask again.
 */
public final class FakeMessageMedia extends FakeSmsServer {

    private static final int PAGE = 2;
    private static final String ACCEPTED =
            "{\"message_id\":\"00000000-0000-0000-0000-%012d\",\"status\":\"queued\","
                    + "\"destination_number\":%s,\"content\":%s,\"metadata\":{},\"format\":\"SMS\"}";

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, String> replies = new LinkedHashMap<>();

    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final AtomicInteger ids = new AtomicInteger();

    /** Starts one. */
    public FakeMessageMedia() {
        start();
    }

    /** Refuses a number from now on, and with it each batch that it is in. */
    public void refuse(String number) {
        refused.add(number);
    }

    /** Adds a reply. */
    public void receive(String id, String from, String to, String content, String receivedAt) {
        String reply =
                "{\"reply_id\":%s,\"source_number\":%s,\"destination_number\":%s,\"content\":%s,"
                                .formatted(
                                        Quoted.of(id),
                                        Quoted.of(from),
                                        Quoted.of(to),
                                        Quoted.of(content))
                        + "\"date_received\":%s,\"metadata\":{\"apiClientRef\":\"1214\"}}"
                                .formatted(Quoted.of(receivedAt));
        lock.lock();
        try {
            replies.put(id, reply);
        } finally {
            lock.unlock();
        }
    }

    /** Returns how many replies wait for their confirmation. */
    public int unconfirmed() {
        lock.lock();
        try {
            return replies.size();
        } finally {
            lock.unlock();
        }
    }

    @Override
    boolean isSend(SmsRequest request) {
        return request.method().equals("POST") && request.path().equals("/v1/messages");
    }

    @Override
    Answer accept(SmsRequest request, int number) {
        List<String> numbers = Quoted.findAll(request.body(), "destination_number");
        List<String> contents = Quoted.findAll(request.body(), "content");
        String invalid =
                IntStream.range(0, numbers.size())
                        .filter(place -> !isGood(numbers.get(place)))
                        .mapToObj("\"/messages/%d/destination_number: invalid\""::formatted)
                        .collect(Collectors.joining(","));
        if (!invalid.isEmpty()) {
            return Answer.json(
                    400, "{\"message\":\"validation failed\",\"details\":[" + invalid + "]}");
        }
        String messages =
                IntStream.range(0, numbers.size())
                        .mapToObj(place -> accepted(numbers.get(place), contents.get(place)))
                        .collect(Collectors.joining(","));
        return Answer.json(202, "{\"messages\":[" + messages + "]}");
    }

    private boolean isGood(String number) {
        return number.startsWith("+") && !refused.contains(number);
    }

    private String accepted(String number, String content) {
        return ACCEPTED.formatted(ids.incrementAndGet(), Quoted.of(number), Quoted.of(content));
    }

    @Override
    Answer answer(SmsRequest request) {
        lock.lock();
        try {
            return switch (request.method() + " " + request.path()) {
                case "GET /v1/replies" -> Answer.json(200, "{\"replies\":" + oldest() + "}");
                case "POST /v1/replies/confirmed" -> confirm(request.body());
                case "GET /v1/delivery_reports" -> Answer.json(200, "{\"delivery_reports\":[]}");
                default -> Answer.json(404, "{\"message\":\"not found\"}");
            };
        } finally {
            lock.unlock();
        }
    }

    private List<String> oldest() {
        List<String> all = new ArrayList<>(replies.values());
        return all.subList(0, Math.min(PAGE, all.size()));
    }

    private Answer confirm(String body) {
        replies.keySet().removeIf(id -> body.contains(Quoted.of(id)));
        return Answer.json(202, "");
    }
}
