package io.github.pbxsdk.core.internal.http;

import io.github.pbxsdk.core.http.HttpBody;
import java.io.IOException;
import java.io.InputStream;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import okio.Okio;
import okio.Source;
import org.jspecify.annotations.Nullable;

/** The body of a request on its way out, read as it is written, to a peer that takes it. */
final class RequestContent extends RequestBody {

    private static final int CHUNK = 8192;

    private final HttpBody body;
    private final Progress progress;
    private final SilenceWatch silence;

    RequestContent(HttpBody body, Progress progress, SilenceWatch silence) {
        this.body = body;
        this.progress = progress;
        this.silence = silence;
    }

    @Override
    public @Nullable MediaType contentType() {
        // The header is set as text, which OkHttp would put in order.
        return null;
    }

    @Override
    public long contentLength() {
        return body.length();
    }

    @Override
    public boolean isOneShot() {
        return true;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        try (Source source = Okio.source(open())) {
            for (long left = body.length(); left > 0; ) {
                silence.pause();
                long read = read(source, sink, Math.min(left, CHUNK));
                if (read < 0) {
                    throw new BrokenBodyException(
                            "the body ended "
                                    + left
                                    + " bytes short of the "
                                    + body.length()
                                    + " it was said to have",
                            null);
                }
                left -= read;
                progress.addBodyBytes(read);
                // The last piece leaves after this method: who waits for the answer ends the wait.
                silence.begin();
                sink.emitCompleteSegments();
            }
        }
    }

    private InputStream open() throws BrokenBodyException {
        try {
            return body.open();
        } catch (IOException | RuntimeException e) {
            throw new BrokenBodyException("the body cannot be opened: " + e.getMessage(), e);
        }
    }

    private static long read(Source source, BufferedSink sink, long count)
            throws BrokenBodyException {
        try {
            return source.read(sink.getBuffer(), count);
        } catch (IOException | RuntimeException e) {
            throw new BrokenBodyException("the body cannot be read: " + e.getMessage(), e);
        }
    }

    /** What the caller gave to be sent is at fault, not the network. */
    static final class BrokenBodyException extends IOException {

        private static final long serialVersionUID = 1L;

        BrokenBodyException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
