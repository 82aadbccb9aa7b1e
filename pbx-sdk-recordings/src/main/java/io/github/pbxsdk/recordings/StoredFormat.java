package io.github.pbxsdk.recordings;

import io.github.pbxsdk.core.PbxProtocolException;
import io.github.pbxsdk.core.state.StateException;
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
     * @throws StateException if it is damaged, or of another format or a later release
     */
    <T> T read(String text, Function<UnaryOperator<String>, T> reading) {
        try {
            Map<String, String> members = FlatJson.read(text);
            UnaryOperator<String> member =
                    name -> Objects.requireNonNullElse(members.get(name), "");
            if (!kind.equals(members.get("kind"))
                    || Integer.parseInt(member.apply("version")) > version) {
                throw new StateException(
                        what + " was written by a newer version of pbx-sdk; update this one");
            }
            return reading.apply(member);
        } catch (PbxProtocolException | IllegalArgumentException | DateTimeException e) {
            throw new StateException(what + " is damaged", e, false);
        }
    }
}
