package io.github.pbxsdk.ami.internal;

import io.github.pbxsdk.ami.AmiClient;
import io.github.pbxsdk.ami.AmiEventClass;
import io.github.pbxsdk.ami.AmiFields;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.event.EventQueueOptions;
import io.github.pbxsdk.core.event.PbxEvent;
import io.github.pbxsdk.core.event.Subscription;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The side of {@link AmiClient} that only our own packages see.
 *
 * <p>{@code AmiClient} registers itself here when it is loaded.
 */
public abstract class ClientAccess {

    private static volatile @Nullable ClientAccess instance;

    /** Called once, by {@link AmiClient}. */
    protected ClientAccess() {}

    /** Called once, by {@link AmiClient}. */
    public static void register(ClientAccess access) {
        instance = access;
    }

    /** Returns the access; whoever has a client at hand has loaded its class. */
    public static ClientAccess get() {
        return Objects.requireNonNull(instance, "AmiClient is not loaded");
    }

    /** Returns the resources of a client. */
    public abstract PbxResources resources(AmiClient client);

    /** Returns the name of a client in events and threads. */
    public abstract String source(AmiClient client);

    /** Returns what a client has sent to it. */
    public abstract Set<AmiEventClass> eventMask(AmiClient client);

    /**
     * Shows all events of a client to somebody who is quick, on the thread that reads them and in
     * the order of the wire, before they are queued for listeners.
     */
    public abstract Subscription tap(AmiClient client, Consumer<? super PbxEvent> tap);

    /**
     * Sends an action under an id of the caller's, which must not occur on another connection, and
     * shows the answer as it comes. Counts as a change and goes out once.
     *
     * @param deadline how long the answer may take
     * @return ends as the call does; cancelling it keeps the action back if it has not left
     */
    public abstract CompletableFuture<?> send(
            AmiClient client,
            String name,
            AmiFields fields,
            String id,
            AnswerWatch watch,
            Duration deadline);

    /** Returns how many events of a client may wait. */
    public abstract EventQueueOptions eventQueue(AmiClient client);

    /** Returns how many bytes a message takes. */
    public abstract int bytes(AmiFields fields);

    /** Runs a task that may block on a thread of its own. */
    public abstract void start(AmiClient client, Runnable task);
}
