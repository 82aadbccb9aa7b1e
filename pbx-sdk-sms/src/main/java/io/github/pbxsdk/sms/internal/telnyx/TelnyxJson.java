package io.github.pbxsdk.sms.internal.telnyx;

import io.github.pbxsdk.core.message.MessageId;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.sms.SmsRejectedException.Kind;
import io.github.pbxsdk.sms.SmsState;
import io.github.pbxsdk.sms.SmsStatus;
import io.github.pbxsdk.sms.internal.json.JsonObject;
import io.github.pbxsdk.sms.internal.json.JsonText;
import io.github.pbxsdk.sms.provider.Balance;
import io.github.pbxsdk.sms.provider.HttpAnswer;
import io.github.pbxsdk.sms.provider.ProviderReceipt;
import java.math.BigDecimal;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Telnyx's JSON, written and read. */
public final class TelnyxJson {

    private TelnyxJson() {}

    /** Returns our word for a status of Telnyx. */
    public static SmsStatus status(String words) {
        SmsState state =
                switch (words.toLowerCase(Locale.ROOT)) {
                    case "scheduled" -> SmsState.SCHEDULED;
                    case "queued", "sending" -> SmsState.QUEUED;
                    case "sent", "delivery_unconfirmed" -> SmsState.SENT;
                    case "delivered" -> SmsState.DELIVERED;
                    case "delivery_failed" -> SmsState.UNDELIVERED;
                    case "expired" -> SmsState.EXPIRED;
                    case "sending_failed" -> SmsState.FAILED;
                    case "cancelled" -> SmsState.CANCELED;
                    default -> SmsState.UNKNOWN;
                };
        return SmsStatus.of(state, words);
    }

    /** Writes the request to send one message. */
    public static String request(
            TextMessage message, @Nullable String profile, @Nullable URI statusCallback) {
        return JsonText.of(
                json -> {
                    json.beginObject();
                    if (message.from().isPresent()) {
                        json.name("from").value(message.from().get().text());
                    }
                    json.name("to").value(message.to().get(0).text());
                    if (!message.text().isEmpty()) {
                        json.name("text").value(message.text());
                    }
                    if (!message.media().isEmpty()) {
                        json.name("media_urls").beginArray();
                        for (var item : message.media()) {
                            json.value(item.url().map(Object::toString).orElseThrow());
                        }
                        json.endArray();
                    }
                    if (profile != null) {
                        json.name("messaging_profile_id").value(profile);
                    }
                    if (message.scheduledAt().isPresent()) {
                        json.name("send_at").value(message.scheduledAt().get().toString());
                    }
                    if (statusCallback != null) {
                        json.name("webhook_url").value(statusCallback.toString());
                    }
                    json.endObject();
                });
    }

    /** Reads the answer to a request to send. */
    public static ProviderReceipt receipt(HttpAnswer answer) {
        JsonObject message = success(answer).object("data");
        String id = message.find("id").orElse("");
        if (id.isEmpty()) {
            throw answer.unreadable("a message without an id");
        }
        String words =
                message.objects("to").stream()
                        .findFirst()
                        .flatMap(to -> to.find("status"))
                        .orElse("queued");
        return ProviderReceipt.of(status(words)).identifiedBy(MessageId.of(id));
    }

    /** Reads the answer to a question for the balance. */
    public static Balance balance(HttpAnswer answer) {
        JsonObject data = success(answer).object("data");
        try {
            return Balance.money(
                    new BigDecimal(data.find("balance").orElse("")),
                    data.find("currency").orElse(""));
        } catch (NumberFormatException e) {
            throw answer.unreadable("a balance that is no number");
        }
    }

    private static JsonObject success(HttpAnswer answer) {
        Optional<JsonObject> body = JsonObject.read(answer.body());
        if (answer.status() >= 200 && answer.status() < 300) {
            return body.orElseThrow(() -> answer.unreadable("no JSON"));
        }
        Optional<JsonObject> error =
                body.flatMap(json -> json.objects("errors").stream().findFirst());
        String code = error.flatMap(json -> json.find("code")).orElse("");
        String words =
                error.flatMap(json -> json.find("detail", "title")).orElse("no reason given");
        String pointer =
                error.flatMap(json -> json.object("source").find("pointer")).orElse("");
        throw answer.refusal(kind(code, pointer, answer.kindOfStatus()), code, words);
    }

    private static Kind kind(String code, String pointer, Kind otherwise) {
        if (otherwise == Kind.RATE_LIMITED || otherwise == Kind.PROVIDER_ERROR) {
            return otherwise;
        }
        return switch (code) {
            case "20100" -> Kind.INSUFFICIENT_FUNDS;
            case "40300" -> Kind.OPTED_OUT;
            case "40301", "40309" -> Kind.UNSUPPORTED;
            case "40302" -> Kind.TOO_LONG;
            case "40305", "40306" -> Kind.INVALID_SENDER;
            case "40310" -> Kind.INVALID_RECIPIENT;
            default -> byPointer(pointer, otherwise);
        };
    }

    private static Kind byPointer(String pointer, Kind otherwise) {
        return switch (pointer) {
            case "/to" -> Kind.INVALID_RECIPIENT;
            case "/from" -> Kind.INVALID_SENDER;
            default -> otherwise;
        };
    }
}
