package io.github.pbxsdk.testing.sms;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The advanced API of SMS Broadcast, for the account {@code clinic}, {@code secret}.
 *
 * <p>It answers 200 to everything, as the real one does, and says in words what is wrong. Webhooks
 * are the classic ones, which tell no id of a reply, unless you say {@link #newerPortal}; a secret
 * stands in the query of their URL.
 */
public final class FakeSmsBroadcast extends FakeSmsServer {

    private static final int FIRST_ID = 2_942_262;
    private static final String UNKNOWN = "ERROR: Username or password is incorrect\n";
    private static final Pattern NUMBER = Pattern.compile("(?:0?4|614)\\d{8}");

    private final AtomicInteger ids = new AtomicInteger();
    private final AtomicInteger reports = new AtomicInteger();
    private volatile boolean newerPortal;

    /** Starts one. */
    public FakeSmsBroadcast() {
        start();
    }

    /**
     * Calls webhooks as the newer portal does with the template in our guide: a form, which has an
     * id, and parentheses around what belongs to the text that is answered.
     */
    public void newerPortal(boolean value) {
        newerPortal = value;
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
                .map(to -> line(request, to, FIRST_ID + ids.incrementAndGet()))
                .collect(Collectors.joining());
    }

    private static boolean isKnown(SmsRequest request) {
        return request.parameter("username").orElse("").equals("clinic")
                && request.parameter("password").orElse("").equals("secret");
    }

    private String line(SmsRequest request, String to, int id) {
        if (!NUMBER.matcher(to).matches()) {
            return "BAD:" + to + ":Invalid Number\n";
        }
        String number = to.replaceFirst("^0?4", "614");
        take(
                String.valueOf(id),
                request.parameter("from").orElse(""),
                "+" + number,
                request.parameter("message").orElse(""),
                request.parameter("ref").orElse(PhoneText.NO_NOTES));
        return "OK: " + number + ":" + id + "\n";
    }

    @Override
    String receivedId(int number) {
        return "00000000-0000-0000-0001-%012d".formatted(number);
    }

    @Override
    Outgoing tellingOf(PhoneText text, String url) {
        Optional<PhoneText> answered = lastTo(text.from());
        String reference = answered.map(PhoneText::notes).orElse("");
        String id = answered.map(PhoneText::id).orElse("");
        Map<String, String> fields = new LinkedHashMap<>();
        if (newerPortal) {
            fields.put("from", text.from());
            fields.put("to", text.to());
            fields.put("message", text.text());
            fields.put("ref", "(" + reference + ")");
            fields.put("msgref", "(" + id + ")");
            fields.put("id", text.id());
            return Outgoing.form(url, fields);
        }
        fields.put("to", PhoneText.digits(text.to()));
        fields.put("from", PhoneText.digits(text.from()));
        fields.put("message", text.text());
        fields.put("ref", reference);
        fields.put("smsref", id);
        return Outgoing.get(url, fields);
    }

    /** The classic ones tell of the end alone. */
    @Override
    Optional<Outgoing> reporting(PhoneText text, DeliveryStep step, String url) {
        if (newerPortal) {
            return Optional.of(Outgoing.form(url, portalReport(text, step)));
        }
        if (step == DeliveryStep.SENT) {
            return Optional.empty();
        }
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("to", PhoneText.digits(text.to()));
        fields.put("ref", text.notes());
        fields.put("smsref", text.id());
        fields.put("status", step == DeliveryStep.DELIVERED ? "Delivered" : "Failed");
        return Optional.of(Outgoing.get(url, fields));
    }

    private Map<String, String> portalReport(PhoneText text, DeliveryStep step) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("from", text.to());
        fields.put("ref", "(" + text.notes() + ")");
        fields.put("msgref", "(" + text.id() + ")");
        fields.put("id", "00000000-0000-0000-0002-%012d".formatted(reports.incrementAndGet()));
        fields.put(
                "status",
                switch (step) {
                    case SENT -> "submitted";
                    case DELIVERED -> "delivered";
                    case UNDELIVERED -> "failed";
                });
        fields.put(
                "code",
                switch (step) {
                    case SENT -> "200";
                    case DELIVERED -> "220";
                    case UNDELIVERED -> "414";
                });
        return fields;
    }

    @Override
    Proof proof(String url) {
        return new UrlSecret(url);
    }

    @Override
    Answer answer(SmsRequest request) {
        return text(isKnown(request) ? "OK: 5000\n" : UNKNOWN);
    }

    private static Answer text(String body) {
        return Answer.of(200, "text/plain", body);
    }
}
