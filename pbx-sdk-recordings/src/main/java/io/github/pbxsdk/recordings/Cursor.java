package io.github.pbxsdk.recordings;

import io.github.pbxsdk.core.PbxProtocolException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Up to when a sync has looked, as it is stored: format {@code pbx-recording-cursor}, version 1.
 */
record Cursor(Instant at) {

    private static final String KIND = "pbx-recording-cursor";
    private static final int VERSION = 1;

    String write() {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("kind", KIND);
        members.put("version", String.valueOf(VERSION));
        members.put("at", at.toString());
        return FlatJson.write(members);
    }

    static Cursor read(String text) {
        Map<String, String> members = FlatJson.read(text);
        try {
            if (!KIND.equals(members.get("kind"))
                    || Integer.parseInt(member(members, "version")) > VERSION) {
                throw new PbxProtocolException(
                        "how far a recording sync has looked was written by a newer version of"
                                + " pbx-sdk; update this one",
                        text);
            }
            return new Cursor(Instant.parse(member(members, "at")));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new PbxProtocolException(
                    "how far a recording sync has looked is damaged", text, e);
        }
    }

    private static String member(Map<String, String> members, String name) {
        return Objects.requireNonNullElse(members.get(name), "");
    }
}
