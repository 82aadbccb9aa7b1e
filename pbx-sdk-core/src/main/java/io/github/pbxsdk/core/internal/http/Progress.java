package io.github.pbxsdk.core.internal.http;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Headers;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** How far one call has come, as OkHttp tells it. */
final class Progress extends EventListener {

    /** The version in the request line, and the line ends. */
    private static final int AROUND = 15;

    private final Runnable firstByte;
    private final Runnable lastByte;
    private final AtomicLong bytesSent = new AtomicLong();
    private final AtomicBoolean requested = new AtomicBoolean();
    private volatile Phase phase = Phase.CONNECTING;
    private volatile @Nullable Headers headersAsSent;
    private volatile int refused;

    /**
     * Creates a progress.
     *
     * @param firstByte told before the first byte of the request can leave
     * @param lastByte told when all of the request has left
     */
    Progress(Runnable firstByte, Runnable lastByte) {
        this.firstByte = firstByte;
        this.lastByte = lastByte;
    }

    Phase phase() {
        return phase;
    }

    /** Returns at most how many bytes of the request have left. */
    long bytesSent() {
        return bytesSent.get();
    }

    void addBodyBytes(long count) {
        bytesSent.addAndGet(count);
    }

    /** Tells whether this is the first request of the call; only that one may go out. */
    boolean claimRequest() {
        return requested.compareAndSet(false, true);
    }

    /** Keeps the headers of a response from which one had to be hidden. */
    void keepHeaders(Headers headers) {
        this.headersAsSent = headers;
    }

    /** Returns the headers of a response as the peer sent them. */
    Headers headersOf(Response response) {
        Headers kept = headersAsSent;
        return kept != null ? kept : response.headers();
    }

    @Override
    public void connectStart(Call call, InetSocketAddress address, Proxy proxy) {
        phase = Phase.CONNECTING;
    }

    @Override
    public void secureConnectStart(Call call) {
        phase = Phase.SECURING;
    }

    @Override
    public void requestHeadersStart(Call call) {
        phase = Phase.SENDING;
        bytesSent.addAndGet(1);
        firstByte.run();
    }

    @Override
    public void requestHeadersEnd(Call call, Request request) {
        phase = Phase.WAITING;
        bytesSent.addAndGet(
                request.method().length()
                        + request.url().encodedPath().length()
                        + request.headers().byteCount()
                        + AROUND);
    }

    @Override
    public void requestBodyStart(Call call) {
        phase = Phase.SENDING;
    }

    @Override
    public void requestBodyEnd(Call call, long byteCount) {
        phase = Phase.WAITING;
    }

    @Override
    public void responseHeadersStart(Call call) {
        lastByte.run();
    }

    /** OkHttp is about to repeat the request for this answer; that is not done here. */
    @Override
    public void followUpDecision(Call call, Response answer, @Nullable Request next) {
        if (next != null) {
            refused = answer.code();
            call.cancel();
        }
    }

    /** Returns the status for which a repeat was refused, or 0. */
    int refused() {
        return refused;
    }

    /** Notes that the head of the answer is there. */
    void reading() {
        phase = Phase.READING;
    }

    /** What a call is busy with. */
    enum Phase {
        CONNECTING("no connection"),
        SECURING("no end of the TLS handshake"),
        SENDING("the request was not taken"),
        WAITING("no answer"),
        READING("no end of the answer");

        private final String missing;

        Phase(String missing) {
            this.missing = missing;
        }

        /** Returns what did not come in time. */
        String missing() {
            return missing;
        }
    }
}
