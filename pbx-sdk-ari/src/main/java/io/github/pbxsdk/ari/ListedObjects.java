package io.github.pbxsdk.ari;

import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxProtocolException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The objects of a list, read one by one as they come in. */
final class ListedObjects implements AutoCloseable {

    private final InputStream body;
    private final JsonElements elements;

    ListedObjects(InputStream body) {
        this.body = body;
        this.elements = new JsonElements(body);
    }

    /**
     * Returns the next object, or null at the end of the list.
     *
     * @throws PbxProtocolException if it is no list of objects
     */
    @Nullable AriObject next() {
        try {
            AriObject element = elements.next();
            if (element == null) {
                close();
            }
            return element;
        } catch (IOException e) {
            throw new PbxException("an answer cannot be read: " + e, e, true);
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
            body.close();
        } catch (IOException e) {
            throw new PbxException("an answer cannot be closed: " + e, e, true);
        }
    }
}
