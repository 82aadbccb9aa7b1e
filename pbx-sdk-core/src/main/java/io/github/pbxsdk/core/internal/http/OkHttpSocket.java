package io.github.pbxsdk.core.internal.http;

import io.github.pbxsdk.core.PbxAuthenticationException;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxProtocolException;
import io.github.pbxsdk.core.PbxRejectedException;
import io.github.pbxsdk.core.http.HttpProtocolException;
import io.github.pbxsdk.core.http.WebSocketConnection;
import io.github.pbxsdk.core.http.WebSocketHandler;
import io.github.pbxsdk.core.http.WebSocketRequest;
import io.github.pbxsdk.core.internal.RootFuture;
import io.github.pbxsdk.core.time.Time;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;
import okio.Socket;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket on OkHttp: from the request through its life to its one end.
 *
 * <p>Its callbacks come on the thread that reads the socket, apart from failures of writing, which
 * come on a thread of OkHttp.
 */
final class OkHttpSocket extends WebSocketListener
        implements WebSocketConnection, OkHttpEngine.Ending {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);
    private static final String SUBPROTOCOL = "Sec-WebSocket-Protocol";
    private static final int UNAUTHORIZED = 401;
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int NORMAL = 1000;
    private static final int GOING_AWAY = 1001;
    private static final int NO_STATUS = 1005;
    private static final int ABNORMAL = 1006;

    private final OkHttpEngine engine;
    private final WebSocketRequest request;
    private final WebSocketHandler handler;
    private final RootFuture<WebSocketConnection> root;
    private final Progress progress;
    private final Request upgrade;
    private final HttpFailures failures;
    private final AtomicReference<State> state = new AtomicReference<>(State.OPENING);

    /** Held while the handler runs, because reading and writing can fail at the same time. */
    private final ReentrantLock delivery = new ReentrantLock();

    private volatile @Nullable WebSocket socket;
    private volatile @Nullable String subprotocol;
    private volatile Time.@Nullable Alarm alarm;

    OkHttpSocket(
            OkHttpEngine engine,
            WebSocketRequest request,
            WebSocketHandler handler,
            RootFuture<WebSocketConnection> root) {
        this.engine = engine;
        this.request = request;
        this.handler = handler;
        this.root = root;
        this.progress = new Progress(root::markSent, () -> {});
        this.upgrade = upgrade();
        this.failures = new HttpFailures(request, upgrade.url(), progress);
    }

    private Request upgrade() {
        Request.Builder builder =
                engine.requests()
                        .builder(
                                WebAddress.webSocket(request.url()).overHttp(),
                                request.headers(),
                                request,
                                progress);
        request.subprotocol().ifPresent(name -> builder.header(SUBPROTOCOL, name));
        return builder.build();
    }

    void start() {
        engine.begin(this);
        root.onCancel(this::abandon);
        alarm = engine.time().schedule(request.timeout(), this::expire);
        socket = client().newWebSocket(upgrade, this);
        if (root.isSettled() && state.get() == State.OPENING) {
            // It was ended while the socket had no name yet; one that is open already may stay.
            abandon();
        }
    }

    private OkHttpClient client() {
        OkHttpClient.Builder builder =
                engine.client()
                        .newBuilder()
                        .dispatcher(engine.part().socketDispatcher())
                        .pingInterval(request.pingInterval())
                        .addInterceptor(new Upgrade());
        Duration idle = engine.idleTimeout();
        if (idle != null) {
            builder.writeTimeout(idle);
        }
        return builder.build();
    }

    private void expire() {
        root.abort(failures.timeout(request.timeout()));
    }

    @Override
    public void endWithTransport() {
        boolean opened = !root.abort(OkHttpEngine.closedMeanwhile(request, progress.bytesSent()));
        if (opened) {
            close(GOING_AWAY);
        }
        abandon();
    }

    private void abandon() {
        WebSocket known = socket;
        if (known != null) {
            known.cancel();
        }
        done();
    }

    private void done() {
        stopClock();
        engine.end(this);
    }

    private void stopClock() {
        Time.Alarm running = alarm;
        if (running != null) {
            running.cancel();
        }
    }

    @Override
    public void onOpen(WebSocket webSocket, Response response) {
        socket = webSocket;
        stopClock();
        PbxException refusal = refusal(response);
        if (refusal == null) {
            state.set(State.OPEN);
            subprotocol = response.header(SUBPROTOCOL);
        }
        boolean wanted = refusal == null ? root.succeed(this) : root.fail(refusal);
        if (refusal != null || !wanted) {
            state.set(State.ENDED);
            abandon();
        }
    }

    private @Nullable PbxException refusal(Response response) {
        String agreed = response.header(SUBPROTOCOL);
        String asked = request.subprotocol().orElse(null);
        if (asked != null && !asked.equals(agreed)) {
            String instead = agreed == null ? "none" : agreed;
            return unreadable("the peer does not speak " + asked + " (it offers " + instead + ")");
        }
        if (response.header("Sec-WebSocket-Extensions") != null) {
            return unreadable("the peer uses an extension that nobody asked for");
        }
        return null;
    }

    private HttpProtocolException unreadable(String what) {
        return new HttpProtocolException(request + ": " + what, what, null, progress.bytesSent());
    }

    @Override
    public void onMessage(WebSocket webSocket, String text) {
        // No character takes less than a byte; counting bytes again would cost every message.
        deliver(text.length(), () -> handler.onText(text));
    }

    @Override
    public void onMessage(WebSocket webSocket, ByteString bytes) {
        deliver(bytes.size(), () -> handler.onBinary(bytes.toByteArray()));
    }

    private void deliver(int size, Runnable delivery) {
        if (size > request.maxMessageBytes()) {
            fail(MessageLimit.tooLong(request.maxMessageBytes()));
            return;
        }
        whileOpen(
                () -> {
                    try {
                        delivery.run();
                    } catch (Throwable e) {
                        fail(e);
                    }
                });
    }

    private void whileOpen(Runnable action) {
        delivery.lock();
        try {
            if (state.get() != State.ENDED) {
                action.run();
            }
        } finally {
            delivery.unlock();
        }
    }

    private void fail(Throwable failure) {
        end(() -> handler.onFailure(whileOpen(failure)));
        abandon();
    }

    private void end(Runnable last) {
        delivery.lock();
        try {
            if (state.getAndSet(State.ENDED) != State.ENDED) {
                last.run();
            }
        } finally {
            delivery.unlock();
            done();
        }
    }

    @Override
    public void onClosing(WebSocket webSocket, int code, String reason) {
        webSocket.close(code == NO_STATUS ? NORMAL : code, null);
    }

    @Override
    public void onClosed(WebSocket webSocket, int code, String reason) {
        end(() -> handler.onClosed(code, reason));
    }

    @Override
    public void onFailure(WebSocket webSocket, Throwable failure, @Nullable Response response) {
        if (state.get() == State.OPENING) {
            state.set(State.ENDED);
            done();
            root.fail(whileOpening(failure, response));
        } else if (state.get() == State.CLOSING) {
            end(() -> handler.onClosed(ABNORMAL, ""));
        } else {
            end(() -> handler.onFailure(whileOpen(failure)));
        }
    }

    private PbxException whileOpening(Throwable failure, @Nullable Response response) {
        int status = response == null ? progress.refused() : response.code();
        if (status == UNAUTHORIZED) {
            return new PbxAuthenticationException(
                    request + ": the peer does not accept the credentials (401)", failure);
        }
        if (status == SWITCHING_PROTOCOLS) {
            return unreadable(
                    "the peer did not agree to a WebSocket (" + failure.getMessage() + ")");
        }
        if (status > 0) {
            String words = response == null ? "" : response.message();
            return new PbxRejectedException(
                    request + ": the peer answered " + status + " " + words + " and no WebSocket",
                    status,
                    words);
        }
        return failures.beforeAnswer(failure);
    }

    private PbxException whileOpen(Throwable failure) {
        if (failure instanceof ProtocolException) {
            String words = String.valueOf(failure.getMessage());
            return new PbxProtocolException(
                    request + ": the peer sent what cannot be read: " + words, words, failure);
        }
        if (failure instanceof SocketTimeoutException) {
            return lost("the peer has fallen silent; it answers no ping", failure);
        }
        return failure instanceof IOException
                ? lost("the connection was lost (" + failure.getMessage() + ")", failure)
                : lost("its handler failed (" + failure + ")", failure);
    }

    private PbxConnectionException lost(String why, Throwable failure) {
        return new PbxConnectionException(request + ": " + why, failure, true);
    }

    @Override
    public void send(String message) {
        sent(open().send(message));
    }

    @Override
    public void send(byte[] message) {
        sent(open().send(ByteString.of(message)));
    }

    private WebSocket open() {
        WebSocket known = socket;
        if (known == null || state.get() != State.OPEN) {
            throw new PbxConnectionException(request + ": the WebSocket is closed", null);
        }
        return known;
    }

    private void sent(boolean accepted) {
        if (accepted) {
            return;
        }
        PbxConnectionException refused =
                new PbxConnectionException(
                        request + ": the peer reads too slowly, or the WebSocket has ended", null);
        fail(refused);
        throw refused;
    }

    @Override
    public Optional<String> subprotocol() {
        return Optional.ofNullable(subprotocol);
    }

    @Override
    public void close() {
        close(NORMAL);
    }

    private void close(int code) {
        WebSocket known = socket;
        if (known != null && state.compareAndSet(State.OPEN, State.CLOSING)) {
            known.close(code, null);
            // OkHttp counts from when the close frame is written, which may be never.
            alarm = engine.time().schedule(CLOSE_TIMEOUT, known::cancel);
        }
    }

    @Override
    public String toString() {
        return request + " (" + state.get() + ")";
    }

    private enum State {
        OPENING,
        OPEN,
        CLOSING,
        ENDED
    }

    /** Prepares the request that opens a WebSocket, and bounds what comes over it. */
    private final class Upgrade implements Interceptor {

        @Override
        public Response intercept(Chain chain) throws IOException {
            // OkHttp takes listeners away from WebSockets; so this one comes by the back door.
            chain.call().addEventListener(progress);
            OneRequestGuard.requireOnlyOne(chain, progress);
            Request plain =
                    chain.request().newBuilder().removeHeader("Sec-WebSocket-Extensions").build();
            Response response = chain.proceed(plain);
            Socket opened = response.socket();
            return opened == null
                    ? response
                    : response.newBuilder()
                            .socket(new MessageLimit(opened, request.maxMessageBytes()))
                            .build();
        }
    }
}
