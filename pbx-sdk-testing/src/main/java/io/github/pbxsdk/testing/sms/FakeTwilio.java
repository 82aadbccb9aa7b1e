package io.github.pbxsdk.testing.sms;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Twilio's API for messages, which SignalWire speaks as well.
 *
 * <pre>{@code
 * try (FakeTwilio twilio = new FakeTwilio()) {
 *     twilio.fail(SmsFault.DROP_AFTER_ACCEPTING);
 *     // … send with a client on twilio.url()
 *     twilio.accepted();                          // what phones would have got
 * }
 * }</pre>
 *
 * <p>It knows the numbers of the test credentials: {@code +15005550001} is invalid, {@code
 * +15005550004} has opted out. Lists have two messages a page.
 */
public final class FakeTwilio extends FakeSmsServer {

    private static final int PAGE = 2;

    private final List<String> stored = new CopyOnWriteArrayList<>();

    /** Starts one. */
    public FakeTwilio() {
        start();
    }

    /** Adds a text that somebody sent to us. */
    public void receive(String sid, String from, String to, String body, Instant at) {
        stored.add(0, message(sid, from, to, body, "received", "inbound", at));
    }

    @Override
    boolean isSend(SmsRequest request) {
        return request.method().equals("POST") && request.path().endsWith("/Messages.json");
    }

    @Override
    Answer accept(SmsRequest request, int number) {
        String to = request.parameter("To").orElse("");
        if (to.equals("+15005550001")) {
            return refusal(21211, "The 'To' number +15005550001 is not a valid phone number.");
        }
        if (to.equals("+15005550004")) {
            return refusal(21610, "Attempt to send to unsubscribed recipient");
        }
        String message =
                message(
                        "SM%032d".formatted(number),
                        request.parameter("From").orElse(""),
                        to,
                        request.parameter("Body").orElse(""),
                        "queued",
                        "outbound-api",
                        Instant.now());
        stored.add(0, message);
        return Answer.json(201, message);
    }

    private static Answer refusal(int code, String words) {
        return Answer.json(
                400,
                ("{\"code\":" + code + ",\"message\":" + Quoted.of(words))
                        + (",\"more_info\":\"https://www.twilio.com/docs/errors/" + code)
                        + "\",\"status\":400}");
    }

    private static String message(
            String sid,
            String from,
            String to,
            String body,
            String status,
            String way,
            Instant at) {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(at.atOffset(ZoneOffset.UTC));
        return "{\"sid\":%s,\"account_sid\":\"AC1\",\"from\":%s,\"to\":%s,\"body\":%s,\"status\":%s,"
                        .formatted(
                                Quoted.of(sid),
                                Quoted.of(from),
                                Quoted.of(to),
                                Quoted.of(body),
                                Quoted.of(status))
                + "\"direction\":%s,\"num_segments\":\"1\",\"num_media\":\"0\",\"price\":null,"
                        .formatted(Quoted.of(way))
                + "\"error_code\":null,\"error_message\":null,\"date_created\":%s,\"date_sent\":%s}"
                        .formatted(Quoted.of(date), Quoted.of(date));
    }

    @Override
    Answer answer(SmsRequest request) {
        if (request.path().endsWith("/Balance.json")) {
            return Answer.json(
                    200, "{\"account_sid\":\"AC1\",\"balance\":\"12.50\",\"currency\":\"USD\"}");
        }
        if (!request.path().endsWith("/Messages.json")) {
            return Answer.json(404, "{\"code\":20404,\"message\":\"not found\",\"status\":404}");
        }
        return Answer.json(200, page(request));
    }

    private String page(SmsRequest request) {
        List<String> found = matching(request);
        int from = Integer.parseInt(request.parameter("Page").orElse("0")) * PAGE;
        int to = Math.min(found.size(), from + PAGE);
        String next =
                to < found.size()
                        ? Quoted.of(
                                request.target().replaceAll("[?&]Page=\\d+", "")
                                        + (request.target().contains("?") ? "&" : "?")
                                        + ("Page=" + to / PAGE))
                        : "null";
        return "{\"messages\":["
                + String.join(",", found.subList(Math.min(from, to), to))
                + ("],\"next_page_uri\":" + next + "}");
    }

    private List<String> matching(SmsRequest request) {
        return stored.stream()
                .filter(message -> matches(message, "to", request.parameter("To")))
                .filter(message -> matches(message, "from", request.parameter("From")))
                .toList();
    }

    private static boolean matches(String message, String name, Optional<String> wanted) {
        return wanted.isEmpty() || Quoted.find(message, name).equals(wanted);
    }
}
