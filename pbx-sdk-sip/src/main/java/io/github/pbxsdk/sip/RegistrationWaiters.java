package io.github.pbxsdk.sip;

import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.internal.RootFuture;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for a registration to come about, and who for its end.
 *
 * <p>Used by tasks of the engine's actor.
 */
final class RegistrationWaiters {

    private final List<RegistrationWaiter> coming = new ArrayList<>();
    private final List<RootFuture<@Nullable Void>> leaving = new ArrayList<>();
    private Runnable farewell = () -> {};

    void add(RegistrationWaiter waiter) {
        coming.add(waiter);
    }

    void addForTheEnd(RootFuture<@Nullable Void> future) {
        leaving.add(future);
    }

    /** Has something done at the end, after all have been told. */
    void farewell(Runnable last) {
        farewell = last;
    }

    /** Tells whether somebody waits for it to come about. */
    boolean isWanted() {
        return !coming.isEmpty();
    }

    void registered(Registration registration) {
        tell(waiter -> waiter.registered(registration));
    }

    void failed(PbxException failure) {
        tell(waiter -> waiter.failed(failure));
    }

    /** Tells all who are here now; whoever comes meanwhile waits for the next outcome. */
    private void tell(Consumer<RegistrationWaiter> outcome) {
        List<RegistrationWaiter> told = List.copyOf(coming);
        coming.clear();
        told.forEach(outcome);
    }

    void left() {
        List.copyOf(leaving).forEach(future -> future.succeed(null));
        leaving.clear();
        farewell.run();
        farewell = () -> {};
    }
}
