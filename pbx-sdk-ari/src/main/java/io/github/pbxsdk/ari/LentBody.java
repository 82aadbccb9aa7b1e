package io.github.pbxsdk.ari;

import io.github.pbxsdk.core.PbxConnectionException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;

/**
 * The body of an answer that somebody else reads, on a thread of his own; the exchange goes on
 * until he has closed it or come to its end.
 */
final class LentBody extends FilterInputStream {

    private final CountDownLatch returned = new CountDownLatch(1);
    private volatile boolean takenBack;

    LentBody(InputStream body) {
        super(body);
    }

    /** Waits until it is given back. */
    void awaitReturn() {
        try {
            returned.await();
        } catch (InterruptedException e) {
            // The client ends, and with it the exchange: whoever still reads is told.
            takenBack = true;
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public int read() throws IOException {
        return noteEnd(super.read());
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        return noteEnd(super.read(target, offset, length));
    }

    private int noteEnd(int read) {
        if (read < 0) {
            requireOurs();
            returned.countDown();
        }
        return read;
    }

    private void requireOurs() {
        if (takenBack) {
            throw new PbxConnectionException(
                    "the client was closed while an answer was being read", null, true);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            super.close();
        } finally {
            returned.countDown();
        }
    }
}
