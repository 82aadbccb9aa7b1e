package io.github.pbxsdk.core.internal.http;

import io.github.pbxsdk.core.PbxInterruptedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.spi.AbstractInterruptibleChannel;
import java.util.Objects;
import okhttp3.ResponseBody;
import okio.BufferedSource;

/**
 * The body of an answer as it comes in.
 *
 * <p>Interrupting the thread that reads cancels the call: a socket alone does not react to that.
 */
final class ExchangeBody extends InputStream {

    private final ResponseBody body;
    private final BufferedSource source;
    private final OkHttpExchange<?> exchange;
    private final SilenceWatch silence;
    private final Interruptible interruptible;
    private final long length;
    private long count;
    private boolean finished;

    ExchangeBody(ResponseBody body, OkHttpExchange<?> exchange, SilenceWatch silence) {
        this.body = body;
        this.source = body.source();
        this.exchange = exchange;
        this.silence = silence;
        this.interruptible = new Interruptible(exchange::abandon);
        this.length = body.contentLength();
        if (length == 0) {
            finish();
        }
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int wanted) {
        Objects.checkFromIndexSize(offset, wanted, target.length);
        if (wanted == 0) {
            return 0;
        }
        if (finished) {
            return -1;
        }
        int read = receive(target, offset, wanted);
        if (read > 0) {
            count += read;
        }
        if (read < 0 || count == length) {
            finish();
        }
        return read;
    }

    private int receive(byte[] target, int offset, int wanted) {
        try {
            return source.getBuffer().size() > 0
                    ? source.read(target, offset, wanted)
                    : await(target, offset, wanted);
        } catch (ClosedByInterruptException e) {
            close();
            throw new PbxInterruptedException(
                    "interrupted while reading an answer; the call was cancelled", e, true);
        } catch (IOException | IllegalStateException e) {
            close();
            throw exchange.explain(e, count);
        }
    }

    private int await(byte[] target, int offset, int wanted) throws IOException {
        silence.begin();
        try {
            return interruptible.read(source, target, offset, wanted);
        } finally {
            silence.pause();
        }
    }

    @Override
    public int available() {
        return finished ? 0 : (int) Math.min(Integer.MAX_VALUE, source.getBuffer().size());
    }

    private void finish() {
        finished = true;
        exchange.done();
        body.close();
    }

    @Override
    public void close() {
        if (finished) {
            return;
        }
        if (length > count) {
            // There is more to come, and reading that would take longer than a new connection.
            exchange.abandon();
        }
        finish();
    }

    /** A way to learn of an interrupt: Java closes "channels" in which a thread is blocked. */
    private static final class Interruptible extends AbstractInterruptibleChannel {

        private final Runnable onInterrupt;

        Interruptible(Runnable onInterrupt) {
            this.onInterrupt = onInterrupt;
        }

        int read(BufferedSource source, byte[] target, int offset, int wanted) throws IOException {
            boolean completed = false;
            try {
                begin();
                int read = source.read(target, offset, wanted);
                completed = true;
                return read;
            } finally {
                end(completed);
            }
        }

        @Override
        protected void implCloseChannel() {
            onInterrupt.run();
        }
    }
}
