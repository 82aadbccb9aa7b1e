package io.github.pbxsdk.testing.sms;

import java.net.URI;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Telnyx' API for messages and the balance.
 *
 * <p>{@code +15005550001} is no number to it, {@code +15005550004} has opted out. Webhooks are
 * signed with a key of its own, {@link #publicKey()}, and tried three times.
 */
public final class FakeTelnyx extends FakeSmsServer {

    private static final String ACCEPTED =
            "{\"data\":{\"record_type\":\"message\",\"direction\":\"outbound\",\"id\":%s,"
                    + "\"type\":\"SMS\",\"from\":{\"phone_number\":%s},"
                    + "\"to\":[{\"phone_number\":%s,\"status\":%s}],\"text\":%s,\"media\":[],"
                    + "\"parts\":1,\"errors\":[]}}";

    private static final int KEY_BYTES = 32;

    private final Keys keys = new Keys("Ed25519");
    private final AtomicInteger events = new AtomicInteger();

    /** Starts one. */
    public FakeTelnyx() {
        start();
    }

    /** Returns the key for webhooks, as the portal shows it. */
    public String publicKey() {
        byte[] der = keys.own().getPublic().getEncoded();
        return Signing.base64(Arrays.copyOfRange(der, der.length - KEY_BYTES, der.length));
    }

    @Override
    boolean isSend(SmsRequest request) {
        return request.method().equals("POST") && request.path().equals("/v2/messages");
    }

    @Override
    Answer accept(SmsRequest request, int number) {
        String to = Quoted.find(request.body(), "to").orElse("");
        if (to.equals("+15005550001")) {
            return refusal("40310", "Invalid 'to' address", "/to");
        }
        if (to.equals("+15005550004")) {
            return refusal("40300", "Blocked due to STOP message", "/to");
        }
        String id = "40310000-0000-0000-0000-%012d".formatted(number);
        String from = Quoted.find(request.body(), "from").orElse("");
        String text = Quoted.find(request.body(), "text").orElse("");
        take(id, from, to, text, PhoneText.NO_NOTES);
        boolean later = Quoted.find(request.body(), "send_at").isPresent();
        return Answer.json(
                200,
                ACCEPTED.formatted(
                        Quoted.of(id),
                        Quoted.of(Quoted.find(request.body(), "from")),
                        Quoted.of(to),
                        later ? "\"scheduled\"" : "\"queued\"",
                        Quoted.of(Quoted.find(request.body(), "text"))));
    }

    @Override
    String receivedId(int number) {
        return "40310000-0000-0000-0001-%012d".formatted(number);
    }

    @Override
    Outgoing tellingOf(PhoneText text, String url) {
        return event("message.received", text, "inbound", "webhook_delivered", "", url);
    }

    @Override
    Optional<Outgoing> reporting(PhoneText text, DeliveryStep step, String url) {
        return Optional.of(
                switch (step) {
                    case SENT -> event("message.sent", text, "outbound", "sent", "", url);
                    case DELIVERED ->
                            event("message.finalized", text, "outbound", "delivered", "", url);
                    case UNDELIVERED ->
                            event(
                                    "message.finalized",
                                    text,
                                    "outbound",
                                    "delivery_failed",
                                    "{\"code\":\"40008\"}",
                                    url);
                });
    }

    private Outgoing event(
            String type,
            PhoneText text,
            String direction,
            String status,
            String errors,
            String url) {
        String id = "00000000-0000-0000-0003-%012d".formatted(events.incrementAndGet());
        return Outgoing.json(
                url,
                ("{\"data\":{\"id\":" + Quoted.of(id) + ",\"event_type\":" + Quoted.of(type))
                        + (",\"occurred_at\":" + Quoted.of(Dates.millis(now())))
                        + (",\"payload\":{\"id\":" + Quoted.of(text.id()))
                        + (",\"direction\":" + Quoted.of(direction))
                        + (",\"from\":{\"phone_number\":" + Quoted.of(text.from()) + "}")
                        + (",\"to\":[{\"phone_number\":" + Quoted.of(text.to()))
                        + (",\"status\":" + Quoted.of(status) + "}]")
                        + (",\"text\":" + Quoted.of(text.text()))
                        + (",\"media\":[],\"errors\":["
                                + errors
                                + "]}},\"meta\":{\"attempt\":1}}"));
    }

    @Override
    Proof proof(String url) {
        return HeaderProof.ofBodyAndTime(keys::own, keys::other, FakeTelnyx::signed);
    }

    static Map<String, String> signed(Outgoing call, Instant at, Supplier<KeyPair> key) {
        String time = String.valueOf(at.getEpochSecond());
        String content = time + "|" + call.body();
        return Map.of(
                "telnyx-timestamp",
                time,
                "telnyx-signature-ed25519",
                Signing.signed("Ed25519", key.get().getPrivate(), content));
    }

    @Override
    int ownRetries(URI url) {
        return 2;
    }

    private static Answer refusal(String code, String title, String pointer) {
        return Answer.json(
                400,
                ("{\"errors\":[{\"code\":\"" + code + "\",\"title\":" + Quoted.of(title))
                        + (",\"detail\":" + Quoted.of(title))
                        + (",\"source\":{\"pointer\":\"" + pointer + "\"}}]}"));
    }

    @Override
    Answer answer(SmsRequest request) {
        return request.path().equals("/v2/balance")
                ? Answer.json(
                        200,
                        "{\"data\":{\"record_type\":\"balance\",\"balance\":\"300.00\","
                                + "\"credit_limit\":\"100.00\",\"available_credit\":\"400.00\","
                                + "\"currency\":\"USD\"}}")
                : Answer.json(
                        404,
                        "{\"errors\":[{\"code\":\"10005\",\"title\":\"Resource not found\"}]}");
    }
}
