package io.github.pbxsdk.sip;

import io.github.pbxsdk.core.ConnectionStatus;
import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.internal.RootFuture;
import io.github.pbxsdk.sip.internal.digest.DigestSecret;
import io.github.pbxsdk.sip.internal.wire.SipRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The extensions as which a client is registered, or tries to be. */
final class Registrations implements AutoCloseable {

    /** How long the server may take to agree to the end of the registrations. */
    private static final long FAREWELL_MILLIS = 2_000;

    private final SipEngine engine;
    private final Map<String, RegistrationKeeper> byExtension = new ConcurrentHashMap<>();
    private volatile boolean closed;

    Registrations(SipEngine engine) {
        this.engine = engine;
    }

    CompletableFuture<Registration> register(
            String extension, Credentials credentials, RegisterOptions options) {
        SipText.requireExtension(extension);
        engine.requireOpen();
        DigestSecret secret = options.secret(credentials);
        RootFuture<Registration> future = engine.newFuture();
        RegistrationWaiter waiter = RegistrationWaiter.of(future);
        if (!engine.offer(() -> registerNow(extension, secret, options, waiter))) {
            waiter.failed(engine.closedException());
        }
        return future;
    }

    /** Registers, or joins what is under way; called by a task. */
    void registerNow(
            String extension,
            DigestSecret secret,
            RegisterOptions options,
            RegistrationWaiter waiter) {
        if (closed) {
            waiter.failed(engine.closedException());
            return;
        }
        byExtension
                .computeIfAbsent(
                        extension,
                        key -> new RegistrationKeeper(engine, extension, secret, options))
                .register(secret, options, waiter);
    }

    CompletableFuture<@Nullable Void> unregister(String extension) {
        RegistrationKeeper known = byExtension.get(extension);
        if (known == null) {
            RootFuture<@Nullable Void> future = engine.newFuture();
            future.succeed(null);
            return future;
        }
        return known.unregister(false);
    }

    /** Asks for the devices of an extension that need not be registered here. */
    CompletableFuture<List<SipDevice>> devices(String extension, Credentials credentials) {
        RegisterOptions options = RegisterOptions.defaults();
        return new RegistrationKeeper(engine, extension, options.secret(credentials), options)
                .devices();
    }

    /** Forgets a registration that has ended. */
    void forget(RegistrationKeeper ended) {
        byExtension.remove(ended.extension(), ended);
    }

    /** Knows one again that had ended; false if another one took its place. */
    boolean remember(RegistrationKeeper ended) {
        RegistrationKeeper known = byExtension.putIfAbsent(ended.extension(), ended);
        return known == null || known == ended;
    }

    List<RegistrationKeeper> all() {
        return List.copyOf(byExtension.values());
    }

    /** Counts those that are registered at this moment. */
    long registered() {
        return byExtension.values().stream().filter(one -> one.facts().isRegistered()).count();
    }

    boolean isEmpty() {
        return byExtension.isEmpty();
    }

    Optional<RegistrationKeeper> find(String extension) {
        return Optional.ofNullable(byExtension.get(extension));
    }

    RegistrationKeeper require(String extension) {
        return find(extension)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        extension + " is not registered here; call register(...)"));
    }

    /** Returns the registration, where there is only one. */
    RegistrationKeeper only() {
        List<RegistrationKeeper> all = all();
        if (all.size() != 1) {
            throw new IllegalArgumentException(
                    "set from(...): " + all.size() + " extensions are registered here");
        }
        return all.get(0);
    }

    /** Returns whom of us a request is for. */
    Optional<RegistrationKeeper> recipient(SipRequest request) {
        String uri = request.uri();
        int at = uri.indexOf('@');
        if (at < 0) {
            return Optional.empty();
        }
        String user = uri.substring(uri.indexOf(':') + 1, at).split(";", 2)[0];
        return find(user.replace("%23", "#"));
    }

    /**
     * Learns of a change of the connection; called by a task.
     *
     * @param lost whether a connection that stood has ended with it
     */
    void connectionChanged(ConnectionStatus now, boolean lost, PbxException reason) {
        byExtension.values().forEach(one -> tell(one, now, lost, reason));
    }

    private static void tell(
            RegistrationKeeper one, ConnectionStatus now, boolean lost, PbxException reason) {
        switch (now.state()) {
            case CONNECTED -> one.connected();
            case DISCONNECTED, REFUSED -> one.notConnected(reason);
            default -> {
                if (lost) {
                    one.disconnected(reason);
                } else if (now.failure().isPresent()) {
                    one.stillConnecting(reason);
                }
            }
        }
    }

    /** Tells the server that we leave, so that calls and texts do not go to where nobody is. */
    @Override
    public void close() {
        closed = true;
        CountDownLatch told = new CountDownLatch(1);
        engine.execute(() -> sayFarewell(told));
        await(told);
        CountDownLatch ended = new CountDownLatch(1);
        engine.execute(
                () -> {
                    byExtension.values().forEach(RegistrationKeeper::close);
                    ended.countDown();
                });
        await(ended);
    }

    private void sayFarewell(CountDownLatch told) {
        AtomicLong left = new AtomicLong(1);
        Runnable one =
                () -> {
                    if (left.decrementAndGet() == 0) {
                        told.countDown();
                    }
                };
        for (RegistrationKeeper keeper : all()) {
            left.incrementAndGet();
            keeper.leaveForGood(one);
        }
        one.run();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(FAREWELL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            // Closing goes on without waiting; the caller finds his interrupt again.
            Thread.currentThread().interrupt();
        }
    }
}
