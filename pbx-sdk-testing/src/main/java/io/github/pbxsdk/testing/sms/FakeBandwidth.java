package io.github.pbxsdk.testing.sms;

import io.github.pbxsdk.core.Credentials;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * Bandwidth's messaging API.
 *
 * <p>{@code +15005550001} is no number to it. Webhooks bring user {@code clinic} and password
 * {@code secret}, unless you say others. The real one repeats them for a day, this one five times.
 */
public final class FakeBandwidth extends FakeSmsServer {

    private static final String ACCEPTED =
            "{\"id\":%s,\"time\":\"2025-01-15T03:04:05.000Z\",\"to\":[%s],\"from\":%s,"
                    + "\"text\":%s,\"applicationId\":%s,\"tag\":%s,\"owner\":%s,"
                    + "\"direction\":\"out\",\"segmentCount\":1}";

    private volatile Credentials credentials = Credentials.of("clinic", "secret");

    /** Starts one. */
    public FakeBandwidth() {
        start();
    }

    /** Calls webhooks with this user and password. */
    public void signWith(Credentials value) {
        credentials = value;
    }

    @Override
    boolean isSend(SmsRequest request) {
        return request.method().equals("POST") && request.path().endsWith("/messages");
    }

    @Override
    Answer accept(SmsRequest request, int number) {
        String body = request.body();
        if (body.contains("+15005550001")) {
            return Answer.json(
                    400,
                    "{\"type\":\"request-validation\",\"description\":\"Your request could not be"
                            + " accepted\",\"fieldErrors\":[{\"fieldName\":\"to\","
                            + "\"description\":\"'+15005550001' is not a valid number\"}]}");
        }
        String to = body.replaceFirst("(?s).*\"to\":\\[(\"[^\"]*\")\\].*", "$1");
        String from = Quoted.of(Quoted.find(body, "from"));
        String id = "1476207046829%013d".formatted(number);
        take(
                id,
                Quoted.find(body, "from").orElse(""),
                to.replace("\"", ""),
                Quoted.find(body, "text").orElse(""),
                Quoted.find(body, "tag").orElse(PhoneText.NO_NOTES));
        return Answer.json(
                202,
                ACCEPTED.formatted(
                        Quoted.of(id),
                        to,
                        from,
                        Quoted.of(Quoted.find(body, "text")),
                        Quoted.of(Quoted.find(body, "applicationId")),
                        Quoted.of(Quoted.find(body, "tag")),
                        from));
    }

    @Override
    String receivedId(int number) {
        return "2476207046829%013d".formatted(number);
    }

    @Override
    Outgoing tellingOf(PhoneText text, String url) {
        String head = head("message-received", text.to(), "Incoming message received", "");
        return Outgoing.json(url, head + message(text, text.to(), "in"));
    }

    @Override
    Optional<Outgoing> reporting(PhoneText text, DeliveryStep step, String url) {
        String head =
                switch (step) {
                    case SENT -> head("message-sending", text.to(), "Message is sending", "");
                    case DELIVERED -> head("message-delivered", text.to(), "ok", "");
                    case UNDELIVERED ->
                            head("message-failed", text.to(), "destination-unreachable", "4720");
                };
        return Optional.of(Outgoing.json(url, head + message(text, text.from(), "out")));
    }

    /** The list has one event, always. */
    private String head(String type, String to, String description, String errorCode) {
        return ("[{\"type\":" + Quoted.of(type))
                + (",\"time\":" + Quoted.of(Dates.millis(now())))
                + (",\"to\":" + Quoted.of(to))
                + (",\"description\":" + Quoted.of(description))
                + (errorCode.isEmpty() ? "" : ",\"errorCode\":" + errorCode);
    }

    private static String message(PhoneText text, String owner, String direction) {
        return (",\"message\":{\"id\":" + Quoted.of(text.id()))
                + (",\"owner\":" + Quoted.of(owner) + ",\"applicationId\":\"93de2206\"")
                + (",\"from\":" + Quoted.of(text.from()) + ",\"to\":[" + Quoted.of(text.to()))
                + ("],\"text\":" + Quoted.of(text.text()) + ",\"media\":[],\"tag\":")
                + (Quoted.of(text.notes()) + ",\"direction\":" + Quoted.of(direction))
                + ",\"segmentCount\":1}}]";
    }

    @Override
    Proof proof(String url) {
        return HeaderProof.ofNothing(
                credentials,
                Credentials.of(credentials.user(), credentials.secret() + "0"),
                (call, at, given) -> Map.of("Authorization", basic(given)));
    }

    private static String basic(Credentials given) {
        String pair = given.user() + ":" + given.secret();
        return "Basic " + Signing.base64(pair.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    int ownRetries(URI url) {
        return 5;
    }

    @Override
    Answer answer(SmsRequest request) {
        return Answer.json(404, "{\"type\":\"not-found\",\"description\":\"no such route\"}");
    }
}
