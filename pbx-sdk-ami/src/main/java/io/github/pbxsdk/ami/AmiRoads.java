package io.github.pbxsdk.ami;

import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.http.HttpTransport;
import io.github.pbxsdk.core.http.OkHttpTransport;
import io.github.pbxsdk.core.http.WebSocketTransport;
import io.github.pbxsdk.core.internal.ConnectionKeeper;
import io.github.pbxsdk.core.internal.Outbox;
import io.github.pbxsdk.core.internal.Senders;
import io.github.pbxsdk.core.internal.StreamConnection;
import io.github.pbxsdk.core.internal.flight.FlightTap;

/** The roads there are. */
final class AmiRoads {

    private AmiRoads() {}

    /** Returns the road of a client; opens nothing. */
    static AmiRoad of(AmiSettings settings, PbxResources resources) {
        AmiTransport transport = settings.transport();
        return switch (transport.kind()) {
            case TCP -> new Tcp(settings, resources);
            case HTTP -> {
                OkHttpTransport own = okHttp(settings, resources);
                HttpTransport given = transport.givenHttp();
                yield new HttpRoad(settings, resources, given == null ? own : given, own::close);
            }
            case WEB_SOCKET, AMIWS -> {
                OkHttpTransport own = okHttp(settings, resources);
                WebSocketTransport given = transport.givenWebSocket();
                yield new WebSocketRoad(
                        settings, resources, given == null ? own : given, own::close);
            }
        };
    }

    private static OkHttpTransport okHttp(AmiSettings settings, PbxResources resources) {
        OkHttpTransport.Builder builder =
                OkHttpTransport.builder()
                        .resources(resources)
                        .connectTimeout(settings.connectTimeout());
        if (settings.tls() != null) {
            builder.tls(settings.tls());
        }
        return builder.build();
    }

    /** TCP, and TLS on it. */
    private record Tcp(AmiSettings settings, PbxResources resources) implements AmiRoad {

        @Override
        public AmiChannel open(ConnectionKeeper.Attempt attempt, FlightTap tap) {
            StreamConnection connection =
                    StreamConnection.open(
                            attempt.host(),
                            settings.tls(),
                            settings.connectTimeout(),
                            resources.time(),
                            attempt::onAbort);
            TcpStream stream = new TcpStream(connection);
            Outbox outbox = new Outbox(stream, settings.timeout(), Senders.of(resources)::start);
            return new StreamChannel(stream, outbox, tap, resources.time());
        }

        @Override
        public void close() {
            // Its channels are all there is.
        }
    }
}
