package io.github.pbxsdk.sip;

import io.github.pbxsdk.core.Light;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.internal.Futures;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One extension as which a {@link SipClient} is, or tries to be, registered.
 *
 * <pre>{@code
 * Registration desk = sip.register("1001", Credentials.of("1001", secret));
 * if (desk.isRegistered()) {
 *     statusLine.paint(desk.status().light());
 * }
 * }</pre>
 *
 * <p>It is prolonged, and made again after a loss, until it is ended. Each change of {@link
 * #status()} is one {@link io.github.pbxsdk.sip.event.RegistrationChangedEvent}. Thread-safe.
 */
public final class Registration {

    private final RegistrationKeeper keeper;

    Registration(RegistrationKeeper keeper) {
        this.keeper = keeper;
    }

    /** Returns the extension. */
    public String extension() {
        return keeper.extension();
    }

    /** Returns the state, since when, and why. */
    public RegistrationStatus status() {
        return keeper.facts().status();
    }

    /** Returns the colour of the state on a dashboard; the same as {@code status().light()}. */
    public Light light() {
        return status().light();
    }

    /**
     * Tells whether the server has us registered: it has said so, the time has not run out, the
     * connection still stands, and a minute ago at most we were still in its list.
     */
    public boolean isRegistered() {
        return keeper.facts().isRegistered();
    }

    /** Tells whether the server is being asked right now, for the first time or again. */
    public boolean isRegistering() {
        return keeper.facts().isRegistering();
    }

    /** Returns the last failure, kept until it succeeds again. */
    public Optional<RegistrationError> registrationError() {
        return keeper.facts().error();
    }

    /** Returns when the registration ends unless it is prolonged, which it is; if registered. */
    public Optional<Instant> expiresAt() {
        return keeper.facts().expiresAt();
    }

    /**
     * Asks the server which devices are registered for this extension. If we are not among them any
     * more, the state has changed when this returns.
     *
     * @throws PbxException if it does not tell
     */
    public List<SipDevice> devices() {
        return Futures.await(devicesAsync());
    }

    /** Asks without waiting; the future fails as {@link #devices} does. */
    public CompletableFuture<List<SipDevice>> devicesAsync() {
        keeper.ask(Operations.DEVICES);
        return keeper.devices();
    }

    /**
     * Begins anew, as if just told to register: what is known of the server's challenge, pauses and
     * earlier failures is forgotten. Other devices are left alone.
     *
     * @throws PbxException if the registration fails
     */
    public void reset() {
        Futures.await(resetAsync());
    }

    /** Begins anew without waiting; the future fails as {@link #reset} does. */
    public CompletableFuture<Registration> resetAsync() {
        keeper.ask(Operations.REGISTER);
        return keeper.reset();
    }

    /**
     * Ends this registration; returns when the server has agreed, or at once where it can't be
     * reached. Never throws because of the server.
     */
    public void unregister() {
        Futures.await(unregisterAsync());
    }

    /** Ends this registration without waiting. */
    public CompletableFuture<@Nullable Void> unregisterAsync() {
        keeper.ask(Operations.REGISTER);
        return keeper.unregister(false);
    }

    /** Ends the registrations of all devices of this extension, our own among them. */
    public void unregisterAllDevices() {
        Futures.await(unregisterAllDevicesAsync());
    }

    /** Ends the registrations of all devices without waiting. */
    public CompletableFuture<@Nullable Void> unregisterAllDevicesAsync() {
        keeper.ask(Operations.REGISTER);
        return keeper.unregister(true);
    }

    @Override
    public String toString() {
        return "Registration[" + extension() + ": " + status() + "]";
    }
}
