package io.github.pbxsdk.testing.sms;

import java.nio.charset.StandardCharsets;

/**
 * The API of VoIP.ms, for the account {@code clinic}, {@code secret}, with the number {@code
 * 2065550101}.
 *
 * <p>It answers 200 to everything, as the real one does, and says in a word what is wrong.
 */
public final class FakeVoipMs extends FakeSmsServer {

    private static final int FIRST_ID = 23_433;
    private static final int MOST_BYTES = 160;

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
        boolean picture = request.parameter("method").orElse("").equals("sendMMS");
        return Answer.json(
                200,
                ("{\"status\":\"success\",\"" + (picture ? "mms" : "sms"))
                        + ("\":" + (FIRST_ID + number) + "}"));
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
