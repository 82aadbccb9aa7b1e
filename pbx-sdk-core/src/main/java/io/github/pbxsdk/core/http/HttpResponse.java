package io.github.pbxsdk.core.http;

import io.github.pbxsdk.core.PbxInterruptedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an HTTP server answered, with a body that is read from the network as it is asked for.
 *
 * <p>Close it: until then it holds a connection. {@link #bytes} and {@link #text} do. The head is
 * immutable; the body is read by one thread at a time. {@link #toString()} shows the status only.
 */
public final class HttpResponse implements AutoCloseable {

    private static final int LONGEST_CHUNK = 8192;

    /** A length below that of the longest chunk. */
    private static final Pattern SHORT = Pattern.compile("[1-7]?[0-9]{1,3}");

    private static final Pattern CHARSET =
            Pattern.compile("(?i)charset\\s*=\\s*\"?([A-Za-z0-9._:+-]+)");

    private final int status;
    private final HttpHeaders headers;
    private final InputStream body;

    private HttpResponse(int status, HttpHeaders headers, InputStream body) {
        this.status = status;
        this.headers = Objects.requireNonNull(headers, "headers");
        this.body = Objects.requireNonNull(body, "body");
    }

    /**
     * Returns a response, for an {@link HttpTransport} to give.
     *
     * @param body closing it, also before its end, must free or close the connection
     */
    public static HttpResponse of(int status, HttpHeaders headers, InputStream body) {
        return new HttpResponse(status, headers, body);
    }

    /** Returns the status, such as 200. */
    public int status() {
        return status;
    }

    /** Tells whether the status is 2xx. */
    public boolean isSuccessful() {
        return status >= 200 && status < 300;
    }

    /** Returns the headers as the peer sent them. */
    public HttpHeaders headers() {
        return headers;
    }

    /**
     * Returns the body, to be read once.
     *
     * <p>When the connection is lost before the end, or time runs out, reading throws {@link
     * HttpConnectionException} or {@link HttpTimeoutException}; an end of the stream is the end of
     * the body. Interrupting the reading thread cancels the call and throws {@link
     * PbxInterruptedException}.
     */
    public InputStream body() {
        return body;
    }

    /**
     * Reads the body to its end and closes the response.
     *
     * @param limit how many bytes there may be
     * @throws HttpProtocolException if there are more
     * @throws HttpConnectionException if the connection is lost before the end
     * @throws HttpTimeoutException if the end does not come in time
     */
    public byte[] bytes(int limit) {
        try (this) {
            ByteArrayOutputStream read = new ByteArrayOutputStream();
            byte[] chunk = new byte[Math.max(1, Math.min(limit, chunkSize()))];
            for (int count = body.read(chunk); count >= 0; count = body.read(chunk)) {
                read.write(chunk, 0, count);
                requireAtMost(limit, read);
            }
            return read.toByteArray();
        } catch (IOException e) {
            throw new HttpConnectionException("the answer broke off: " + e.getMessage(), e, 1);
        }
    }

    /** Most answers are short, and say how long they are. */
    private int chunkSize() {
        String length = headers.find("Content-Length").orElse("");
        return SHORT.matcher(length).matches() ? Integer.parseInt(length) : LONGEST_CHUNK;
    }

    private static void requireAtMost(int limit, ByteArrayOutputStream read) {
        if (read.size() > limit) {
            throw new HttpProtocolException(
                    "the answer is longer than " + limit + " bytes",
                    read.toString(StandardCharsets.UTF_8),
                    null,
                    1);
        }
    }

    /**
     * Reads the body to its end as text and closes the response; fails as {@link #bytes} does.
     *
     * <p>The charset is the one that {@code Content-Type} names, otherwise UTF-8.
     */
    public String text(int limit) {
        return new String(bytes(limit), charset());
    }

    private Charset charset() {
        String type = headers.find("Content-Type").orElse("");
        // Without a parameter there is nothing to look for, and most types have none.
        if (type.indexOf('=') < 0) {
            return StandardCharsets.UTF_8;
        }
        Matcher matcher = CHARSET.matcher(type);
        try {
            return matcher.find() ? Charset.forName(matcher.group(1)) : StandardCharsets.UTF_8;
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            // A name that nobody knows says no more than none.
            return StandardCharsets.UTF_8;
        }
    }

    /**
     * Closes the body. What has not been read is thrown away, and the connection with it if there
     * is much left. Repeatable.
     */
    @Override
    public void close() {
        try {
            body.close();
        } catch (IOException e) {
            // Nobody wants what was left, so nobody wants to hear why it could not be read.
        }
    }

    @Override
    public String toString() {
        return "HttpResponse[" + status + "]";
    }
}
