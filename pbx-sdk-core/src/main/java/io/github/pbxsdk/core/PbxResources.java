package io.github.pbxsdk.core;

import io.github.pbxsdk.core.internal.ClosingStack;
import io.github.pbxsdk.core.internal.ResourcesAccess;
import io.github.pbxsdk.core.internal.SafeObserver;
import io.github.pbxsdk.core.internal.SystemTime;
import io.github.pbxsdk.core.internal.Threads;
import io.github.pbxsdk.core.internal.Workers;
import io.github.pbxsdk.core.observe.PbxObserver;
import io.github.pbxsdk.core.time.Time;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The threads, the clock and the connection pools behind clients.
 *
 * <p>A client makes and ends its own unless it is given shared ones, which it then leaves alone:
 *
 * <pre>{@code
 * try (PbxResources shared = PbxResources.create()) {
 *     AmiClient ami = AmiClient.builder().resources(shared)…build();
 *     AriClient ari = AriClient.builder().resources(shared)…build();
 * }
 * }</pre>
 *
 * <p>Make one for an application and close it at the end: that closes the clients on it and ends
 * all their threads. Nothing is started before it is needed. On Java 21 and later threads are
 * virtual, apart from the one of the clock; before, they are daemon threads and never keep the JVM
 * alive.
 *
 * <p>Thread-safe.
 */
public final class PbxResources implements AutoCloseable {

    static {
        ResourcesAccess.register(new Access());
    }

    private final ClosingStack closing = new ClosingStack();
    private final Executor executor;
    private final Time time;
    private final PbxObserver observer;

    private PbxResources(Builder builder) {
        this.observer = SafeObserver.of(builder.observer);
        this.time = builder.time != null ? builder.time : machineTime();
        this.executor = builder.executor != null ? builder.executor : ownExecutor();
    }

    private Time machineTime() {
        ScheduledExecutorService scheduler = Threads.scheduler("clock");
        closing.push(() -> Threads.end(scheduler));
        return new SystemTime(scheduler);
    }

    private Workers ownExecutor() {
        Workers own = new Workers(Threads.unbounded("worker"));
        closing.push(own);
        return own;
    }

    /** Returns resources with all settings at their defaults. */
    public static PbxResources create() {
        return builder().build();
    }

    /** Returns a builder. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns what runs listeners and the continuations of futures. */
    public Executor executor() {
        return executor;
    }

    /** Returns the clock of all clients on these resources. */
    public Time time() {
        return time;
    }

    /** Returns who is told figures about the clients; calling it never throws. */
    public PbxObserver observer() {
        return observer;
    }

    /**
     * Closes the clients on these resources and ends every thread of them.
     *
     * <p>Repeatable. When it returns, the threads have ended, unless it was called on one of them,
     * for instance in a listener.
     */
    @Override
    public void close() {
        closing.close();
    }

    /** Collects the settings of {@link PbxResources}; not thread-safe. */
    public static final class Builder {

        private @Nullable Executor executor;
        private @Nullable Time time;
        private PbxObserver observer = PbxObserver.none();

        private Builder() {}

        /**
         * Sets what runs listeners and the continuations of futures, instead of threads of our own.
         *
         * <p>It is not closed with the resources. A single thread is enough: no blocking call of
         * this SDK inside a listener needs another one.
         */
        public Builder executor(Executor value) {
            this.executor = value;
            return this;
        }

        /** Sets the clock, instead of the machine's. Meant for tests. */
        public Builder time(Time value) {
            this.time = value;
            return this;
        }

        /** Sets who is told figures about the clients; nobody by default. */
        public Builder observer(PbxObserver value) {
            this.observer = Objects.requireNonNull(value, "value");
            return this;
        }

        /** Returns the resources; starts nothing. */
        public PbxResources build() {
            return new PbxResources(this);
        }
    }

    private static final class Access extends ResourcesAccess {

        @Override
        public <T extends AutoCloseable> T part(
                PbxResources resources, Class<T> key, Supplier<T> maker) {
            return resources.closing.part(key, maker);
        }

        @Override
        public Thread startReader(PbxResources resources, String name, Runnable loop) {
            Thread thread = Threads.reader(name, loop);
            thread.start();
            return thread;
        }

        @Override
        public Registration register(PbxResources resources, AutoCloseable client) {
            return resources.closing.push(client)::remove;
        }
    }
}
