package io.github.pbxsdk.ami;

import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.http.HttpTransport;
import io.github.pbxsdk.core.internal.ConnectionKeeper;
import io.github.pbxsdk.core.internal.flight.FlightTap;

/** AMI over the web server of Asterisk. */
final class HttpRoad implements AmiRoad {

    private final AmiSettings settings;
    private final PbxResources resources;
    private final HttpTransport http;
    private final Runnable whenClosed;

    /**
     * Creates a road.
     *
     * @param whenClosed ends what was made for this road
     */
    HttpRoad(
            AmiSettings settings,
            PbxResources resources,
            HttpTransport http,
            Runnable whenClosed) {
        this.settings = settings;
        this.resources = resources;
        this.http = http;
        this.whenClosed = whenClosed;
    }

    @Override
    public AmiChannel open(ConnectionKeeper.Attempt attempt, FlightTap tap) {
        HttpChannel channel =
                new HttpChannel(settings, resources, http, attempt.credentials(), tap);
        try {
            attempt.onAbort(channel);
        } catch (PbxException e) {
            channel.close();
            throw e;
        }
        return channel;
    }

    @Override
    public void close() {
        whenClosed.run();
    }
}
