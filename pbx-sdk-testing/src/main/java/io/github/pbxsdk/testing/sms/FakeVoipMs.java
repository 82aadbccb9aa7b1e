package io.github.pbxsdk.testing.sms;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The API of VoIP.ms, for the account {@code clinic}, {@code secret}, with the number {@code
 * 2065550101}.
 *
 * <p>It answers 200 to everything, as the real one does, and says in a word what is wrong. A secret
 * for its webhook stands in the URL; the call is repeated, here five times, until the answer is
 * {@code ok}. It tells nothing of texts that were sent.
 */
public final class FakeVoipMs extends FakeSmsServer {

    private static final int FIRST_ID = 23_433;
    private static final int FIRST_RECEIVED = 77_000;
    private static final int MOST_BYTES = 160;
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    /** Starts one. */
    public FakeVoipMs() {
        start();
    }

    @Override
    boolean isSend(SmsRequest request) {
        return request.path().equals("/api/v1/rest.php")
                && request.parameter("method").orElse("").startsWith("send");
    }

    @Override
    Answer accept(SmsRequest request, int number) {
        String problem = problem(request);
        if (!problem.isEmpty()) {
            return status(problem);
        }
        take(
                String.valueOf(FIRST_ID + number),
                "+1" + request.parameter("did").orElse(""),
                "+1" + request.parameter("dst").orElse(""),
                request.parameter("message").orElse(""),
                PhoneText.NO_NOTES);
        boolean picture = request.parameter("method").orElse("").equals("sendMMS");
        return Answer.json(
                200,
                ("{\"status\":\"success\",\"" + (picture ? "mms" : "sms"))
                        + ("\":" + (FIRST_ID + number) + "}"));
    }

    @Override
    String receivedId(int number) {
        return String.valueOf(FIRST_RECEIVED + number);
    }

    @Override
    Outgoing tellingOf(PhoneText text, String url) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("to", american(text.to()));
        fields.put("from", american(text.from()));
        fields.put("message", text.text());
        fields.put("id", text.id());
        fields.put("date", DATE.format(text.at().atOffset(ZoneOffset.UTC)));
        fields.put("media", "");
        return Outgoing.get(url, fields);
    }

    private static String american(String number) {
        return number.replaceFirst("^\\+1", "");
    }

    @Override
    Optional<Outgoing> reporting(PhoneText text, DeliveryStep step, String url) {
        return Optional.empty();
    }

    @Override
    Proof proof(String url) {
        return new UrlSecret(url);
    }

    @Override
    int ownRetries(URI url) {
        return 5;
    }

    @Override
    boolean isContent(WebhookCall call) {
        return super.isContent(call) && call.answer().strip().equals("ok");
    }

    private static String problem(SmsRequest request) {
        if (!isKnown(request)) {
            return "invalid_credentials";
        }
        if (!request.parameter("did").orElse("").equals("2065550101")) {
            return "invalid_did";
        }
        if (!request.parameter("dst").orElse("").matches("[2-9]\\d{9}")) {
            return "invalid_dst";
        }
        int bytes = request.parameter("message").orElse("").getBytes(StandardCharsets.UTF_8).length;
        boolean text = request.parameter("method").orElse("").equals("sendSMS");
        return text && bytes > MOST_BYTES ? "sms_toolong" : "";
    }

    private static boolean isKnown(SmsRequest request) {
        return request.parameter("api_username").orElse("").equals("clinic")
                && request.parameter("api_password").orElse("").equals("secret");
    }

    private static Answer status(String word) {
        return Answer.json(200, "{\"status\":\"" + word + "\"}");
    }

    @Override
    Answer answer(SmsRequest request) {
        if (!isKnown(request)) {
            return status("invalid_credentials");
        }
        return request.parameter("method").orElse("").equals("getBalance")
                ? Answer.json(
                        200, "{\"status\":\"success\",\"balance\":{\"current_balance\":\"12.50\"}}")
                : status("invalid_method");
    }
}
