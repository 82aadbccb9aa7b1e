package io.github.pbxsdk.sip;

import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.internal.RootFuture;

/** Somebody who waits for the first outcome of a registration; told by a task of the actor. */
interface RegistrationWaiter {

    void registered(Registration registration);

    void failed(PbxException failure);

    /** Returns one that settles a future. */
    static RegistrationWaiter of(RootFuture<Registration> future) {
        return new RegistrationWaiter() {
            @Override
            public void registered(Registration registration) {
                future.succeed(registration);
            }

            @Override
            public void failed(PbxException failure) {
                future.fail(failure);
            }
        };
    }
}
