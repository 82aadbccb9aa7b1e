package io.github.pbxsdk.sms.conversation;

import com.squareup.moshi.JsonWriter;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.MediaItem;
import io.github.pbxsdk.core.message.MessageId;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.message.TextMessage.Direction;
import io.github.pbxsdk.sms.internal.json.JsonObject;
import io.github.pbxsdk.sms.internal.json.JsonText;
import io.github.pbxsdk.sms.internal.json.StoredJson;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A text as it lies in a database, without the content of its files. Members may be added, none may
 * change its meaning.
 */
final class MessageJson {

    private MessageJson() {}

    static String of(TextMessage message) {
        return JsonText.of(
                json -> {
                    json.beginObject();
                    json.name("direction").value(message.direction().name());
                    json.name("text").value(message.text());
                    write(json, "id", message.id().map(MessageId::value).orElse(""));
                    write(json, "from", message.from().map(Address::key).orElse(""));
                    json.name("to").beginArray();
                    for (Address to : message.to()) {
                        json.value(to.key());
                    }
                    json.endArray();
                    write(json, "reference", message.reference().orElse(""));
                    write(json, "answers", message.inReplyTo().map(MessageId::value).orElse(""));
                    write(json, "thread", message.thread().orElse(""));
                    write(json, "via", message.via().orElse(""));
                    write(json, "sentAt", message.sentAt().map(Instant::toString).orElse(""));
                    write(json, "receivedAt", text(message.receivedAt().orElse(null)));
                    write(json, "scheduledAt", text(message.scheduledAt().orElse(null)));
                    write(json, "validFor", message.validFor().map(Duration::toString).orElse(""));
                    files(json, message.media());
                    attributes(json, message.attributes());
                    json.endObject();
                });
    }

    private static String text(@Nullable Instant time) {
        return time == null ? "" : time.toString();
    }

    private static void write(JsonWriter json, String name, String value) throws IOException {
        if (!value.isEmpty()) {
            json.name(name).value(value);
        }
    }

    private static void files(JsonWriter json, List<MediaItem> files) throws IOException {
        json.name("files").beginArray();
        for (MediaItem file : files) {
            json.beginObject();
            write(json, "url", file.url().map(URI::toString).orElse(""));
            write(json, "type", file.contentType().orElse(""));
            write(json, "name", file.name().orElse(""));
            json.endObject();
        }
        json.endArray();
    }

    private static void attributes(JsonWriter json, Map<String, String> attributes)
            throws IOException {
        json.name("attributes").beginArray();
        for (Map.Entry<String, String> attribute : attributes.entrySet()) {
            json.beginObject();
            json.name("name").value(attribute.getKey());
            json.name("value").value(attribute.getValue());
            json.endObject();
        }
        json.endArray();
    }

    /**
     * Reads a text.
     *
     * @param contents of the files that lie there, by their place
     */
    static TextMessage read(String text, Map<Integer, MediaItem.Content> contents) {
        return StoredJson.undamaged("a stored text", () -> read(JsonObject.parse(text), contents));
    }

    private static TextMessage read(JsonObject json, Map<Integer, MediaItem.Content> contents) {
        Direction direction = Direction.valueOf(json.find("direction").orElseThrow());
        TextMessage.Builder message =
                TextMessage.builder(direction).text(json.find("text").orElse(""));
        json.find("id").map(MessageId::of).ifPresent(message::id);
        json.find("from").map(Address::ofKey).ifPresent(message::from);
        json.texts("to").stream().map(Address::ofKey).forEach(message::addTo);
        json.find("reference").ifPresent(message::reference);
        json.find("answers").map(MessageId::of).ifPresent(message::inReplyTo);
        json.find("thread").ifPresent(message::thread);
        json.find("via").ifPresent(message::via);
        json.find("sentAt").map(Instant::parse).ifPresent(message::sentAt);
        json.find("receivedAt").map(Instant::parse).ifPresent(message::receivedAt);
        json.find("scheduledAt").map(Instant::parse).ifPresent(message::scheduledAt);
        json.find("validFor").map(Duration::parse).ifPresent(message::validFor);
        List<JsonObject> files = json.objects("files");
        for (int i = 0; i < files.size(); i++) {
            message.addMedia(file(files.get(i), contents.get(i)));
        }
        json.objects("attributes")
                .forEach(
                        attribute ->
                                message.putAttribute(
                                        attribute.find("name").orElse(""),
                                        attribute.find("value").orElse("")));
        return message.build();
    }

    private static MediaItem file(JsonObject json, MediaItem.@Nullable Content content) {
        MediaItem.Builder file = MediaItem.builder();
        json.find("url").map(URI::create).ifPresent(file::url);
        json.find("type").ifPresent(file::contentType);
        json.find("name").ifPresent(file::name);
        if (content != null) {
            file.stream(content);
        }
        return file.build();
    }

    static TextMessage withContent(TextMessage message, int place, byte[] content) {
        List<MediaItem> files = new ArrayList<>(message.media());
        MediaItem before = files.get(place);
        MediaItem.Builder file = MediaItem.builder().bytes(content);
        before.url().ifPresent(file::url);
        before.contentType().ifPresent(file::contentType);
        before.name().ifPresent(file::name);
        files.set(place, file.build());
        return message.toBuilder().media(files).build();
    }
}
