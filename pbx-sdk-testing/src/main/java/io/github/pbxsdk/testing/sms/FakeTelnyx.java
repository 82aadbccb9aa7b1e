package io.github.pbxsdk.testing.sms;

/**
 * Telnyx' API for messages and the balance.
 *
 * <p>{@code +15005550001} is no number to it, {@code +15005550004} has opted out.
 */
public final class FakeTelnyx extends FakeSmsServer {

    private static final String ACCEPTED =
            "{\"data\":{\"record_type\":\"message\",\"direction\":\"outbound\",\"id\":%s,"
                    + "\"type\":\"SMS\",\"from\":{\"phone_number\":%s},"
                    + "\"to\":[{\"phone_number\":%s,\"status\":%s}],\"text\":%s,\"media\":[],"
                    + "\"parts\":1,\"errors\":[]}}";

    /** Starts one. */
    public FakeTelnyx() {
        start();
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
        boolean later = Quoted.find(request.body(), "send_at").isPresent();
        return Answer.json(
                200,
                ACCEPTED.formatted(
                        Quoted.of("40310000-0000-0000-0000-%012d".formatted(number)),
                        Quoted.of(Quoted.find(request.body(), "from")),
                        Quoted.of(to),
                        later ? "\"scheduled\"" : "\"queued\"",
                        Quoted.of(Quoted.find(request.body(), "text"))));
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
