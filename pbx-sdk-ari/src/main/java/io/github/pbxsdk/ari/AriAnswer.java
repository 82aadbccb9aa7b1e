package io.github.pbxsdk.ari;

import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxProtocolException;
import io.github.pbxsdk.core.event.Listener;
import io.github.pbxsdk.core.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
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

    /** Tells whether the answer may be so long that it holds up what follows it. */
    default boolean mayBeLong() {
        return false;
    }

    /** Returns a reader for an answer that says nothing. */
    @SuppressWarnings("NullAway") // It does not look at the argument of the type.
    static AriAnswer<@Nullable Void> nothing() {
        return response -> null;
    }

    /** Returns a reader for one object. */
    static <T> AriAnswer<T> object(Function<AriObject, T> model) {
        return response -> model.apply(AriObject.parse(response.text(LIMIT)));
    }

    /** Returns a reader for a list. */
    static <T> AriAnswer<List<T>> list(Function<AriObject, T> model) {
        return new Listed<>(model);
    }

    /** Reads a list into memory. */
    record Listed<T>(Function<AriObject, T> model) implements AriAnswer<List<T>> {

        @Override
        public List<T> read(HttpResponse response) {
            List<T> list = new ArrayList<>();
            walk(response, object -> list.add(model.apply(object)));
            return List.copyOf(list);
        }

        @Override
        public boolean mayBeLong() {
            return true;
        }
    }

    /** Returns a reader that hands over the objects of a list one by one. */
    @SuppressWarnings("NullAway") // It does not look at the argument of the type.
    static <T> AriAnswer<@Nullable Void> each(
            Function<AriObject, T> model, Listener<? super T> listener) {
        return response -> {
            walk(response, object -> listener.onEvent(model.apply(object)));
            return null;
        };
    }

    /** Reads a list object by object as it comes in. */
    private static void walk(HttpResponse response, Listener<AriObject> taker) {
        try (ListedObjects objects = new ListedObjects(response.body())) {
            for (AriObject next = objects.next(); next != null; next = objects.next()) {
                hand(next, taker);
            }
        }
    }

    private static void hand(AriObject object, Listener<AriObject> taker) {
        try {
            taker.onEvent(object);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new PbxException("the listener of a list failed: " + e, e, true);
        }
    }
}
