package io.github.pbxsdk.core.internal.state;

import io.github.pbxsdk.core.state.Lease;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** A lease of one of our stores. */
public final class StoreLease implements Lease {

    private final Keeper keeper;
    private final String name;
    private final long token;
    private final Duration ttl;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Creates a lease that was taken. */
    public StoreLease(Keeper keeper, String name, long token, Duration ttl) {
        this.keeper = keeper;
        this.name = name;
        this.token = token;
        this.ttl = ttl;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long token() {
        return token;
    }

    @Override
    public Duration ttl() {
        return ttl;
    }

    @Override
    public void renew() {
        keeper.renew(this);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            keeper.release(this);
        }
    }

    @Override
    public String toString() {
        return "lease " + name + " with token " + token;
    }

    /** The store that gave the lease. */
    public interface Keeper {

        /** Has it last for its whole time from now on. */
        void renew(Lease lease);

        /** Ends it, unless it has ended. */
        void release(Lease lease);
    }
}
