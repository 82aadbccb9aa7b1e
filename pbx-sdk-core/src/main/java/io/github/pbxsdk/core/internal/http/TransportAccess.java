package io.github.pbxsdk.core.internal.http;

import io.github.pbxsdk.core.http.HttpRequest;
import io.github.pbxsdk.core.http.HttpResponse;
import io.github.pbxsdk.core.http.OkHttpTransport;
import io.github.pbxsdk.core.internal.RootFuture;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The side of {@link OkHttpTransport} that only {@link HttpCalls} sees. */
public abstract class TransportAccess {

    private static volatile @Nullable TransportAccess instance;

    /** Called once, by {@link OkHttpTransport}. */
    protected TransportAccess() {}

    /** Called once, by {@link OkHttpTransport}. */
    public static void register(TransportAccess access) {
        instance = access;
    }

    static TransportAccess get() {
        return Objects.requireNonNull(instance, "OkHttpTransport is not loaded");
    }

    /** Sends a request and reads the answer on the thread that received it. */
    public abstract <T> RootFuture<T> call(
            OkHttpTransport transport,
            Executor continuations,
            HttpRequest request,
            Function<HttpResponse, T> reader);
}
