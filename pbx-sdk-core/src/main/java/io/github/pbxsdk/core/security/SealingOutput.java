package io.github.pbxsdk.core.security;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Objects;

/** Writes the sealed form of what is written to it; the end is sealed in when it is closed. */
final class SealingOutput extends OutputStream {

    private final OutputStream sealed;
    private final SealedStreams chunks;
    private final byte[] header;
    private final byte[] chunk = new byte[SealedStreams.CHUNK_BYTES];
    private int length;
    private boolean closed;

    SealingOutput(VaultKey key, SecretField field, OutputStream sealed, byte[] salt) {
        this.sealed = Objects.requireNonNull(sealed, "sealed");
        this.chunks = SealedStreams.sealing(key, field, salt);
        this.header = SealingStream.header(key, salt).getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] plain, int offset, int count) throws IOException {
        Objects.checkFromIndexSize(offset, count, plain.length);
        if (closed) {
            throw new IOException("this stream is closed");
        }
        for (int done = 0; done < count; ) {
            // A full chunk waits for the next byte: only then it is not the last one.
            if (length == chunk.length) {
                seal(false);
            }
            int part = Math.min(count - done, chunk.length - length);
            System.arraycopy(plain, offset + done, chunk, length, part);
            length += part;
            done += part;
        }
    }

    private void seal(boolean isLast) throws IOException {
        if (chunks.isAtStart()) {
            sealed.write(header);
        }
        try {
            sealed.write(chunks.next(Arrays.copyOf(chunk, length), isLast));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot seal with AES-256-GCM", e);
        }
        length = 0;
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (sealed) {
            seal(true);
        }
    }
}
