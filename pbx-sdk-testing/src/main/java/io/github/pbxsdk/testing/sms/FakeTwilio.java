package io.github.pbxsdk.testing.sms;

import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

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
 * +15005550004} has opted out. Lists have two messages a page. Webhooks are signed with the token
 * {@code 12345} unless you say another one, and repeated as the end of their URL says: {@code
 * #rc=2&rp=5xx}.
 */
public final class FakeTwilio extends FakeSmsServer {

    private static final int PAGE = 2;
    private static final DateTimeFormatter DONE_DATE = DateTimeFormatter.ofPattern("yyMMddHHmm");

    private static final Pattern REPEATS = Pattern.compile("(?:^|&)rc=([0-5])(?:&|$)");
    private static final Pattern AFTER_ERRORS = Pattern.compile("(?:^|&)rp=[^&]*(?:5xx|all)");

    private static final Pattern FILES =
            Pattern.compile(".*/Messages/([^/]+)/Media(?:\\.json|/ME\\d+)");

    private final List<String> stored = new CopyOnWriteArrayList<>();
    private final Map<String, List<String>> files = new ConcurrentHashMap<>();
    private final AtomicInteger failing = new AtomicInteger();
    private final boolean signalWire;
    private volatile String token = "12345";
    private volatile int failure;

    /** Starts one. */
    public FakeTwilio() {
        this(false);
    }

    private FakeTwilio(boolean signalWire) {
        this.signalWire = signalWire;
        start();
    }

    /** Starts one that signs webhooks as SignalWire does. */
    public static FakeTwilio signalWire() {
        return new FakeTwilio(true);
    }

    /** Signs webhooks with this token, or this signing key of SignalWire. */
    public void signWith(String value) {
        token = value;
    }

    /**
     * Adds a text that somebody sent to us to the list, as if its webhook had been lost.
     *
     * @param fileTypes the types of its files, such as {@code image/jpeg}; the list says how many
     *     there are, and a list of its own where they are
     */
    public void receive(
            String sid, String from, String to, String body, Instant at, String... fileTypes) {
        files.put(sid, List.of(fileTypes));
        stored.add(0, message(sid, from, to, body, "received", "inbound", at, fileTypes.length));
    }

    /** Answers so many questions for the files of a text with this status. */
    public void failFiles(int status, int times) {
        failure = status;
        failing.set(times);
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
        String id = "SM%032d".formatted(number);
        String from = request.parameter("From").orElse("");
        String body = request.parameter("Body").orElse("");
        take(id, from, to, body, PhoneText.NO_NOTES);
        String message = message(id, from, to, body, "queued", "outbound-api", now(), 0);
        stored.add(0, message);
        return Answer.json(201, message);
    }

    @Override
    String receivedId(int number) {
        return "SM1%031d".formatted(number);
    }

    @Override
    void list(PhoneText text) {
        receive(text.id(), text.from(), text.to(), text.text(), text.at());
    }

    @Override
    Outgoing tellingOf(PhoneText text, String url) {
        Map<String, String> fields = about(text, "MessageSid", "SmsSid", "SmsMessageSid");
        fields.put("Body", text.text());
        fields.put("NumMedia", "0");
        fields.put("NumSegments", "1");
        fields.put("SmsStatus", "received");
        fields.put("FromCity", "");
        fields.put("FromState", "");
        fields.put("FromZip", "");
        fields.put("FromCountry", "");
        return Outgoing.form(url, fields).with(idempotencyToken());
    }

    @Override
    Optional<Outgoing> reporting(PhoneText text, DeliveryStep step, String url) {
        String status = step.name().toLowerCase(Locale.ROOT);
        Map<String, String> fields = about(text, "MessageSid", "SmsSid");
        fields.put("MessageStatus", status);
        fields.put("SmsStatus", status);
        if (step == DeliveryStep.UNDELIVERED) {
            fields.put("ErrorCode", "30003");
        }
        if (step != DeliveryStep.SENT) {
            fields.put("RawDlrDoneDate", DONE_DATE.format(now().atOffset(ZoneOffset.UTC)));
        }
        return Optional.of(Outgoing.form(url, fields).with(idempotencyToken()));
    }

    private static Map<String, String> about(PhoneText text, String... namesOfId) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String name : namesOfId) {
            fields.put(name, text.id());
        }
        fields.put("AccountSid", "AC1");
        fields.put("From", text.from());
        fields.put("To", text.to());
        fields.put("ApiVersion", "2010-04-01");
        return fields;
    }

    /** The same one when a call is repeated. */
    private static Map<String, String> idempotencyToken() {
        return Map.of("I-Twilio-Idempotency-Token", UUID.randomUUID().toString());
    }

    @Override
    Proof proof(String url) {
        return HeaderProof.ofBody(
                token,
                token + "0",
                (call, at, key) -> signalWire ? asSignalWire(call, key) : asTwilio(call, key));
    }

    /** The URL, then each parameter in the order of the names; no name comes twice here. */
    private static Map<String, String> asTwilio(Outgoing call, String key) {
        StringBuilder signed = new StringBuilder(call.url());
        new TreeMap<>(SmsRequest.fields(call.body()))
                .forEach((name, value) -> signed.append(name).append(value));
        byte[] digest = Signing.hmac("HmacSHA1", key, signed.toString());
        return Map.of("X-Twilio-Signature", Signing.base64(digest));
    }

    private static Map<String, String> asSignalWire(Outgoing call, String key) {
        byte[] digest = Signing.hmac("HmacSHA1", key, call.url() + call.body());
        return Map.of("X-SignalWire-Signature", HexFormat.of().formatHex(digest));
    }

    @Override
    int ownRetries(URI url) {
        String override = url.getRawFragment() == null ? "" : url.getRawFragment();
        Matcher repeats = REPEATS.matcher(override);
        boolean wanted = repeats.find() && AFTER_ERRORS.matcher(override).find();
        return wanted ? Integer.parseInt(repeats.group(1)) : 0;
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
            Instant at,
            int numberOfFiles) {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(at.atOffset(ZoneOffset.UTC));
        return "{\"sid\":%s,\"account_sid\":\"AC1\",\"from\":%s,\"to\":%s,\"body\":%s,\"status\":%s,"
                        .formatted(
                                Quoted.of(sid),
                                Quoted.of(from),
                                Quoted.of(to),
                                Quoted.of(body),
                                Quoted.of(status))
                + "\"direction\":%s,\"num_segments\":\"1\",\"num_media\":\"%d\",\"price\":null,"
                        .formatted(Quoted.of(way), numberOfFiles)
                + "\"subresource_uris\":{\"media\":%s},"
                        .formatted(Quoted.of(filesOf(sid) + ".json"))
                + "\"error_code\":null,\"error_message\":null,\"date_created\":%s,\"date_sent\":%s}"
                        .formatted(Quoted.of(date), Quoted.of(date));
    }

    @Override
    Answer answer(SmsRequest request) {
        if (request.path().endsWith("/Balance.json")) {
            return Answer.json(
                    200, "{\"account_sid\":\"AC1\",\"balance\":\"12.50\",\"currency\":\"USD\"}");
        }
        Matcher aboutFiles = FILES.matcher(request.path());
        if (aboutFiles.matches() && files.containsKey(aboutFiles.group(1))) {
            return file(request, aboutFiles.group(1));
        }
        if (!request.path().endsWith("/Messages.json")) {
            return Answer.json(404, "{\"code\":20404,\"message\":\"not found\",\"status\":404}");
        }
        return Answer.json(200, page(request));
    }

    private static String filesOf(String sid) {
        return "/2010-04-01/Accounts/AC1/Messages/" + sid + "/Media";
    }

    /** The list of the files of a text, or one of them. */
    private Answer file(SmsRequest request, String sid) {
        if (!request.path().endsWith(".json")) {
            return Answer.of(200, "application/octet-stream", "a file of " + sid);
        }
        if (failing.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            return Answer.json(failure, "{\"message\":\"no files\",\"status\":" + failure + "}");
        }
        List<String> types = files.getOrDefault(sid, List.of());
        List<String> listed =
                IntStream.range(0, types.size())
                        .mapToObj(place -> file(sid, place, types.get(place)))
                        .toList();
        return Answer.json(200, "{\"media_list\":" + listed + ",\"next_page_uri\":null}");
    }

    private static String file(String sid, int place, String type) {
        String id = "ME%032d".formatted(place + 1);
        return ("{\"sid\":\"" + id + "\",\"account_sid\":\"AC1\",\"parent_sid\":" + Quoted.of(sid))
                + (",\"content_type\":" + Quoted.of(type))
                + (",\"uri\":" + Quoted.of(filesOf(sid) + "/" + id + ".json") + "}");
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
