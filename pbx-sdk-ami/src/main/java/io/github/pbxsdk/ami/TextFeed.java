package io.github.pbxsdk.ami;

import io.github.pbxsdk.core.message.MessageId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one listener has been told already, so that the same text does not pass for two. Used by the
 * one thread that delivers events.
 */
final class TextFeed {

    private static final Logger log = LoggerFactory.getLogger(TextFeed.class);

    /** How many ids are remembered; a dialplan that runs twice does so within seconds. */
    private static final int REMEMBERED = 1024;

    private final Map<List<Object>, Content> told = new LinkedHashMap<>();

    private record Content(Object from, Object to, String text) {}

    /** Marks a text that was told before, and one that is another under an id that was used. */
    AmiText sort(AmiText text) {
        Optional<MessageId> id = text.message().id();
        if (id.isEmpty()) {
            return text;
        }
        Content content =
                new Content(text.message().from(), text.message().to(), text.message().text());
        Content before =
                told.putIfAbsent(
                        List.of(text.event().fields().text("UserEvent"), text.kind(), id.get()),
                        content);
        forgetOldest();
        if (before == null) {
            return text;
        }
        if (before.equals(content)) {
            log.warn("{} came again and is told once", text);
            return text.repeated();
        }
        return text.suspected("another text had its id");
    }

    private void forgetOldest() {
        if (told.size() > REMEMBERED) {
            told.remove(told.keySet().iterator().next());
        }
    }
}
