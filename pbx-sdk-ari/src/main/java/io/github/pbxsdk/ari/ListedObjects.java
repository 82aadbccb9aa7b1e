package io.github.pbxsdk.ari;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxProtocolException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import okio.BufferedSource;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/** The objects of a list, read one by one as they come in. */
final class ListedObjects implements AutoCloseable {

    private final JsonReader reader;
    private boolean begun;
    private boolean ended;

    ListedObjects(InputStream body) {
        this.reader = JsonReader.of(Okio.buffer(Okio.source(body)));
    }

    /**
     * Returns the next object, or null at the end of the list.
     *
     * @throws PbxProtocolException if it is no list of objects
     */
    @Nullable AriObject next() {
        if (ended) {
            return null;
        }
        try {
            if (!begun) {
                reader.beginArray();
                begun = true;
            }
            if (reader.hasNext()) {
                try (BufferedSource object = reader.nextSource()) {
                    return AriObject.parse(object.readUtf8());
                }
            }
            reader.endArray();
            ended = true;
            close();
            return null;
        } catch (IOException | JsonDataException e) {
            throw new PbxProtocolException(
                    "the answer is not a list of JSON objects ("
                            + e.getClass().getSimpleName()
                            + ")",
                    "");
        }
    }

    /** Returns those that are left; to be closed. */
    Stream<AriObject> stream() {
        return StreamSupport.stream(new Rest(), false).onClose(this::close);
    }

    /** What has not been read yet. */
    private final class Rest extends Spliterators.AbstractSpliterator<AriObject> {

        Rest() {
            super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
        }

        @Override
        public boolean tryAdvance(Consumer<? super AriObject> taker) {
            AriObject next = next();
            if (next != null) {
                taker.accept(next);
            }
            return next != null;
        }
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw new PbxException("an answer cannot be closed: " + e, e, true);
        }
    }
}
