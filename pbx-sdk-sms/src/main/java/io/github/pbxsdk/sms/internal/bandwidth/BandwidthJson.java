package io.github.pbxsdk.sms.internal.bandwidth;

import io.github.pbxsdk.core.message.MessageId;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.sms.SmsRejectedException.Kind;
import io.github.pbxsdk.sms.SmsState;
import io.github.pbxsdk.sms.SmsStatus;
import io.github.pbxsdk.sms.internal.json.JsonObject;
import io.github.pbxsdk.sms.internal.json.JsonText;
import io.github.pbxsdk.sms.provider.HttpAnswer;
import io.github.pbxsdk.sms.provider.ProviderReceipt;
import java.util.Locale;
import java.util.Optional;

/** Bandwidth's JSON, written and read. */
public final class BandwidthJson {

    private BandwidthJson() {}

    /**
     * Returns our word for the type of an event.
     *
     * @param description by which a refusal is told from a phone that is switched off
     */
    public static SmsStatus status(String type, Optional<String> code, String description) {
        SmsStatus status = SmsStatus.of(state(type, code.orElse(""), description), type);
        return code.map(status::withCode).orElse(status);
    }

    private static SmsState state(String type, String code, String description) {
        return switch (type) {
            case "message-sending" -> SmsState.QUEUED;
            case "message-delivered" -> SmsState.DELIVERED;
            case "message-failed" ->
                    code.startsWith("4")
                                    && description.toLowerCase(Locale.ROOT).contains("rejected")
                            ? SmsState.REJECTED
                            : SmsState.UNDELIVERED;
            default -> SmsState.UNKNOWN;
        };
    }

    /** Writes the request to send one message. */
    public static String request(TextMessage message, String application) {
        return JsonText.of(
                json -> {
                    json.beginObject();
                    json.name("applicationId").value(application);
                    json.name("to").beginArray().value(message.to().get(0).text()).endArray();
                    if (message.from().isPresent()) {
                        json.name("from").value(message.from().get().text());
                    }
                    json.name("text").value(message.text());
                    if (!message.media().isEmpty()) {
                        json.name("media").beginArray();
                        for (var item : message.media()) {
                            json.value(item.url().map(Object::toString).orElseThrow());
                        }
                        json.endArray();
                    }
                    if (message.reference().isPresent()) {
                        json.name("tag").value(message.reference().get());
                    }
                    json.endObject();
                });
    }

    /** Reads the answer to a request to send. */
    public static ProviderReceipt receipt(HttpAnswer answer) {
        String id = success(answer).find("id").orElse("");
        if (id.isEmpty()) {
            throw answer.unreadable("a message without an id");
        }
        return ProviderReceipt.of(SmsStatus.of(SmsState.ACCEPTED, "accepted"))
                .identifiedBy(MessageId.of(id));
    }

    private static JsonObject success(HttpAnswer answer) {
        Optional<JsonObject> body = JsonObject.read(answer.body());
        if (answer.status() >= 200 && answer.status() < 300) {
            return body.orElseThrow(() -> answer.unreadable("no JSON"));
        }
        Optional<JsonObject> field =
                body.flatMap(json -> json.objects("fieldErrors").stream().findFirst());
        String code = body.flatMap(json -> json.find("type")).orElse("");
        String words =
                field.flatMap(json -> json.find("description"))
                        .or(() -> body.flatMap(json -> json.find("description")))
                        .orElse("no reason given");
        String name = field.flatMap(json -> json.find("fieldName")).orElse("");
        throw answer.refusal(kind(name, answer.kindOfStatus()), code, words);
    }

    private static Kind kind(String field, Kind otherwise) {
        if (otherwise != Kind.INVALID_REQUEST) {
            return otherwise;
        }
        return switch (field) {
            case "to" -> Kind.INVALID_RECIPIENT;
            case "from" -> Kind.INVALID_SENDER;
            case "text" -> Kind.CONTENT;
            default -> otherwise;
        };
    }
}
