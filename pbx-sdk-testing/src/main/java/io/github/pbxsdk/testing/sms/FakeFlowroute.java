package io.github.pbxsdk.testing.sms;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Flowroute's API for messages, for access key {@code key}, secret key {@code secret}.
 *
 * <p>{@code +15005550001} is no number to it. Lists have two messages a page, and write numbers
 * without their plus, as version 2.1 does. It signs no webhooks, a secret stands in their URL, and
 * repeats them four times.
 */
public final class FakeFlowroute extends FakeSmsServer {

    private static final int PAGE = 2;
    private static final String ONE = "/v2.2/messages/";
    private static final String REFUSED =
            "{\"errors\":[{\"id\":\"e-1\",\"status\":%s,\"title\":%s,\"detail\":%s}]}";

    private final List<String> stored = new CopyOnWriteArrayList<>();
    private final Map<String, List<String>> files = new ConcurrentHashMap<>();
    private final List<String> forgotten = new CopyOnWriteArrayList<>();
    private volatile boolean listingFiles = true;

    /** Starts one. */
    public FakeFlowroute() {
        start();
    }

    /**
     * Adds a text that somebody sent to us to the list, as if its webhook had been lost.
     *
     * @param fileTypes the types of its files, such as {@code image/jpeg}
     */
    public void receive(
            String id, String from, String to, String body, Instant at, String... fileTypes) {
        List<String> all = new ArrayList<>();
        for (String type : fileTypes) {
            all.add(file(id + "-" + (all.size() + 1), type));
        }
        files.put(id, all);
        stored.add(0, message(id, from, to, body, "inbound", at, all));
    }

    /** Has a text be gone where it is asked for by itself, while lists show it still. */
    public void forget(String id) {
        forgotten.add(id);
    }

    /** Has lists say only that a text has files; which ones, only the text by itself says. */
    public void listNoFiles() {
        listingFiles = false;
    }

    private static String file(String id, String type) {
        return ("{\"type\":\"media\",\"id\":" + Quoted.of(id))
                + (",\"attributes\":{\"url\":" + Quoted.of("https://files.example.org/" + id))
                + (",\"file_name\":" + Quoted.of(id))
                + (",\"mime_type\":" + Quoted.of(type) + "}}");
    }

    @Override
    boolean isSend(SmsRequest request) {
        return request.method().equals("POST") && request.path().equals("/v2.2/messages");
    }

    @Override
    Answer accept(SmsRequest request, int number) {
        String to = Quoted.find(request.body(), "to").orElse("");
        if (to.equals("+15005550001")) {
            return refusal(422, "Unprocessable Entity", "The number +15005550001 is not valid");
        }
        String id = "mdr2-%032d".formatted(number);
        String from = Quoted.find(request.body(), "from").orElse("");
        String text = Quoted.find(request.body(), "body").orElse("");
        stored.add(0, message(id, from, to, text, "outbound", now(), List.of()));
        take(id, from, to, text, PhoneText.NO_NOTES);
        return json(
                202,
                "{\"data\":{\"type\":\"message\",\"id\":%s,\"links\":{\"self\":%s}}}"
                        .formatted(Quoted.of(id), Quoted.of(url() + "/v2.2/messages/" + id)));
    }

    @Override
    String receivedId(int number) {
        return "mdr2-1%031d".formatted(number);
    }

    @Override
    void list(PhoneText text) {
        receive(text.id(), text.from(), text.to(), text.text(), text.at());
    }

    @Override
    Outgoing tellingOf(PhoneText text, String url) {
        return Outgoing.json(
                url,
                ("{\"data\":{\"type\":\"message\",\"id\":" + Quoted.of(text.id()))
                        + ",\"attributes\":{\"direction\":\"inbound\""
                        + (",\"to\":" + Quoted.of(PhoneText.digits(text.to())))
                        + (",\"from\":" + Quoted.of(PhoneText.digits(text.from())))
                        + (",\"body\":" + Quoted.of(text.text()))
                        + ",\"is_mms\":false,\"message_type\":\"longcode\""
                        + (",\"message_encoding\":" + (isAscii(text.text()) ? 0 : 8))
                        + ",\"status\":\"delivered\""
                        + (",\"timestamp\":" + Quoted.of(Dates.hundredths(text.at())) + "}}}"));
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(unit -> unit < 128);
    }

    /** Of a phone that can't be reached no words are known. */
    @Override
    Optional<Outgoing> reporting(PhoneText text, DeliveryStep step, String url) {
        return switch (step) {
            case SENT -> Optional.of(report(text, 1, "message buffered", 1003, url));
            case DELIVERED -> Optional.of(report(text, 2, "delivered", 0, url));
            case UNDELIVERED -> Optional.empty();
        };
    }

    private Outgoing report(PhoneText text, int level, String status, int code, String url) {
        return Outgoing.json(
                url,
                ("{\"data\":{\"type\":\"delivery_receipt\",\"id\":" + Quoted.of(text.id()))
                        + (",\"attributes\":{\"level\":" + level)
                        + (",\"status\":" + Quoted.of(status))
                        + (",\"status_code\":" + code + ",\"status_code_description\":\"\"")
                        + (",\"body\":" + Quoted.of(text.text()))
                        + (",\"timestamp\":" + Quoted.of(Dates.hundredths(now())) + "}}}"));
    }

    @Override
    Proof proof(String url) {
        return new UrlSecret(url);
    }

    @Override
    int ownRetries(URI url) {
        return 4;
    }

    /** Nothing but 200 will do. */
    @Override
    boolean isContent(WebhookCall call) {
        return call.status() == 200;
    }

    private static Answer refusal(int status, String title, String detail) {
        return json(status, REFUSED.formatted(status, Quoted.of(title), Quoted.of(detail)));
    }

    private static String message(
            String id,
            String from,
            String to,
            String body,
            String direction,
            Instant at,
            List<String> itsFiles) {
        return "{\"type\":\"message\",\"id\":%s,\"attributes\":{\"body\":%s,\"to\":%s,\"from\":%s,"
                        .formatted(
                                Quoted.of(id),
                                Quoted.of(body),
                                Quoted.of(to.replace("+", "")),
                                Quoted.of(from.replace("+", "")))
                + "\"direction\":%s,\"status\":\"delivered\",\"timestamp\":%s,\"is_mms\":%s}"
                        .formatted(
                                Quoted.of(direction), Quoted.of(at.toString()), !itsFiles.isEmpty())
                + (",\"relationships\":{\"media\":{\"data\":" + links(itsFiles) + "}}}");
    }

    private static List<String> links(List<String> itsFiles) {
        return itsFiles.stream()
                .map(file -> Quoted.find(file, "id").orElseThrow())
                .map(id -> "{\"type\":\"media\",\"id\":" + Quoted.of(id) + "}")
                .toList();
    }

    @Override
    Answer answer(SmsRequest request) {
        if (request.path().startsWith(ONE)) {
            return one(request.path().substring(ONE.length()));
        }
        if (!request.path().equals("/v2.2/messages")) {
            return refusal(404, "Not Found", "no such route");
        }
        if (request.parameter("start_date").isEmpty()) {
            return refusal(400, "Bad Request", "start_date is required");
        }
        int from = Integer.parseInt(request.parameter("offset").orElse("0"));
        int to = Math.min(stored.size(), from + PAGE);
        String next =
                to < stored.size()
                        ? ",\"next\":"
                                + Quoted.of(
                                        url()
                                                + request.target().replaceAll("&offset=\\d+", "")
                                                + ("&offset=" + to))
                        : "";
        List<String> page = stored.subList(Math.min(from, to), to);
        return json(
                200,
                ("{\"data\":" + page)
                        + (listingFiles ? ",\"included\":" + filesOf(page) : "")
                        + (",\"links\":{\"self\":\"" + url() + "\"" + next + "}}"));
    }

    private Answer one(String id) {
        List<String> found =
                stored.stream()
                        .filter(message -> Quoted.find(message, "id").equals(Optional.of(id)))
                        .toList();
        return found.isEmpty() || forgotten.contains(id)
                ? refusal(404, "Not Found", "no such message")
                : json(200, "{\"data\":" + found.get(0) + ",\"included\":" + filesOf(found) + "}");
    }

    private List<String> filesOf(List<String> messages) {
        return messages.stream()
                .map(message -> Quoted.find(message, "id").orElseThrow())
                .flatMap(id -> files.getOrDefault(id, List.of()).stream())
                .toList();
    }

    private static Answer json(int status, String body) {
        return Answer.of(status, "application/vnd.api+json", body);
    }
}
