package io.github.pbxsdk.recordings;

import java.time.Instant;
import java.util.Map;

/**
 * Up to when a sync has looked, as it is stored: format {@code pbx-recording-cursor}, version 1.
 */
record Cursor(Instant at) {

    private static final StoredFormat FORMAT =
            new StoredFormat("pbx-recording-cursor", 1, "how far a recording sync has looked");

    String write() {
        Map<String, String> members = FORMAT.begin();
        members.put("at", at.toString());
        return FlatJson.write(members);
    }

    static Cursor read(String text) {
        return FORMAT.read(text, member -> new Cursor(Instant.parse(member.apply("at"))));
    }
}
