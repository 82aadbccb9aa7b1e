package io.github.pbxsdk.sms.internal.messagemedia;

import com.squareup.moshi.JsonWriter;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.MessageId;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.sms.SmsRejectedException.Kind;
import io.github.pbxsdk.sms.SmsState;
import io.github.pbxsdk.sms.SmsStatus;
import io.github.pbxsdk.sms.internal.json.JsonObject;
import io.github.pbxsdk.sms.internal.json.JsonText;
import io.github.pbxsdk.sms.provider.BatchReceipt;
import io.github.pbxsdk.sms.provider.HttpAnswer;
import io.github.pbxsdk.sms.provider.OutgoingMessage;
import io.github.pbxsdk.sms.provider.ProviderReceipt;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** MessageMedia's JSON, written and read. */
public final class MessageMediaJson {

    private static final int BAD_REQUEST = 400;

    /** {@code /messages/3/destination_number: …}. */
    private static final Pattern PLACE = Pattern.compile("/messages/(\\d{1,4})/");

    private MessageMediaJson() {}

    /** Returns our word for a status and code of MessageMedia. */
    public static SmsStatus status(String words, Optional<String> code) {
        boolean unreachable = code.filter(c -> c.equals("400") || c.equals("414")).isPresent();
        SmsStatus status = SmsStatus.of(unreachable ? SmsState.UNDELIVERED : state(words), words);
        return code.map(status::withCode).orElse(status);
    }

    private static SmsState state(String words) {
        return switch (words.toLowerCase(Locale.ROOT)) {
            case "processing", "processed" -> SmsState.ACCEPTED;
            case "scheduled" -> SmsState.SCHEDULED;
            case "queued", "held", "enroute" -> SmsState.QUEUED;
            case "submitted" -> SmsState.SENT;
            case "delivered" -> SmsState.DELIVERED;
            case "read" -> SmsState.READ;
            case "expired" -> SmsState.EXPIRED;
            case "rejected" -> SmsState.REJECTED;
            case "failed" -> SmsState.FAILED;
            case "cancelled" -> SmsState.CANCELED;
            default -> SmsState.UNKNOWN;
        };
    }

    /** Writes the request to send messages, whose validity counts from now unless they go later. */
    public static String request(List<OutgoingMessage> messages, Instant now) {
        return JsonText.of(
                json -> {
                    json.beginObject().name("messages").beginArray();
                    for (OutgoingMessage outgoing : messages) {
                        write(json, outgoing, now);
                    }
                    json.endArray().endObject();
                });
    }

    private static void write(JsonWriter json, OutgoingMessage outgoing, Instant now)
            throws IOException {
        TextMessage message = outgoing.message();
        json.beginObject();
        json.name("content").value(message.text());
        json.name("destination_number").value(outgoing.to().text());
        json.name("format").value(message.media().isEmpty() ? "SMS" : "MMS");
        json.name("delivery_report").value(true);
        if (message.from().isPresent()) {
            Address from = message.from().get();
            json.name("source_number").value(from.text());
            json.name("source_number_type").value(senderType(from));
        }
        if (message.scheduledAt().isPresent()) {
            json.name("scheduled").value(message.scheduledAt().get().toString());
        }
        if (message.validFor().isPresent()) {
            Instant end = message.scheduledAt().orElse(now).plus(message.validFor().get());
            json.name("message_expiry_timestamp")
                    .value(end.truncatedTo(ChronoUnit.MILLIS).toString());
        }
        if (!message.media().isEmpty()) {
            json.name("media").beginArray();
            for (var item : message.media()) {
                json.value(item.url().map(Object::toString).orElseThrow());
            }
            json.endArray();
        }
        json.name("metadata").beginObject().name("pbxSdkKey").value(outgoing.idempotencyKey());
        if (message.reference().isPresent()) {
            json.name("apiClientRef").value(message.reference().get());
        }
        json.endObject().endObject();
    }

    private static String senderType(Address from) {
        return switch (from.kind()) {
            case SENDER_NAME -> "ALPHANUMERIC";
            case SHORT_CODE -> "SHORTCODE";
            default -> "INTERNATIONAL";
        };
    }

    /** Writes a list of ids to be confirmed. */
    public static String confirmation(String name, List<String> ids) {
        return JsonText.of(
                json -> {
                    json.beginObject().name(name).beginArray();
                    for (String id : ids) {
                        json.value(id);
                    }
                    json.endArray().endObject();
                });
    }

    /** Reads the answer to a request to send. */
    public static ProviderReceipt receipt(HttpAnswer answer) {
        List<JsonObject> messages = success(answer).objects("messages");
        if (messages.size() != 1) {
            throw answer.unreadable(messages.size() + " messages instead of one");
        }
        return receipt(messages.get(0), answer);
    }

    private static ProviderReceipt receipt(JsonObject message, HttpAnswer answer) {
        String id = message.find("message_id").orElse("");
        if (id.isEmpty()) {
            throw answer.unreadable("a message without an id");
        }
        String words = message.find("status").orElse("queued");
        return ProviderReceipt.of(status(words, Optional.empty())).identifiedBy(MessageId.of(id));
    }

    /** Reads the answer to a request to send several messages, which all are sent or none. */
    public static List<BatchReceipt> receipts(HttpAnswer answer, int sent) {
        Map<Integer, String> culprits = culprits(answer, sent);
        if (!culprits.isEmpty()) {
            return IntStream.range(0, sent)
                    .mapToObj(place -> receipt(answer, culprits.get(place)))
                    .toList();
        }
        List<JsonObject> messages = success(answer).objects("messages");
        if (messages.size() != sent) {
            throw answer.unreadable(messages.size() + " messages instead of " + sent);
        }
        return messages.stream().map(json -> BatchReceipt.taken(receipt(json, answer))).toList();
    }

    private static BatchReceipt receipt(HttpAnswer answer, @Nullable String objection) {
        return objection == null
                ? BatchReceipt.untouched()
                : BatchReceipt.failed(
                        answer.refusal(kind(objection, Kind.INVALID_REQUEST), "", objection));
    }

    /** Returns the objections by the place of the message that they are about. */
    private static Map<Integer, String> culprits(HttpAnswer answer, int sent) {
        Map<Integer, String> culprits = new HashMap<>();
        if (answer.status() != BAD_REQUEST) {
            return culprits;
        }
        for (String detail : details(answer)) {
            Matcher place = PLACE.matcher(detail);
            if (place.lookingAt() && Integer.parseInt(place.group(1)) < sent) {
                culprits.merge(
                        Integer.valueOf(place.group(1)), detail, (one, two) -> one + "; " + two);
            }
        }
        return culprits;
    }

    private static List<String> details(HttpAnswer answer) {
        return JsonObject.read(answer.body()).map(json -> json.texts("details")).orElse(List.of());
    }

    /** Returns the object that a successful answer holds. */
    public static JsonObject success(HttpAnswer answer) {
        Optional<JsonObject> body = JsonObject.read(answer.body());
        if (answer.status() >= 200 && answer.status() < 300) {
            return body.orElseThrow(() -> answer.unreadable("no JSON"));
        }
        String details =
                body.map(json -> String.join("; ", json.texts("details")))
                        .filter(text -> !text.isEmpty())
                        .or(() -> body.flatMap(json -> json.find("message")))
                        .orElse("no reason given");
        throw answer.refusal(kind(details, answer.kindOfStatus()), "", details);
    }

    private static Kind kind(String details, Kind otherwise) {
        if (otherwise != Kind.INVALID_REQUEST) {
            return otherwise;
        }
        if (details.contains("destination_number")) {
            return Kind.INVALID_RECIPIENT;
        }
        if (details.contains("source_number")) {
            return Kind.INVALID_SENDER;
        }
        return details.contains("content") ? Kind.CONTENT : otherwise;
    }
}
