package io.github.pbxsdk.ami;

import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.internal.ConnectionKeeper;
import io.github.pbxsdk.core.internal.flight.FlightTap;

/** Opens the channels of one client: what its {@link AmiTransport} stands for. */
interface AmiRoad extends AutoCloseable {

    /**
     * Opens a channel; blocks.
     *
     * @throws PbxException if there is no connection
     */
    AmiChannel open(ConnectionKeeper.Attempt attempt, FlightTap tap);

    /** Ends what the road holds besides its channels. */
    @Override
    void close();
}
