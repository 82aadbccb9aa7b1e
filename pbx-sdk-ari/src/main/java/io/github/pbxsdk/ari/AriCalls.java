package io.github.pbxsdk.ari;

import io.github.pbxsdk.core.CallOptions;
import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.PbxAuthenticationException;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.http.HttpResponse;
import io.github.pbxsdk.core.internal.Call;
import io.github.pbxsdk.core.internal.CallRunner;
import io.github.pbxsdk.core.internal.Futures;
import io.github.pbxsdk.core.internal.ResourcesAccess;
import io.github.pbxsdk.core.internal.RootFuture;
import io.github.pbxsdk.core.retry.RetryPolicy;
import io.github.pbxsdk.core.security.Operation;
import io.github.pbxsdk.core.security.OperationGuard;
import io.github.pbxsdk.core.time.Time;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes calls of operations: asks the guard, checks what the server has, sends, repeats reads. */
final class AriCalls {

    private final AriSettings settings;
    private final AriHttp http;
    private final AriLogin login;
    private final PbxResources resources;
    private final CallRunner runner;
    private final Supplier<Optional<SocketRequests>> socket;
    private final Consumer<AriCall> done;
    private final OperationGuard guard;
    private final CallOptions options;
    private final Set<RootFuture<?>> open;

    private AriCalls(
            AriSettings settings,
            AriHttp http,
            AriLogin login,
            PbxResources resources,
            CallRunner runner,
            Supplier<Optional<SocketRequests>> socket,
            Consumer<AriCall> done,
            OperationGuard guard,
            CallOptions options,
            Set<RootFuture<?>> open) {
        this.settings = settings;
        this.http = http;
        this.login = login;
        this.resources = resources;
        this.runner = runner;
        this.socket = socket;
        this.done = done;
        this.guard = guard;
        this.options = options;
        this.open = open;
    }

    /**
     * Returns calls with the client's own options.
     *
     * @param socket gives the event socket while it takes requests
     * @param done is told of each call that succeeded
     */
    static AriCalls of(
            AriSettings settings,
            AriHttp http,
            AriLogin login,
            PbxResources resources,
            Supplier<Optional<SocketRequests>> socket,
            Consumer<AriCall> done) {
        return new AriCalls(
                settings,
                http,
                login,
                resources,
                new CallRunner(settings.source(), resources),
                socket,
                done,
                settings.guard(),
                CallOptions.none(),
                ConcurrentHashMap.newKeySet());
    }

    /** Returns the same calls with other options. */
    AriCalls with(CallOptions value) {
        return new AriCalls(
                settings, http, login, resources, runner, socket, done, guard, value, open);
    }

    /**
     * Returns the same calls for what the client asks of itself, which is no matter for the guard.
     */
    AriCalls unguarded() {
        return new AriCalls(
                settings,
                http,
                login,
                resources,
                runner,
                socket,
                done,
                OperationGuard.allowAll(),
                options,
                open);
    }

    /**
     * Begins a call, if the guard lets it pass; only then is anything encoded.
     *
     * @param operation its name in the words of the protocol, such as {@code channels.hangup}
     */
    AriCall begin(String operation, Operation.Access access, String method) {
        guard.check(
                access == Operation.Access.READ
                        ? Operation.read("ari", operation)
                        : Operation.change("ari", operation));
        return new AriCall(operation, access, method);
    }

    /** Sends a call whose answer says nothing. */
    CompletableFuture<@Nullable Void> send(AriCall call) {
        return send(call, AriAnswer.nothing());
    }

    /** Sends a call; only one that reads is repeated when the outcome is unknown. */
    <T extends @Nullable Object> CompletableFuture<T> send(AriCall call, AriAnswer<T> answer) {
        Exchange<T> exchange =
                (operation, credentials, timeout) ->
                        socket.get()
                                .filter(one -> one.takes(call, answer))
                                .map(one -> http.send(call, one, answer))
                                .orElseGet(() -> http.send(call, credentials, timeout, answer));
        Call.Attempt<T> attempt = operation -> attempt(call, operation, exchange);
        return run(
                call,
                call.access() == Operation.Access.READ
                        ? new Call.Repeatable<>(attempt)
                        : new Call.Once<>(attempt));
    }

    /**
     * Sends a call whose answer may take any time to read, as long as it goes on. It is not
     * repeated, for some of it may have been handed on.
     */
    <T extends @Nullable Object> CompletableFuture<T> sendStreaming(
            AriCall call, AriAnswer<T> answer) {
        Exchange<T> exchange =
                (operation, credentials, timeout) ->
                        http.sendStreaming(
                                call,
                                credentials,
                                timeout,
                                response -> {
                                    if (options.deadline().isEmpty()) {
                                        operation.suspendDeadline();
                                    }
                                    return answer.read(response);
                                });
        return run(call, new Call.Once<>(operation -> attempt(call, operation, exchange)));
    }

    /**
     * Sends a call and hands over the answer as soon as it begins; it goes on until the body that
     * is handed over is closed.
     */
    <T> CompletableFuture<T> lend(AriCall call, BiFunction<HttpResponse, LentBody, T> answer) {
        Exchange<T> exchange =
                (operation, credentials, timeout) ->
                        http.sendStreaming(
                                call,
                                credentials,
                                timeout,
                                response -> {
                                    LentBody body = new LentBody(response.body());
                                    T lent = answer.apply(response, body);
                                    if (operation.succeed(lent)) {
                                        body.awaitReturn();
                                    }
                                    return lent;
                                });
        return run(call, new Call.Once<>(operation -> attempt(call, operation, exchange)));
    }

    /** Does several steps one after the other on a thread of their own. */
    <T extends @Nullable Object> CompletableFuture<T> steps(Supplier<T> steps) {
        RootFuture<T> operation = new RootFuture<>(resources.executor());
        track(operation);
        Thread thread =
                ResourcesAccess.get()
                        .startReader(
                                resources,
                                settings.source() + " steps",
                                () -> walk(operation, steps));
        operation.onCancel(thread::interrupt);
        return operation;
    }

    private static <T extends @Nullable Object> void walk(
            RootFuture<T> operation, Supplier<T> steps) {
        if (!operation.markSent()) {
            return;
        }
        try {
            operation.succeed(steps.get());
        } catch (Throwable e) {
            operation.fail(e);
        }
    }

    /** Returns the release of the server, once it has answered. */
    Optional<Release> server() {
        return http.server();
    }

    Time time() {
        return resources.time();
    }

    /** Returns a call in words. */
    String describe(AriCall call) {
        return http.describe(call);
    }

    /** One request on the wire. */
    private interface Exchange<T extends @Nullable Object> {

        CompletableFuture<T> start(
                RootFuture<T> operation, Credentials credentials, Duration timeout);
    }

    private <T extends @Nullable Object> CompletableFuture<T> run(AriCall call, Call<T> attempts) {
        RootFuture<T> operation =
                runner.run(
                        call.operation(),
                        http.describe(call),
                        attempts,
                        deadline(),
                        options.retry().orElse(RetryPolicy.defaults()));
        track(operation);
        return operation;
    }

    private void track(RootFuture<?> operation) {
        open.add(operation);
        operation.whenComplete((result, failure) -> open.remove(operation));
    }

    private Duration deadline() {
        return options.deadline().orElse(settings.timeout());
    }

    private <T extends @Nullable Object> CompletableFuture<T> attempt(
            AriCall call, RootFuture<T> operation, Exchange<T> exchange) {
        http.server().ifPresent(known -> call.requireIn(known, settings.host().toString()));
        CompletableFuture<T> attempt = new CompletableFuture<>();
        new Sending<>(call, operation, exchange, attempt).begin(true);
        return attempt;
    }

    /** Sends the request of one attempt; credentials that have expired are replaced once. */
    private final class Sending<T extends @Nullable Object> {

        private final AriCall call;
        private final RootFuture<T> operation;
        private final Exchange<T> exchange;
        private final CompletableFuture<T> attempt;

        Sending(
                AriCall call,
                RootFuture<T> operation,
                Exchange<T> exchange,
                CompletableFuture<T> attempt) {
            this.call = call;
            this.operation = operation;
            this.exchange = exchange;
            this.attempt = attempt;
        }

        void begin(boolean mayLogInAgain) {
            login.credentials()
                    .whenComplete(
                            (credentials, failure) -> {
                                if (credentials == null) {
                                    attempt.completeExceptionally(reason(failure));
                                } else if (!attempt.isDone()) {
                                    send(credentials, mayLogInAgain);
                                }
                            });
        }

        private void send(Credentials credentials, boolean mayLogInAgain) {
            if (!operation.markSent()) {
                // Whoever has given it up ends it.
                return;
            }
            CompletableFuture<T> request;
            try {
                request = exchange.start(operation, credentials, deadline());
            } catch (RuntimeException e) {
                attempt.completeExceptionally(e);
                return;
            }
            attempt.whenComplete((result, failure) -> request.cancel(true));
            request.whenComplete(
                    (result, failure) -> {
                        if (failure == null) {
                            done.accept(call);
                            attempt.complete(result);
                        } else {
                            fail(credentials, reason(failure), mayLogInAgain);
                        }
                    });
        }

        private void fail(Credentials credentials, Throwable failure, boolean mayLogInAgain) {
            if (!(failure instanceof PbxAuthenticationException)) {
                attempt.completeExceptionally(failure);
                return;
            }
            login.refused(credentials);
            operation.markUnprocessed();
            if (mayLogInAgain) {
                login.credentials()
                        .whenComplete(
                                (other, none) -> {
                                    if (other == null) {
                                        attempt.completeExceptionally(failure);
                                    } else {
                                        begin(false);
                                    }
                                });
            } else {
                attempt.completeExceptionally(failure);
            }
        }

        private Throwable reason(@Nullable Throwable failure) {
            return failure == null
                    ? new PbxConnectionException(http.describe(call) + " was not sent", null)
                    : Futures.unwrap(failure);
        }
    }

    /** Fails what is still open. */
    void close() {
        for (RootFuture<?> operation : open) {
            operation.abort(
                    new PbxConnectionException(
                            settings.source() + " was closed", null, operation.mayHaveBeenSent()));
        }
    }
}
