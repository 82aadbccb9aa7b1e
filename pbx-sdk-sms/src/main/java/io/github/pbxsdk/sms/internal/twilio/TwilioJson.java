package io.github.pbxsdk.sms.internal.twilio;

import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.MessageId;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.sms.SmsRejectedException.Kind;
import io.github.pbxsdk.sms.SmsState;
import io.github.pbxsdk.sms.SmsStatus;
import io.github.pbxsdk.sms.event.MessageReceivedEvent;
import io.github.pbxsdk.sms.event.SmsEvent;
import io.github.pbxsdk.sms.event.SmsOrigin;
import io.github.pbxsdk.sms.internal.http.MediaUrls;
import io.github.pbxsdk.sms.internal.http.Times;
import io.github.pbxsdk.sms.internal.json.JsonObject;
import io.github.pbxsdk.sms.provider.HttpAnswer;
import io.github.pbxsdk.sms.provider.ProviderReceipt;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Twilio's JSON, read. */
public final class TwilioJson {

    private TwilioJson() {}

    /** Returns our word for a status of Twilio. */
    public static SmsStatus status(String words) {
        SmsState state =
                switch (words.toLowerCase(Locale.ROOT)) {
                    case "accepted" -> SmsState.ACCEPTED;
                    case "scheduled" -> SmsState.SCHEDULED;
                    case "queued", "sending" -> SmsState.QUEUED;
                    case "sent", "partially_delivered" -> SmsState.SENT;
                    case "delivered" -> SmsState.DELIVERED;
                    case "read" -> SmsState.READ;
                    case "undelivered" -> SmsState.UNDELIVERED;
                    case "failed" -> SmsState.FAILED;
                    case "canceled" -> SmsState.CANCELED;
                    default -> SmsState.UNKNOWN;
                };
        return SmsStatus.of(state, words);
    }

    /** Reads the answer to a request to send. */
    public static ProviderReceipt receipt(HttpAnswer answer) {
        JsonObject message = success(answer);
        return receipt(message)
                .orElseThrow(() -> answer.unreadable("a message without sid or status"));
    }

    /** Returns what a message of Twilio says about itself. */
    public static Optional<ProviderReceipt> receipt(JsonObject message) {
        Optional<String> sid = message.find("sid").filter(id -> !id.isEmpty());
        return sid.flatMap(
                id ->
                        message.find("status")
                                .map(words -> ProviderReceipt.of(status(words)))
                                .map(receipt -> receipt.identifiedBy(MessageId.of(id))));
    }

    /** Returns the object that a successful answer holds. */
    public static JsonObject success(HttpAnswer answer) {
        Optional<JsonObject> body = JsonObject.read(answer.body());
        if (answer.status() >= 200 && answer.status() < 300) {
            return body.orElseThrow(() -> answer.unreadable("no JSON"));
        }
        String code = body.flatMap(json -> json.find("code")).orElse("");
        String words = body.flatMap(json -> json.find("message")).orElse("no reason given");
        throw answer.refusal(kind(code, answer.kindOfStatus()), code, words);
    }

    private static Kind kind(String code, Kind otherwise) {
        if (otherwise == Kind.RATE_LIMITED || otherwise == Kind.PROVIDER_ERROR) {
            return otherwise;
        }
        return switch (code) {
            case "20429", "14107" -> otherwise;
            case "21211", "21217", "21614" -> Kind.INVALID_RECIPIENT;
            case "21212", "21606", "21659" -> Kind.INVALID_SENDER;
            case "21408", "21612" -> Kind.UNSUPPORTED;
            case "21610" -> Kind.OPTED_OUT;
            case "21617" -> Kind.TOO_LONG;
            case "30004", "30007", "30034" -> Kind.CONTENT;
            default -> otherwise;
        };
    }

    /** Tells whether a message of a list came to us. */
    public static boolean isInbound(JsonObject message) {
        return message.find("direction").orElse("").equals("inbound");
    }

    /** Returns when a message of a list was sent, by Twilio's clock. */
    public static Optional<Instant> time(JsonObject message) {
        return message.find("date_sent", "date_created").flatMap(Times::rfc);
    }

    /** Returns a message of a list that came to us. */
    public static SmsEvent received(SmsOrigin origin, JsonObject json) {
        TextMessage.Builder message =
                TextMessage.builder(TextMessage.Direction.INBOUND)
                        .text(json.find("body").orElse(""))
                        .via(origin.provider())
                        .raw(json.raw());
        json.find("sid").filter(id -> !id.isEmpty()).map(MessageId::of).ifPresent(message::id);
        json.find("from").map(Address::parse).ifPresent(message::from);
        json.find("to").map(Address::parse).ifPresent(message::addTo);
        time(json).ifPresent(message::sentAt);
        return new MessageReceivedEvent(origin, message.build());
    }

    /** Tells whether all of a page was sent before a time, and what follows it was, too. */
    public static boolean isBehind(JsonObject page, Instant time) {
        List<Instant> sent =
                page.objects("messages").stream()
                        .map(message -> message.find("date_sent").flatMap(Times::rfc))
                        .flatMap(Optional::stream)
                        .toList();
        return sent.stream().allMatch(at -> at.isBefore(time)) && isNewestFirst(sent);
    }

    /** Of a list in another order nothing is known of what follows. */
    private static boolean isNewestFirst(List<Instant> sent) {
        return !sent.isEmpty() && sent.get(0).isAfter(sent.get(sent.size() - 1));
    }

    /** Tells whether a message has files of which its list tells no more than how many. */
    public static boolean mayLackFiles(MessageReceivedEvent listed) {
        return numberOfFiles(listed) > 0 || (isComingIn(listed) && hasId(listed));
    }

    private static boolean hasId(MessageReceivedEvent listed) {
        return listed.message().id().isPresent();
    }

    private static boolean isComingIn(MessageReceivedEvent listed) {
        return listed.raw().find("status").filter("receiving"::equals).isPresent();
    }

    private static int numberOfFiles(MessageReceivedEvent listed) {
        return listed.message()
                .id()
                .flatMap(id -> listed.raw().find("num_media"))
                .filter(number -> number.matches("\\d{1,4}"))
                .map(Integer::parseInt)
                .orElse(0);
    }

    /** Reads a list of the files of a message; one that is gone has none. */
    public static JsonObject files(HttpAnswer answer) {
        return answer.status() == 404 ? JsonObject.parse("{}") : success(answer);
    }

    /**
     * Returns a message of a list with its files, as a webhook tells of them.
     *
     * @param url where its files are
     * @throws PbxException if the message is still coming in
     */
    public static SmsEvent withFiles(
            MessageReceivedEvent listed, String url, List<JsonObject> files) {
        if (isComingIn(listed)) {
            // How many there will be nobody knows: neither list tells before it has come.
            throw new PbxException("the files of a message are not all there yet");
        }
        TextMessage.Builder message = listed.message().toBuilder();
        for (JsonObject file : files) {
            MediaUrls.attach(
                    message,
                    url + "/" + file.find("sid").orElse(""),
                    file.find("content_type"),
                    Optional.empty());
        }
        if (files.size() < numberOfFiles(listed)) {
            MediaUrls.noteUnreadable(message);
        }
        return new MessageReceivedEvent(listed.origin(), message.build());
    }
}
