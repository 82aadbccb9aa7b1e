package io.github.pbxsdk.ami;

import io.github.pbxsdk.ami.event.AmiEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The events that real servers sent in the recorded sessions. */
final class RecordedEvents {

    private RecordedEvents() {}

    static Stream<AmiEvent> all() {
        return RecordedSession.all().flatMap(RecordedEvents::of);
    }

    static Stream<AmiEvent> of(RecordedSession session) {
        return messages(session).filter(fields -> fields.has("Event")).map(AmiEvent::of);
    }

    static Stream<AmiFields> messages(RecordedSession session) {
        AmiParser parser = new AmiParser();
        byte[] bytes = session.serverText().getBytes(StandardCharsets.UTF_8);
        List<AmiFields> messages = new ArrayList<>();
        for (int from = 0; from < bytes.length; ) {
            int room = Math.min(parser.buffer().length - parser.writeFrom(), bytes.length - from);
            System.arraycopy(bytes, from, parser.buffer(), parser.writeFrom(), room);
            parser.fed(room);
            from += room;
            for (AmiFields next = parser.next(); next != null; next = parser.next()) {
                messages.add(next);
            }
        }
        return messages.stream();
    }
}
