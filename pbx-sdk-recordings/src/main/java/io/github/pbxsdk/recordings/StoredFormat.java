package io.github.pbxsdk.recordings;

import io.github.pbxsdk.core.PbxProtocolException;
import java.time.DateTimeException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * How something is stored, so that later releases know what they read.
 *
 * @param what what it is, in words for messages
 */
record StoredFormat(String kind, int version, String what) {

    /** Returns the members that each text of this format begins with, to be added to. */
    Map<String, String> begin() {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("kind", kind);
        members.put("version", String.valueOf(version));
        return members;
    }

    /**
     * Reads a text.
     *
     * @param reading makes of the members what they are; one that is missing is empty
     * @throws PbxProtocolException if it is damaged, or of another format or a later release
     */
    <T> T read(String text, Function<UnaryOperator<String>, T> reading) {
        Map<String, String> members = FlatJson.read(text);
        UnaryOperator<String> member = name -> Objects.requireNonNullElse(members.get(name), "");
        try {
            if (!kind.equals(members.get("kind"))
                    || Integer.parseInt(member.apply("version")) > version) {
                throw new PbxProtocolException(
                        what + " was written by a newer version of pbx-sdk; update this one", text);
            }
            return reading.apply(member);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new PbxProtocolException(what + " is damaged", text, e);
        }
    }
}
