package io.github.pbxsdk.testing.sms;

import java.security.KeyPair;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The API of MessageMedia: sending, and replies that come again until they are confirmed.
 *
 * <p>A list has two replies at most, so that clients have to ask again. Webhooks are signed with a
 * key of its own, {@link #publicKey()}, and SHA256; they are not repeated unless you say {@link
 * #retries}, as with a webhook that was made without.
 */
public final class FakeMessageMedia extends FakeSmsServer {

    private static final int PAGE = 2;
    private static final Pattern METADATA =
            Pattern.compile("\"metadata\":(\\{(?:[^}\"]|\"(?:[^\"\\\\]|\\\\.)*\")*\\})");
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US);
    private static final String ACCEPTED =
            "{\"message_id\":\"00000000-0000-0000-0000-%012d\",\"status\":\"queued\","
                    + "\"destination_number\":%s,\"content\":%s,\"metadata\":{},\"format\":\"SMS\"}";

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, String> replies = new LinkedHashMap<>();

    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final AtomicInteger ids = new AtomicInteger();
    private final AtomicInteger reports = new AtomicInteger();
    private final Keys keys = new Keys("RSA");

    /** Starts one. */
    public FakeMessageMedia() {
        start();
    }

    /** Refuses a number from now on, and with it each batch that it is in. */
    public void refuse(String number) {
        refused.add(number);
    }

    /** Returns the key for signed webhooks, as the API gives it. */
    public String publicKey() {
        return Signing.base64(keys.own().getPublic().getEncoded());
    }

    /** Adds a reply to the list, as if its webhook had been lost. */
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
        add(id, reply);
    }

    private void add(String id, String reply) {
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
        List<String> senders = Quoted.findAll(request.body(), "source_number");
        List<String> metadata =
                METADATA.matcher(request.body()).results().map(found -> found.group(1)).toList();
        String messages =
                IntStream.range(0, numbers.size())
                        .mapToObj(
                                place ->
                                        accepted(
                                                place < senders.size() ? senders.get(place) : "",
                                                numbers.get(place),
                                                contents.get(place),
                                                place < metadata.size()
                                                        ? metadata.get(place)
                                                        : "{}"))
                        .collect(Collectors.joining(","));
        return Answer.json(202, "{\"messages\":[" + messages + "]}");
    }

    private boolean isGood(String number) {
        return number.startsWith("+") && !refused.contains(number);
    }

    private String accepted(String from, String number, String content, String metadata) {
        int id = ids.incrementAndGet();
        take("00000000-0000-0000-0000-%012d".formatted(id), from, number, content, metadata);
        return ACCEPTED.formatted(id, Quoted.of(number), Quoted.of(content));
    }

    @Override
    String receivedId(int number) {
        return "00000000-0000-0000-0001-%012d".formatted(number);
    }

    @Override
    void list(PhoneText text) {
        add(text.id(), reply(text));
    }

    @Override
    Outgoing tellingOf(PhoneText text, String url) {
        return Outgoing.json(url, reply(text));
    }

    /** What a reply says in the list and in a webhook; a text that answers none has no message. */
    private String reply(PhoneText text) {
        Optional<PhoneText> answered = lastTo(text.from());
        return "{\"account_id\":\"Shop\",\"reply_id\":"
                + Quoted.of(text.id())
                + answered.map(ours -> ",\"message_id\":" + Quoted.of(ours.id())).orElse("")
                + (",\"source_number\":" + Quoted.of(text.from()))
                + (",\"destination_number\":" + Quoted.of(text.to()))
                + (",\"date_received\":" + Quoted.of(Dates.millis(text.at())))
                + (",\"content\":" + Quoted.of(text.text()))
                + (",\"metadata\":" + answered.map(PhoneText::notes).orElse("{}") + "}");
    }

    @Override
    Optional<Outgoing> reporting(PhoneText text, DeliveryStep step, String url) {
        String json =
                ("{\"account_id\":\"Shop\",\"delivery_report_id\":\""
                                + "00000000-0000-0000-0002-%012d"
                                        .formatted(reports.incrementAndGet()))
                        + ("\",\"message_id\":" + Quoted.of(text.id()))
                        + ("," + status(step))
                        + (",\"date_received\":" + Quoted.of(Dates.millis(now())))
                        + (",\"submitted_date\":" + Quoted.of(Dates.millis(text.at())))
                        + (",\"source_number\":" + Quoted.of(text.to()))
                        + (",\"original_text\":" + Quoted.of(text.text()))
                        + (",\"billing_units\":1,\"metadata\":" + text.notes() + "}");
        return Optional.of(Outgoing.json(url, json));
    }

    private static String status(DeliveryStep step) {
        return switch (step) {
            case SENT -> "\"status\":\"submitted\",\"error_code\":\"200\"";
            case DELIVERED -> "\"status\":\"delivered\",\"error_code\":\"220\"";
            case UNDELIVERED -> "\"status\":\"failed\",\"error_code\":\"414\"";
        };
    }

    @Override
    Proof proof(String url) {
        return HeaderProof.ofBody(keys::own, keys::other, FakeMessageMedia::signed);
    }

    /** Request line, date and body, with nothing in between. */
    private static Map<String, String> signed(Outgoing call, Instant at, Supplier<KeyPair> key) {
        String date = DATE.format(at.atOffset(ZoneOffset.UTC));
        String content = call.method() + " " + call.target() + " HTTP/1.1" + date + call.body();
        String signature = Signing.signed("SHA256withRSA", key.get().getPrivate(), content);
        return Map.of(
                "Date", date,
                "X-MessageMedia-Signature", signature,
                "X-MessageMedia-Digest-Type", "SHA256",
                "X-MessageMedia-Cipher-Type", "RSA",
                "X-MessageMedia-Key-Id", "1");
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
