package io.github.pbxsdk.ami;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.http.WebSocketConnection;
import io.github.pbxsdk.core.http.WebSocketRequest;
import io.github.pbxsdk.core.http.WebSocketTransport;
import io.github.pbxsdk.core.internal.ConnectionKeeper;
import io.github.pbxsdk.core.internal.Futures;
import io.github.pbxsdk.core.internal.Outbox;
import io.github.pbxsdk.core.internal.Senders;
import io.github.pbxsdk.core.internal.flight.FlightTap;
import java.util.concurrent.CompletableFuture;

/** Opens WebSockets that carry AMI as text or as the JSON of amiws. */
final class WebSocketRoad implements AmiRoad {

    private final AmiSettings settings;
    private final PbxResources resources;
    private final WebSocketTransport webSockets;
    private final Runnable whenClosed;

    /**
     * Creates a road.
     *
     * @param whenClosed ends what was made for this road
     */
    WebSocketRoad(
            AmiSettings settings,
            PbxResources resources,
            WebSocketTransport webSockets,
            Runnable whenClosed) {
        this.settings = settings;
        this.resources = resources;
        this.webSockets = webSockets;
        this.whenClosed = whenClosed;
    }

    @Override
    public AmiChannel open(ConnectionKeeper.Attempt attempt, FlightTap tap) {
        String peer = attempt.host().toString();
        FrameInbox inbox = new FrameInbox(peer, resources.time());
        CompletableFuture<WebSocketConnection> opening =
                webSockets.connectAsync(request(attempt.credentials()), inbox);
        attempt.onAbort(() -> opening.cancel(true));
        AmiChannel channel = channel(peer, Futures.await(opening), inbox, tap);
        try {
            attempt.onAbort(channel);
        } catch (PbxException e) {
            channel.close();
            throw e;
        }
        return channel;
    }

    private AmiChannel channel(
            String peer, WebSocketConnection connection, FrameInbox inbox, FlightTap tap) {
        AmiTransport transport = settings.transport();
        return transport.kind() == AmiTransport.Kind.AMIWS
                ? new AmiwsChannel(
                        peer, connection, inbox, transport.serverId(), tap, resources.time())
                : stream(new WebSocketStream(peer, connection, inbox), tap);
    }

    private StreamChannel stream(WebSocketStream stream, FlightTap tap) {
        Outbox outbox = new Outbox(stream, settings.timeout(), Senders.of(resources)::start);
        return new StreamChannel(stream, outbox, tap, resources.time());
    }

    private WebSocketRequest request(Credentials credentials) {
        WebSocketRequest.Builder request =
                WebSocketRequest.builder(settings.transport().address().text())
                        .timeout(settings.connectTimeout())
                        .maxMessageBytes(AmiParser.MAX_MESSAGE_BYTES);
        if (!settings.transport().ownsSession() && !credentials.equals(AmiSettings.NOBODY)) {
            // Whether that may go in clear text was settled when the client was built.
            request.credentials(credentials).allowPlaintext();
        }
        return request.build();
    }

    @Override
    public void close() {
        whenClosed.run();
    }
}
