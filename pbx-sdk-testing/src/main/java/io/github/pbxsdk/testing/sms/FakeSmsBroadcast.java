package io.github.pbxsdk.testing.sms;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The advanced API of SMS Broadcast, for the account {@code clinic}, {@code secret}.
 *
 * <p>It answers 200 to everything, as the real one does, and says in words what is wrong.
 */
public final class FakeSmsBroadcast extends FakeSmsServer {

    private static final int FIRST_ID = 2_942_262;
    private static final String UNKNOWN = "ERROR: Username or password is incorrect\n";
    private static final Pattern NUMBER = Pattern.compile("(?:0?4|614)\\d{8}");

    private final AtomicInteger ids = new AtomicInteger();

    /** Starts one. */
    public FakeSmsBroadcast() {
        start();
    }

    @Override
    boolean isSend(SmsRequest request) {
        return request.method().equals("POST") && request.parameter("action").isEmpty();
    }

    @Override
    Answer accept(SmsRequest request, int number) {
        return text(isKnown(request) ? lines(request) : UNKNOWN);
    }

    /** Numbers stand in a list with commas; each has a line of its own. */
    private String lines(SmsRequest request) {
        return Arrays.stream(request.parameter("to").orElse("").split(",", -1))
                .map(to -> line(to, FIRST_ID + ids.incrementAndGet()))
                .collect(Collectors.joining());
    }

    private static boolean isKnown(SmsRequest request) {
        return request.parameter("username").orElse("").equals("clinic")
                && request.parameter("password").orElse("").equals("secret");
    }

    private static String line(String to, int id) {
        return NUMBER.matcher(to).matches()
                ? "OK: " + to.replaceFirst("^0?4", "614") + ":" + id + "\n"
                : "BAD:" + to + ":Invalid Number\n";
    }

    @Override
    Answer answer(SmsRequest request) {
        return text(isKnown(request) ? "OK: 5000\n" : UNKNOWN);
    }

    private static Answer text(String body) {
        return Answer.of(200, "text/plain", body);
    }
}
