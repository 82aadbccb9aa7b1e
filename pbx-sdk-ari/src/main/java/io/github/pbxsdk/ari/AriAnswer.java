package io.github.pbxsdk.ari;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import io.github.pbxsdk.core.PbxProtocolException;
import io.github.pbxsdk.core.http.HttpResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/** Reads the answer to an operation that succeeded. */
@FunctionalInterface
interface AriAnswer<T extends @Nullable Object> {

    /** How long an answer with one object may be. */
    int LIMIT = 16 * 1024 * 1024;

    /**
     * Reads the answer.
     *
     * @throws PbxProtocolException if it is not what was expected
     */
    T read(HttpResponse response);

    /** Returns a reader for an answer that says nothing. */
    @SuppressWarnings("NullAway") // It does not look at the argument of the type.
    static AriAnswer<@Nullable Void> nothing() {
        return response -> null;
    }

    /** Returns a reader for one object. */
    static <T> AriAnswer<T> object(Function<AriObject, T> model) {
        return response -> model.apply(AriObject.parse(response.text(LIMIT)));
    }

    /** Returns a reader for a list, which is read object by object as it comes in. */
    static <T> AriAnswer<List<T>> list(Function<AriObject, T> model) {
        return response -> {
            List<T> list = new ArrayList<>();
            each(response, object -> list.add(model.apply(object)));
            return List.copyOf(list);
        };
    }

    /** Hands over the objects of a list one by one. */
    static void each(HttpResponse response, Consumer<AriObject> taker) {
        try (JsonReader reader = JsonReader.of(Okio.buffer(Okio.source(response.body())))) {
            reader.beginArray();
            while (reader.hasNext()) {
                taker.accept(AriJson.object(reader));
            }
            reader.endArray();
        } catch (IOException | JsonDataException e) {
            throw new PbxProtocolException(
                    "the answer is not a list of JSON objects ("
                            + e.getClass().getSimpleName()
                            + ")",
                    "");
        }
    }
}
