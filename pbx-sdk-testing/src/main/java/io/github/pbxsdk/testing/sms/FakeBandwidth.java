package io.github.pbxsdk.testing.sms;

/**
 * Bandwidth's messaging API.
 *
 * <p>{@code +15005550001} is no number to it.
 */
public final class FakeBandwidth extends FakeSmsServer {

    private static final String ACCEPTED =
            "{\"id\":%s,\"time\":\"2025-01-15T03:04:05.000Z\",\"to\":[%s],\"from\":%s,"
                    + "\"text\":%s,\"applicationId\":%s,\"tag\":%s,\"owner\":%s,"
                    + "\"direction\":\"out\",\"segmentCount\":1}";

    /** Starts one. */
    public FakeBandwidth() {
        start();
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
        return Answer.json(
                202,
                ACCEPTED.formatted(
                        Quoted.of("1476207046829%013d".formatted(number)),
                        to,
                        from,
                        Quoted.of(Quoted.find(body, "text")),
                        Quoted.of(Quoted.find(body, "applicationId")),
                        Quoted.of(Quoted.find(body, "tag")),
                        from));
    }

    @Override
    Answer answer(SmsRequest request) {
        return Answer.json(404, "{\"type\":\"not-found\",\"description\":\"no such route\"}");
    }
}
