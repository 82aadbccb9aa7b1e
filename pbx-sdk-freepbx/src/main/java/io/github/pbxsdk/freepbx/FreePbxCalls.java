package io.github.pbxsdk.freepbx;

import io.github.pbxsdk.core.CallOptions;
import io.github.pbxsdk.core.CredentialsProvider;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.internal.CallRunner;
import io.github.pbxsdk.core.internal.ResourcesAccess;
import io.github.pbxsdk.core.internal.RootFuture;
import io.github.pbxsdk.core.security.Operation;
import io.github.pbxsdk.core.time.Time;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Runs operations: asks the guard, then does the steps of one on a thread of its own.
 *
 * <p>Hardly an operation of FreePBX is a single request: a token is fetched before, and what was
 * changed is read back. So the steps are written one after the other, and cancelling interrupts
 * them.
 */
final class FreePbxCalls {

    private final FreePbxSettings settings;
    private final PbxResources resources;
    private final FreePbxHttp http;
    private final @Nullable FreePbxLogin login;
    private final CallRunner runner;
    private final Changes changes;
    private final @Nullable GuiSession gui;
    private final CallOptions options;
    private final Set<RootFuture<?>> open;

    private FreePbxCalls(
            FreePbxSettings settings,
            PbxResources resources,
            FreePbxHttp http,
            @Nullable FreePbxLogin login,
            CallRunner runner,
            Changes changes,
            @Nullable GuiSession gui,
            CallOptions options,
            Set<RootFuture<?>> open) {
        this.settings = settings;
        this.resources = resources;
        this.http = http;
        this.login = login;
        this.runner = runner;
        this.changes = changes;
        this.gui = gui;
        this.options = options;
        this.open = open;
    }

    /** Returns calls with the client's own options. */
    static FreePbxCalls of(FreePbxSettings settings, PbxResources resources, FreePbxHttp http) {
        CallRunner runner = new CallRunner(settings.source(), resources);
        return new FreePbxCalls(
                settings,
                resources,
                http,
                login(settings, http, runner, resources.time()),
                runner,
                new Changes(),
                settings.gui() == null ? null : new GuiSession(settings, http, settings.gui()),
                CallOptions.none(),
                ConcurrentHashMap.newKeySet());
    }

    private static @Nullable FreePbxLogin login(
            FreePbxSettings settings, FreePbxHttp http, CallRunner runner, Time time) {
        CredentialsProvider application = settings.application();
        return application == null
                ? null
                : new FreePbxLogin(settings, application, http, runner, time);
    }

    /** Returns the same calls with other options. */
    FreePbxCalls with(CallOptions value) {
        return new FreePbxCalls(
                settings, resources, http, login, runner, changes, gui, value, open);
    }

    /** The steps of an operation. */
    @FunctionalInterface
    interface Work<T extends @Nullable Object> {

        @Nullable T run(FreePbxSession session);
    }

    <T extends @Nullable Object> CompletableFuture<T> read(String operation, Work<T> work) {
        return run(Operation.read("freepbx", operation), settings.timeout(), work);
    }

    <T extends @Nullable Object> CompletableFuture<T> change(String operation, Work<T> work) {
        return run(Operation.change("freepbx", operation), settings.timeout(), work);
    }

    /** The steps of an operation that has no result. */
    @FunctionalInterface
    interface Deed {

        void run(FreePbxSession session);
    }

    /** Runs an operation that changes something and returns nothing. */
    CompletableFuture<@Nullable Void> perform(String operation, Deed deed) {
        return change(
                operation,
                session -> {
                    deed.run(session);
                    return null;
                });
    }

    /** Runs an operation that takes its own time. */
    <T extends @Nullable Object> CompletableFuture<T> run(
            Operation operation, Duration usually, Work<T> work) {
        settings.guard().check(operation);
        RootFuture<T> root = new RootFuture<>(resources.executor());
        return start(operation, root, options.deadline().orElse(usually), work);
    }

    /**
     * Runs the rest of an operation that has sent something: with a time of its own, and whether or
     * not somebody still waits for that operation.
     */
    <T extends @Nullable Object> CompletableFuture<T> goOn(Operation operation, Work<T> work) {
        RootFuture<T> root = new RootFuture<>(resources.executor());
        root.markSent();
        return start(operation, root, settings.timeout(), work);
    }

    private <T extends @Nullable Object> CompletableFuture<T> start(
            Operation operation, RootFuture<T> root, Duration deadline, Work<T> work) {
        open.add(root);
        root.whenComplete((result, failure) -> open.remove(root));
        FreePbxSession session = new FreePbxSession(this, operation, root, deadline);
        Thread thread =
                ResourcesAccess.get()
                        .startReader(
                                resources,
                                settings.source() + " " + operation.name(),
                                () -> finish(root, session, work));
        root.onCancel(thread::interrupt);
        return root;
    }

    private static <T extends @Nullable Object> void finish(
            RootFuture<T> root, FreePbxSession session, Work<T> work) {
        boolean taken = false;
        try {
            taken = root.succeed(work.run(session));
        } catch (Throwable e) {
            root.fail(session.asSeenOutside(e));
        } finally {
            if (!taken) {
                session.abandon();
            }
        }
    }

    FreePbxSettings settings() {
        return settings;
    }

    PbxResources resources() {
        return resources;
    }

    FreePbxHttp http() {
        return http;
    }

    /** Returns the log-in of the API application, if there is one. */
    @Nullable FreePbxLogin login() {
        return login;
    }

    CallRunner runner() {
        return runner;
    }

    Changes changes() {
        return changes;
    }

    @Nullable GuiSession gui() {
        return gui;
    }

    CallOptions options() {
        return options;
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
