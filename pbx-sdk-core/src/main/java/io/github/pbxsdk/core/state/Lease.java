package io.github.pbxsdk.core.state;

import java.time.Duration;

/**
 * The right to be the only one who works on something, for a while.
 *
 * <pre>{@code
 * Optional<Lease> taken = store.lease("pbx1.recordings", Duration.ofSeconds(30));
 * if (taken.isEmpty()) {
 *     return; // another instance is at it
 * }
 * try (Lease lease = taken.get()) {
 *     …
 *     store.commit(Batch.builder().add(change).under(lease).build());
 * }
 * }</pre>
 *
 * <p>A lease alone is no lock: a process that stands still for longer than the lease believes that
 * it holds it when it goes on. What counts is the moment of the commit, so commit {@linkplain
 * Batch.Builder#under under the lease}. Renew it about three times as often as it would end.
 *
 * <p>Thread-safe.
 */
public interface Lease extends AutoCloseable {

    /** Returns the name under which it was taken. */
    String name();

    /**
     * Returns the fencing token: a positive number, higher than that of every lease of this name
     * before.
     *
     * <p>Another system that sees all holders can refuse the late one by it, when it remembers the
     * highest token it has met.
     */
    long token();

    /** Returns how long it lasts after it was taken, and after each renewal. */
    Duration ttl();

    /**
     * Has it last for its whole time again, from now on.
     *
     * @throws LeaseLostException if it has ended; take another one
     * @throws StateException if the store cannot be reached; the lease may have been renewed
     */
    void renew();

    /**
     * Gives it back, so that another one need not wait for its end.
     *
     * <p>Repeatable; nothing happens when it has ended.
     *
     * @throws StateException if the store cannot be reached; the lease ends by itself
     */
    @Override
    void close();
}
