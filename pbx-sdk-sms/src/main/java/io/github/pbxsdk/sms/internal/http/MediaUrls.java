package io.github.pbxsdk.sms.internal.http;

import io.github.pbxsdk.core.message.MediaItem;
import io.github.pbxsdk.core.message.TextMessage;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** Files of received texts, as providers name them: by address. */
public final class MediaUrls {

    private MediaUrls() {}

    /** Adds a file to a text; a URL that is none can't be opened, and the raw fields keep it. */
    public static void attach(
            TextMessage.Builder message,
            String url,
            Optional<String> contentType,
            Optional<String> name) {
        try {
            MediaItem.Builder item = MediaItem.builder().url(new URI(url));
            contentType.ifPresent(item::contentType);
            name.ifPresent(item::name);
            message.addMedia(item.build());
        } catch (URISyntaxException e) {
            noteUnreadable(message);
        }
    }

    /** Notes that the text has a file of which nobody can say where it is. */
    public static void noteUnreadable(TextMessage.Builder message) {
        message.putAttribute("unreadable-media", "true");
    }
}
