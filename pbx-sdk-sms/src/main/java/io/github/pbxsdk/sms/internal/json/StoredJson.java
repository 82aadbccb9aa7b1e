package io.github.pbxsdk.sms.internal.json;

import io.github.pbxsdk.core.state.StateException;
import java.time.DateTimeException;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * How something is stored, so that later releases know what they read.
 *
 * @param format what the member of this name says in each text
 * @param what what it is, in words for messages
 */
public record StoredJson(String format, String what) {

    /**
     * Reads a text.
     *
     * @throws StateException if it is damaged, or of a later release
     */
    public <T> T read(String text, Function<JsonObject, T> reading) {
        return undamaged(
                what,
                () -> {
                    JsonObject json = JsonObject.parse(text);
                    if (!json.find("format").equals(Optional.of(format))) {
                        throw new StateException(
                                what + " was written by a newer version of pbx-sdk; update");
                    }
                    return reading.apply(json);
                });
    }

    /**
     * Reads what was stored in a form of its own.
     *
     * @param what what it is, in words for messages
     * @throws StateException if it is damaged
     */
    public static <T> T undamaged(String what, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException | NoSuchElementException | DateTimeException e) {
            throw new StateException(what + " is damaged", e, false);
        }
    }
}
