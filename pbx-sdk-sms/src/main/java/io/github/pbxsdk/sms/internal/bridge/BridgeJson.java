package io.github.pbxsdk.sms.internal.bridge;

import com.squareup.moshi.JsonWriter;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.MessageId;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.message.TextMessage.Direction;
import io.github.pbxsdk.sms.SmsState;
import io.github.pbxsdk.sms.SmsStatus;
import io.github.pbxsdk.sms.internal.http.Times;
import io.github.pbxsdk.sms.internal.json.JsonObject;
import io.github.pbxsdk.sms.internal.json.JsonText;
import io.github.pbxsdk.sms.provider.HttpAnswer;
import io.github.pbxsdk.sms.provider.ProviderReceipt;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** The JSON of the bridge's three routes. */
public final class BridgeJson {

    private BridgeJson() {}

    /** Writes the request to send. */
    public static String request(TextMessage message) {
        return JsonText.of(
                json -> {
                    json.beginObject();
                    json.name("to").value(message.to().get(0).text());
                    if (message.from().isPresent()) {
                        json.name("from").value(message.from().get().text());
                    }
                    json.name("message").value(message.text());
                    json.endObject();
                });
    }

    /** Reads the answer to a request to send. */
    public static ProviderReceipt receipt(HttpAnswer answer) {
        return receipt(success(answer));
    }

    /** Returns what a message says about itself. */
    public static ProviderReceipt receipt(JsonObject json) {
        ProviderReceipt receipt =
                ProviderReceipt.of(
                        json.find("status")
                                .map(BridgeJson::status)
                                .orElseGet(() -> SmsStatus.of(SmsState.ACCEPTED, "accepted")));
        return json.find("id")
                .filter(id -> !id.isEmpty())
                .map(id -> receipt.identifiedBy(MessageId.of(id)))
                .orElse(receipt);
    }

    private static SmsStatus status(String words) {
        SmsState state =
                switch (words.toLowerCase(Locale.ROOT)) {
                    case "pending", "queued" -> SmsState.QUEUED;
                    case "sent" -> SmsState.SENT;
                    case "delivered" -> SmsState.DELIVERED;
                    case "failed" -> SmsState.FAILED;
                    default -> SmsState.ACCEPTED;
                };
        return SmsStatus.of(state, words);
    }

    /** Returns the object that a successful answer holds. */
    public static JsonObject success(HttpAnswer answer) {
        Optional<JsonObject> body = JsonObject.read(answer.body());
        if (answer.status() < 200 || answer.status() > 299) {
            String words = body.flatMap(json -> json.find("message")).orElse("no reason given");
            throw answer.refusal(answer.kindOfStatus(), "", words);
        }
        return body.orElseThrow(() -> answer.unreadable("no JSON"));
    }

    /** Reads a list of messages. */
    public static List<JsonObject> messages(HttpAnswer answer) {
        JsonObject json = success(answer);
        if (!json.has("messages")) {
            throw answer.unreadable("no messages");
        }
        return json.objects("messages");
    }

    /** Reads how many are unread. */
    public static int count(HttpAnswer answer) {
        return success(answer)
                .find("count")
                .filter(text -> text.matches("\\d{1,9}"))
                .map(Integer::valueOf)
                .orElseThrow(() -> answer.unreadable("no count"));
    }

    /** Returns a message of a list. */
    public static TextMessage message(JsonObject json, String via, List<Address> ours) {
        Address from = Address.parse(json.find("from").orElse(""));
        TextMessage.Builder message =
                TextMessage.builder(direction(json, from, ours))
                        .from(from)
                        .text(json.find("body", "message").orElse(""))
                        .via(via)
                        .raw(json.raw());
        json.find("id").filter(id -> !id.isEmpty()).map(MessageId::of).ifPresent(message::id);
        json.find("to").map(Address::parse).ifPresent(message::addTo);
        json.find("timestamp").flatMap(Times::iso).ifPresent(message::sentAt);
        return message.build();
    }

    /** The guide has no member for it; in doubt it came to us, so that nothing is lost. */
    private static Direction direction(JsonObject json, Address from, List<Address> ours) {
        String told = json.find("direction", "eventDirection").orElse("").toLowerCase(Locale.ROOT);
        if (told.startsWith("out") || (told.isEmpty() && isOurs(from, ours))) {
            return Direction.OUTBOUND;
        }
        return Direction.INBOUND;
    }

    /** FreePBX writes numbers without their plus. */
    private static boolean isOurs(Address from, List<Address> ours) {
        return ours.stream()
                .anyMatch(
                        own ->
                                own.equals(from)
                                        || own.text().equals("+" + from.text())
                                        || own.text().equals(from.text()));
    }

    /** Writes what a front end wants to know of a text that was sent. */
    public static String sent(Optional<String> id, SmsStatus status) {
        return JsonText.of(
                json -> {
                    json.beginObject();
                    if (id.isPresent()) {
                        json.name("id").value(id.get());
                    }
                    json.name("status").value(status.state().name().toLowerCase(Locale.ROOT));
                    json.endObject();
                });
    }

    /** Writes a list of received texts; what is unread is pending, in the words of the guide. */
    public static String messages(List<TextMessage> messages, Predicate<TextMessage> isUnread) {
        return JsonText.of(
                json -> {
                    json.beginObject().name("messages").beginArray();
                    for (TextMessage message : messages) {
                        write(json, message, isUnread.test(message) ? "pending" : "delivered");
                    }
                    json.endArray().endObject();
                });
    }

    private static void write(JsonWriter json, TextMessage message, String status)
            throws IOException {
        json.beginObject();
        json.name("id").value(message.id().map(MessageId::value).orElse(null));
        json.name("from").value(message.from().map(Address::text).orElse(null));
        json.name("to").value(message.to().isEmpty() ? null : message.to().get(0).text());
        json.name("body").value(message.text());
        json.name("timestamp")
                .value(message.sentAt().or(message::receivedAt).map(Object::toString).orElse(null));
        json.name("direction").value("in");
        json.name("status").value(status);
        json.endObject();
    }

    /** Writes how many are unread. */
    public static String count(int unread) {
        return JsonText.of(json -> json.beginObject().name("count").value(unread).endObject());
    }

    /** Writes why something failed. */
    public static String failure(String words) {
        return JsonText.of(json -> json.beginObject().name("message").value(words).endObject());
    }
}
