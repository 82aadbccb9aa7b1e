package io.github.pbxsdk.core.security;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A stream that is made of another one, chunk by chunk; after a failure it goes on failing. */
abstract class ChunkStream extends InputStream {

    private final InputStream source;

    private byte[] chunk = {};
    private int position;
    private boolean isAtEnd;
    private @Nullable IOException failure;

    ChunkStream(InputStream source) {
        this.source = Objects.requireNonNull(source, "source");
    }

    /** Returns the next chunk, never an empty one, or null at the end. */
    abstract byte @Nullable [] nextChunk(InputStream from) throws IOException;

    @Override
    public int read() throws IOException {
        return fill() ? chunk[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, chunk.length - position);
        System.arraycopy(chunk, position, target, offset, count);
        position += count;
        return count;
    }

    @Override
    public int available() {
        return chunk.length - position;
    }

    private boolean fill() throws IOException {
        if (failure != null) {
            throw new IOException(failure.getMessage(), failure.getCause());
        }
        if (position == chunk.length && !isAtEnd) {
            replaceChunk();
        }
        return position < chunk.length;
    }

    private void replaceChunk() throws IOException {
        try {
            byte[] next = nextChunk(source);
            isAtEnd = next == null;
            chunk = next == null ? new byte[0] : next;
            position = 0;
        } catch (IOException e) {
            failure = e;
            throw e;
        } catch (RuntimeException e) {
            failure = new IOException(e.getMessage(), e);
            throw failure;
        }
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
