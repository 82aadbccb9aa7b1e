package io.github.pbxsdk.ami;

import io.github.pbxsdk.ami.internal.AnswerWatch;
import io.github.pbxsdk.core.CallOptions;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.internal.Call;
import io.github.pbxsdk.core.internal.CallRunner;
import io.github.pbxsdk.core.internal.CurrentConnection;
import io.github.pbxsdk.core.internal.RootFuture;
import io.github.pbxsdk.core.retry.RetryPolicy;
import io.github.pbxsdk.core.security.Operation;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes calls of actions: asks the guard, checks what would be sent, sends, turns the answer. */
final class AmiCalls {

    /** Where results are made by this SDK, quickly and without blocking. */
    private static final Set<String> OWN_PACKAGES =
            Set.of(AmiCalls.class.getPackageName(), AmiCalls.class.getPackageName() + ".action");

    /** Tells of the class of an action whether it is from there. */
    private static final ClassValue<Boolean> IS_OWN =
            new ClassValue<>() {
                @Override
                protected Boolean computeValue(Class<?> action) {
                    return OWN_PACKAGES.contains(action.getPackageName());
                }
            };

    private final AmiSettings settings;
    private final PbxResources resources;
    private final CurrentConnection<AmiSession> sessions;
    private final Consumer<Runnable> threads;
    private final CallRunner runner;

    AmiCalls(
            AmiSettings settings,
            PbxResources resources,
            CurrentConnection<AmiSession> sessions,
            Consumer<Runnable> threads) {
        this.settings = settings;
        this.resources = resources;
        this.sessions = sessions;
        this.threads = threads;
        this.runner = new CallRunner(settings.source(), resources);
    }

    /** Sends an action; the items of a list are kept for the result. */
    <R> RootFuture<R> send(AmiAction<R> action, CallOptions options) {
        check(action);
        Sending<R> sending = collecting(action, options);
        Call<R> call =
                action.access() == Operation.Access.READ
                        ? new Call.Repeatable<>(sending)
                        : new Call.Once<>(sending);
        return run(action, sending, call, options);
    }

    /** Sends an action whose items go elsewhere; it is not repeated, for some may have gone. */
    RootFuture<AmiResponse> push(
            AmiAction<?> action, Function<String, ListItems> items, CallOptions options) {
        check(action);
        Sending<AmiResponse> sending =
                new Sending<>(
                        action,
                        what -> items.apply(what.toString()),
                        response -> response,
                        options);
        return run(action, sending, new Call.Once<>(sending), options);
    }

    /**
     * Sends an action under an id of the caller's, who sees the answer and the items of its list as
     * they come; it is not repeated. The deadline is for the answer.
     */
    RootFuture<AmiResponse> watch(
            AmiAction<?> action, String id, AnswerWatch watch, Duration deadline) {
        check(action);
        Sending<AmiResponse> sending =
                new Sending<>(
                        action,
                        what -> new WatchedItems(watch),
                        response -> response,
                        CallOptions.none(),
                        id);
        return run(
                action,
                sending,
                new Call.Once<>(sending),
                CallOptions.deadline(deadline).withRetry(RetryPolicy.none()));
    }

    /** Returns an action as a step of something that takes more than its answer. */
    <R> Step<R> step(AmiAction<R> action, CallOptions options) {
        return collecting(action, options);
    }

    private <R> Sending<R> collecting(AmiAction<R> action, CallOptions options) {
        return new Sending<>(
                action,
                what -> new CollectedItems(what, settings.maxListBytes()),
                action::result,
                options);
    }

    /** An action that is part of a larger operation. */
    @FunctionalInterface
    interface Step<R> {

        /** Sends the action; like {@link Call.Attempt#start}. */
        CompletableFuture<R> startFor(RootFuture<?> operation);
    }

    /**
     * Asks the guard and checks that the action can be sent.
     *
     * @throws IllegalArgumentException if not
     */
    void check(AmiAction<?> action) {
        settings.guard()
                .check(
                        action.access() == Operation.Access.READ
                                ? Operation.read("ami", action.name())
                                : Operation.change("ami", action.name()));
        ActionLines.check(action, settings.transport());
    }

    /** Runs a call with the deadline and the policy of these options; the action is its name. */
    <T> RootFuture<T> run(AmiAction<?> action, Call<T> call, CallOptions options) {
        return run(action, describe(action), call, options);
    }

    /** The same, with words that few ever read and that are made for them only. */
    private <T> RootFuture<T> run(
            AmiAction<?> action, Object what, Call<T> call, CallOptions options) {
        return runner.run(
                action.name(),
                what,
                call,
                options.deadline().orElse(settings.timeout()),
                options.retry().orElse(RetryPolicy.defaults()));
    }

    /** Fails what is still open. */
    void close() {
        runner.close();
    }

    private String describe(AmiAction<?> action) {
        String target =
                action.name().equals("Originate") ? " to " + action.fields().text("Channel") : "";
        return action.name() + target + " on " + settings.hosts().get(0);
    }

    /** Sends one action and waits for its answer; each attempt is one start. Its text is what. */
    private final class Sending<R> implements Call.Attempt<R>, Step<R> {

        private final AmiAction<?> action;
        private final Function<Object, ListItems> items;
        private final Function<AmiResponse, R> result;
        private final boolean wholeDeadline;
        private final @Nullable String givenId;

        Sending(
                AmiAction<?> action,
                Function<Object, ListItems> items,
                Function<AmiResponse, R> result,
                CallOptions options) {
            this(action, items, result, options, null);
        }

        Sending(
                AmiAction<?> action,
                Function<Object, ListItems> items,
                Function<AmiResponse, R> result,
                CallOptions options,
                @Nullable String givenId) {
            this.givenId = givenId;
            this.action = action;
            this.items = items;
            this.result = result;
            this.wholeDeadline = options.deadline().isPresent();
        }

        @Override
        public String toString() {
            return describe(action);
        }

        @Override
        public CompletableFuture<R> start(RootFuture<R> operation) {
            return startFor(operation);
        }

        @Override
        public CompletableFuture<R> startFor(RootFuture<?> operation) {
            Attempt attempt = new Attempt(operation);
            AmiSession connected = sessions.now();
            if (connected != null) {
                attempt.send(connected);
            } else {
                sessions.await().whenComplete(attempt::begin);
            }
            return attempt;
        }

        /** One attempt: becomes the result of the answer; cancelling it drops the answer. */
        private final class Attempt extends CompletableFuture<R> implements PendingAnswer.Asker {

            private final RootFuture<?> operation;
            private volatile @Nullable PendingAnswer answer;

            Attempt(RootFuture<?> operation) {
                this.operation = operation;
            }

            void begin(@Nullable AmiSession session, @Nullable Throwable failure) {
                if (session == null) {
                    completeExceptionally(notConnected(failure));
                } else if (!isDone()) {
                    send(session);
                }
            }

            void send(AmiSession session) {
                PendingAnswer pending =
                        new PendingAnswer(
                                Sending.this,
                                items.apply(Sending.this),
                                settings.itemTimeout(),
                                resources.time(),
                                this);
                answer = pending;
                if (isCancelled()) {
                    pending.abandon();
                }
                try {
                    String id = givenId == null ? session.ids().next() : givenId;
                    session.send(action, id, pending);
                } catch (PbxException e) {
                    pending.abandon();
                    completeExceptionally(e);
                }
            }

            @Override
            public boolean cancel(boolean mayInterruptIfRunning) {
                boolean cancelled = super.cancel(mayInterruptIfRunning);
                PendingAnswer pending = answer;
                if (pending != null) {
                    pending.abandon();
                }
                return cancelled;
            }

            @Override
            public boolean mayLeave() {
                return operation.markSent();
            }

            @Override
            public void listBegins() {
                if (!wholeDeadline) {
                    operation.suspendDeadline();
                }
            }

            @Override
            public void answered(AmiResponse response) {
                if (IS_OWN.get(action.getClass())) {
                    take(response);
                } else {
                    threads.accept(() -> take(response));
                }
            }

            private void take(AmiResponse response) {
                try {
                    if (!action.accepts(response)) {
                        throw new AmiRejectedException(describe(action), response);
                    }
                    complete(result.apply(response));
                } catch (RuntimeException e) {
                    completeExceptionally(e);
                }
            }

            @Override
            public void failed(Throwable failure) {
                completeExceptionally(failure);
            }

            private Throwable notConnected(@Nullable Throwable failure) {
                return failure != null
                        ? failure
                        : new PbxConnectionException(describe(action) + ": not connected", null);
            }
        }
    }
}
