package io.github.pbxsdk.sms.internal.flowroute;

import com.squareup.moshi.JsonWriter;
import io.github.pbxsdk.core.message.MessageId;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.sms.SmsState;
import io.github.pbxsdk.sms.SmsStatus;
import io.github.pbxsdk.sms.internal.http.Times;
import io.github.pbxsdk.sms.internal.json.JsonObject;
import io.github.pbxsdk.sms.internal.json.JsonText;
import io.github.pbxsdk.sms.provider.HttpAnswer;
import io.github.pbxsdk.sms.provider.ProviderReceipt;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Flowroute's JSON, written and read. */
public final class FlowrouteJson {

    private FlowrouteJson() {}

    /** Returns our word for a status of Flowroute. */
    public static SmsStatus status(String words) {
        SmsState state =
                switch (words.toLowerCase(Locale.ROOT)) {
                    case "smsc submit", "message buffered" -> SmsState.SENT;
                    case "delivered" -> SmsState.DELIVERED;
                    default -> SmsState.UNKNOWN;
                };
        return SmsStatus.of(state, words);
    }

    /** Writes the request to send one message. */
    public static String request(TextMessage message, @Nullable URI statusCallback) {
        return JsonText.of(
                json -> {
                    json.beginObject().name("data").beginObject();
                    json.name("type").value("message");
                    json.name("attributes").beginObject();
                    write(json, message);
                    if (statusCallback != null) {
                        json.name("dlr_callback").value(statusCallback.toString());
                    }
                    json.endObject().endObject().endObject();
                });
    }

    private static void write(JsonWriter json, TextMessage message) throws IOException {
        json.name("to").value(message.to().get(0).text());
        if (message.from().isPresent()) {
            json.name("from").value(message.from().get().text());
        }
        json.name("body").value(message.text());
        if (!message.media().isEmpty()) {
            json.name("is_mms").value(true);
            json.name("media_urls").beginArray();
            for (var item : message.media()) {
                json.value(item.url().map(Object::toString).orElseThrow());
            }
            json.endArray();
        }
    }

    /** Reads the answer to a request to send. */
    public static ProviderReceipt receipt(HttpAnswer answer) {
        String id = success(answer).object("data").find("id").orElse("");
        if (id.isEmpty()) {
            throw answer.unreadable("a message without an id");
        }
        return ProviderReceipt.of(SmsStatus.of(SmsState.ACCEPTED, "accepted"))
                .identifiedBy(MessageId.of(id));
    }

    /** Returns the messages of a page, each with those files beside them that are its own. */
    public static List<JsonObject> messages(JsonObject page) {
        List<JsonObject> files = page.objects("included");
        return page.objects("data").stream()
                .map(message -> message.with("included", ownFiles(message, files)))
                .toList();
    }

    private static List<JsonObject> ownFiles(JsonObject message, List<JsonObject> files) {
        List<String> own =
                message.object("relationships").object("media").objects("data").stream()
                        .map(link -> link.find("id").orElse(""))
                        .toList();
        return files.stream().filter(file -> own.contains(file.find("id").orElse(""))).toList();
    }

    /** Returns what a listed message says about itself. */
    public static ProviderReceipt receipt(JsonObject listed) {
        String words = listed.object("attributes").find("status").orElse("");
        ProviderReceipt receipt = ProviderReceipt.of(status(words));
        return listed.find("id").map(id -> receipt.identifiedBy(MessageId.of(id))).orElse(receipt);
    }

    /** Returns the time of a listed message, if it has one that can be read. */
    public static Optional<Instant> time(JsonObject listed) {
        return listed.object("attributes").find("timestamp").flatMap(Times::iso);
    }

    /** Tells whether a listed message was received. */
    public static boolean isInbound(JsonObject listed) {
        return listed.object("attributes").find("direction").orElse("").equals("inbound");
    }

    /** Returns the object that a successful answer holds. */
    public static JsonObject success(HttpAnswer answer) {
        Optional<JsonObject> body = JsonObject.read(answer.body());
        if (answer.status() >= 200 && answer.status() < 300) {
            return body.orElseThrow(() -> answer.unreadable("no JSON"));
        }
        List<JsonObject> errors = body.map(json -> json.objects("errors")).orElse(List.of());
        String words =
                errors.stream()
                        .findFirst()
                        .flatMap(error -> error.find("detail", "title"))
                        .orElse("no reason given");
        throw answer.refusal(answer.kindOfStatus(), "", words);
    }
}
