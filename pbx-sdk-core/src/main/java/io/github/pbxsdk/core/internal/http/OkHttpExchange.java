package io.github.pbxsdk.core.internal.http;

import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.http.HttpHeaders;
import io.github.pbxsdk.core.http.HttpRequest;
import io.github.pbxsdk.core.http.HttpResponse;
import io.github.pbxsdk.core.internal.Deadlines;
import io.github.pbxsdk.core.internal.RootFuture;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import okhttp3.Call;
import okhttp3.Headers;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * One call, from the request to the last byte of the answer.
 *
 * <p>Two threads meet here: the one that does the I/O, and whoever ends the call early, which is
 * the clock, a cancelling caller or the closing transport. Whoever ends it settles the future and
 * closes the connection; the I/O then fails, with nobody waiting for it.
 */
final class OkHttpExchange<T extends @Nullable Object> extends Deadlines.Deadline
        implements OkHttpEngine.Ending {

    private final OkHttpEngine engine;
    private final HttpRequest request;
    private final Function<HttpResponse, T> reader;
    private final RootFuture<T> root;
    private final Progress progress;
    private final Call call;
    private final HttpFailures failures;
    private final SilenceWatch silence;
    private volatile @Nullable PbxException ending;

    OkHttpExchange(
            OkHttpEngine engine,
            HttpRequest request,
            Function<HttpResponse, T> reader,
            RootFuture<T> root) {
        this.engine = engine;
        this.request = request;
        this.reader = reader;
        this.root = root;
        this.silence = new SilenceWatch(engine.time(), silenceLimit(), this::abandon);
        this.progress = new Progress(root::markSent, silence::pause);
        this.call = engine.client().newCall(engine.requests().of(request, progress, silence));
        this.failures = new HttpFailures(request, call.request().url(), progress);
    }

    /** Returns how long a body may stand still; null where the end of the call comes before. */
    private @Nullable Duration silenceLimit() {
        Duration idle = engine.idleTimeout();
        boolean endsBefore =
                idle != null && !request.isStreaming() && request.timeout().compareTo(idle) <= 0;
        return endsBefore ? null : idle;
    }

    void start() {
        call.addEventListener(progress);
        engine.begin(this);
        root.onCancel(this::abandon);
        engine.deadlines().begin(this, request.timeout());
        try {
            engine.part().run(this::run);
        } catch (RejectedExecutionException e) {
            endWithTransport();
        }
    }

    private void run() {
        Response response;
        try {
            response = call.execute();
        } catch (Throwable e) {
            // Interceptors of a user's client can throw anything; the caller hears of it.
            done();
            root.fail(explain(e));
            return;
        }
        deliver(response);
    }

    private void deliver(Response response) {
        progress.reading();
        if (request.isStreaming()) {
            engine.deadlines().end(this);
        }
        ExchangeBody body = new ExchangeBody(response.body(), this, silence);
        HttpResponse answer = HttpResponse.of(response.code(), headers(response), body);
        try {
            if (!root.succeed(reader.apply(answer))) {
                answer.close();
            }
        } catch (Throwable e) {
            answer.close();
            root.fail(e);
        }
    }

    private HttpHeaders headers(Response response) {
        Headers received = progress.headersOf(response);
        HttpHeaders.Builder headers = HttpHeaders.builder();
        for (int i = 0; i < received.size(); i++) {
            headers.add(received.name(i), received.value(i));
        }
        return headers.build();
    }

    @Override
    protected void pass() {
        end(failures.timeout(request.timeout()));
    }

    @Override
    public void endWithTransport() {
        end(OkHttpEngine.closedMeanwhile(request, progress.bytesSent()));
    }

    private void end(PbxException reason) {
        ending = reason;
        if (!root.abort(reason)) {
            abandon();
        }
    }

    /** Closes the connection, from any thread. */
    void abandon() {
        call.cancel();
        done();
    }

    /** Notes that nothing more comes of this call. */
    void done() {
        engine.deadlines().end(this);
        silence.end();
        engine.end(this);
    }

    private PbxException explain(Throwable failure) {
        PbxException known = ending;
        if (known != null) {
            return known;
        }
        return silence.hasNoticed() ? failures.notTaken(failure) : failures.beforeAnswer(failure);
    }

    /** Returns why the answer could not be read on. */
    PbxException explain(Throwable failure, long bytesRead) {
        PbxException known = ending;
        if (known != null) {
            return known;
        }
        return silence.hasNoticed()
                ? failures.silence(failure, bytesRead)
                : failures.inAnswer(failure, bytesRead);
    }
}
