package io.github.pbxsdk.ami.state;

import io.github.pbxsdk.ami.AmiClient;
import io.github.pbxsdk.ami.AmiRejectedException;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxTimeoutException;
import io.github.pbxsdk.core.event.Events;
import io.github.pbxsdk.core.internal.Futures;
import java.time.ZoneId;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What is on the PBX now, kept up to date by its events.
 *
 * <pre>{@code
 * try (AmiState state = AmiState.follow(ami)) {
 *     state.events().subscribe(CallAppearedEvent.class, event -> show(event.call()));
 *     state.events().subscribe(CallEndedEvent.class, event -> hide(event.call().id()));
 *     state.calls().forEach(this::show);
 * }
 * }</pre>
 *
 * <p>Everything is read once, and followed from then on. After a lost connection, when an event
 * doesn't fit to what is known, and every five minutes it is read again, and the differences come
 * as the same events as ever; a {@link StateSyncedEvent} tells that the picture is complete. While
 * the connection is away the last picture stays, and {@link #isCurrent()} is false.
 *
 * <p>All that is returned shows one moment and doesn't change. What is read inside a listener may
 * be newer than the event.
 *
 * <p>The client's event mask must have {@link io.github.pbxsdk.ami.AmiEventClass#CALL}; queues need
 * {@code AGENT}, contacts and trunks {@code SYSTEM}. Filters that hide events of calls hide them
 * from this too. The AMI user needs the permissions for the lists; {@link #unavailable()} tells
 * which part it is not shown.
 *
 * <p>Make one for a client, and close it before or with the client. Thread-safe.
 */
public final class AmiState implements AutoCloseable {

    private final AmiClient client;
    private final StateKeeper keeper;

    private AmiState(AmiClient client, StateKeeper keeper) {
        this.client = client;
        this.keeper = keeper;
    }

    /**
     * Reads everything and follows it; returns when the picture is complete.
     *
     * @throws AmiRejectedException if the AMI user may not list channels
     * @throws PbxConnectionException if there is no connection, or it is lost on the way
     * @throws PbxTimeoutException if the server doesn't answer in time
     * @throws IllegalStateException if the client's event mask lacks {@code CALL}
     */
    public static AmiState follow(AmiClient client) {
        return builder(client).follow();
    }

    /** Follows without waiting; the future fails as {@link #follow} does. */
    public static CompletableFuture<AmiState> followAsync(AmiClient client) {
        return builder(client).followAsync();
    }

    /** Returns a builder. */
    public static Builder builder(AmiClient client) {
        return new Builder(client);
    }

    /**
     * Returns where to subscribe to changes.
     *
     * <p>Connection changes and gaps of the client come here too. Listeners of the state run one at
     * a time, in order, independently of those of the client.
     */
    public Events events() {
        return keeper.events();
    }

    /** Tells whether the picture is complete and followed at this moment. */
    public boolean isCurrent() {
        return keeper.isCurrent();
    }

    /** Returns what the server doesn't have, or doesn't show to this AMI user. */
    public Set<StatePart> unavailable() {
        return keeper.unavailable();
    }

    /**
     * Reads everything again, and returns when the picture is complete; not needed in general.
     *
     * @throws PbxConnectionException if there is no connection
     * @throws PbxTimeoutException if the server doesn't answer in time
     */
    public void resynchronise() {
        Futures.await(resynchroniseAsync());
    }

    /** Reads everything again without waiting; fails as {@link #resynchronise} does. */
    public CompletableFuture<@Nullable Void> resynchroniseAsync() {
        return keeper.resynchronise();
    }

    /** Returns all calls, oldest first; those that ended in the last seconds are among them. */
    public List<LiveCall> calls() {
        return keeper.read(picture -> picture.calls.calls());
    }

    /** Returns the call with this id, or this former id, or a channel with this unique id. */
    public Optional<LiveCall> findCall(String id) {
        return keeper.read(picture -> picture.calls.find(id));
    }

    /**
     * Returns the call with this id, or this former id, or a channel with this unique id.
     *
     * @throws NoSuchElementException if there is none
     */
    public LiveCall call(String id) {
        return findCall(id).orElseThrow(() -> new NoSuchElementException("no call " + id));
    }

    /** Returns what can be done with calls. */
    public CallControl control() {
        return new CallControl(client, this);
    }

    /** Returns all bridges. */
    public List<LiveBridge> bridges() {
        return keeper.read(picture -> picture.bridges.bridges());
    }

    /** Returns who is parked. */
    public List<ParkedCall> parkedCalls() {
        return keeper.read(picture -> picture.services.parkedCalls());
    }

    /**
     * Returns the recordings that run. No server tells which ones ran before this state followed
     * it: a channel that was recorded once counts as recorded then.
     */
    public List<RunningRecording> recordings() {
        return keeper.read(picture -> picture.services.recordings());
    }

    /** Returns all queues; where {@link #unavailable()} has them, those listed before or none. */
    public List<LiveQueue> queues() {
        return keeper.read(picture -> picture.queues.queues());
    }

    /** Returns the queue with this name. */
    public Optional<LiveQueue> findQueue(String name) {
        return keeper.read(picture -> picture.queues.find(name));
    }

    /**
     * Returns the queue with this name.
     *
     * @throws NoSuchElementException if there is none, or the server lists none
     */
    public LiveQueue queue(String name) {
        return findQueue(name).orElseThrow(() -> new NoSuchElementException(noQueue(name)));
    }

    private String noQueue(String name) {
        return unavailable().contains(StatePart.QUEUES)
                ? "the PBX does not list its queues, so nothing is known of " + name
                : "no queue " + name;
    }

    /**
     * Returns all PJSIP endpoints, telephones and trunks; where {@link #unavailable()} has them,
     * those listed before or none.
     */
    public List<LiveEndpoint> endpoints() {
        return keeper.read(picture -> picture.devices.endpoints());
    }

    /** Returns the endpoint with this name. */
    public Optional<LiveEndpoint> findEndpoint(String name) {
        return keeper.read(picture -> picture.devices.find(name));
    }

    /**
     * Returns the registrations with carriers; where {@link #unavailable()} has them, those listed
     * before or none.
     */
    public List<TrunkRegistration> registrations() {
        return keeper.read(picture -> picture.devices.registrations());
    }

    /** Returns all hints; where {@link #unavailable()} has them, those listed before or none. */
    public List<LiveExtension> extensions() {
        return keeper.read(picture -> picture.extensions.extensions());
    }

    /** Returns the hint of this number; of several contexts, the first by name. */
    public Optional<LiveExtension> findExtension(String number) {
        return keeper.read(picture -> picture.extensions.find(number));
    }

    /**
     * Returns whether the telephone of an extension works; yellow instead of red where the server
     * doesn't list telephones. A {@link LightChangedEvent} tells when that changes.
     */
    public ExtensionLight light(String extension) {
        return keeper.light(Objects.requireNonNull(extension, "extension"));
    }

    /** Stops following; repeatable, safe inside a listener. The client stays as it is. */
    @Override
    public void close() {
        keeper.close();
    }

    @Override
    public String toString() {
        return "AmiState[" + client + (isCurrent() ? "" : ", not current") + "]";
    }

    /** Returns how much is kept of calls, for tests. */
    int size() {
        return keeper.read(picture -> picture.calls.size() + picture.queues.size());
    }

    /** Collects the settings of {@link AmiState}; not thread-safe. */
    public static final class Builder {

        private final AmiClient client;
        private @Nullable ZoneId zone;

        private Builder(AmiClient client) {
            this.client = Objects.requireNonNull(client, "client");
        }

        /**
         * Sets the zone in which a day of {@link QueueFigures} begins.
         *
         * <p>By default the server is asked for its own, and where it doesn't tell, it is the zone
         * of this machine.
         */
        public Builder zone(ZoneId value) {
            this.zone = Objects.requireNonNull(value, "zone");
            return this;
        }

        /** Follows without waiting; cancelling the future ends it. */
        public CompletableFuture<AmiState> followAsync() {
            StateKeeper keeper = new StateKeeper(client, zone);
            return keeper.start(new AmiState(client, keeper));
        }

        /** Reads everything and follows it; see {@link AmiState#follow}. */
        public AmiState follow() {
            return Futures.await(followAsync());
        }
    }
}
