package io.github.pbxsdk.sip;

import io.github.pbxsdk.core.HostAndPort;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.ServerIdentity;
import io.github.pbxsdk.core.http.OkHttpTransport;
import io.github.pbxsdk.core.http.WebSocketRequest;
import io.github.pbxsdk.core.internal.ConnectionKeeper;
import io.github.pbxsdk.core.internal.CurrentConnection;
import io.github.pbxsdk.core.internal.StreamConnection;
import io.github.pbxsdk.core.time.Time;
import io.github.pbxsdk.sip.internal.transport.Flow;
import io.github.pbxsdk.sip.internal.transport.FlowReader;
import io.github.pbxsdk.sip.internal.transport.StreamFlow;
import io.github.pbxsdk.sip.internal.transport.UdpFlow;
import io.github.pbxsdk.sip.internal.transport.WebSocketFlow;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Makes flows, to the first server that can be reached. */
final class SipConnector implements ConnectionKeeper.Connector, AutoCloseable {

    private final SipSettings settings;
    private final PbxResources resources;
    private final Executor threads;
    private final ServerList servers;
    private final CurrentConnection<Flow> flows;
    private final FlowReader reader;
    private final FlightTaps taps;
    private final @Nullable OkHttpTransport webSockets;
    private final String madeUpHost = ClientTransactions.randomText() + ".invalid";
    private int udpPort;

    SipConnector(
            SipSettings settings,
            PbxResources resources,
            Executor threads,
            ServerList servers,
            CurrentConnection<Flow> flows,
            FlowReader reader,
            FlightTaps taps) {
        this.settings = settings;
        this.resources = resources;
        this.threads = threads;
        this.servers = servers;
        this.flows = flows;
        this.reader = reader;
        this.taps = taps;
        this.webSockets =
                settings.transport().isWebSocket()
                        ? OkHttpTransport.builder()
                                .resources(resources)
                                .tls(settings.tls())
                                .connectTimeout(settings.connectTimeout())
                                .build()
                        : null;
    }

    @Override
    public ConnectionKeeper.Link connect(ConnectionKeeper.Attempt attempt) {
        // Here the store may be waited for, and may fail; later it is known which device we are.
        settings.instanceId().get();
        PbxException failure = null;
        for (HostAndPort server : servers.inOrder()) {
            try {
                Flow flow = open(server, attempt);
                flows.offer(flow);
                return new FlowLink(flow);
            } catch (PbxException e) {
                servers.failed(server);
                failure = e;
            }
        }
        throw Objects.requireNonNull(failure, "there is at least one server");
    }

    private Flow open(HostAndPort server, ConnectionKeeper.Attempt attempt) {
        return switch (settings.transport()) {
            case UDP -> openUdp(server, attempt);
            case TCP, TLS -> openStream(server, attempt);
            case WS, WSS -> openWebSocket(server, attempt);
        };
    }

    /** Takes the same port again: to the server we stay the same device. */
    private Flow openUdp(HostAndPort server, ConnectionKeeper.Attempt attempt) {
        UdpFlow flow = UdpFlow.open(server, udpPort, resources.time(), taps.next());
        attempt.onAbort(flow);
        udpPort = flow.localPort();
        return flow;
    }

    private Flow openStream(HostAndPort server, ConnectionKeeper.Attempt attempt) {
        boolean secure = settings.transport().isSecure();
        Time time = resources.time();
        StreamConnection connection =
                StreamConnection.open(
                        server,
                        servers.certificateName(server),
                        secure ? settings.tls() : null,
                        settings.connectTimeout(),
                        time,
                        attempt::onAbort);
        return new StreamFlow(
                settings.transport().viaName(),
                connection,
                time,
                settings.connectTimeout(),
                threads,
                taps.next());
    }

    private Flow openWebSocket(HostAndPort server, ConnectionKeeper.Attempt attempt) {
        String scheme = settings.transport().isSecure() ? "wss://" : "ws://";
        WebSocketRequest request =
                WebSocketRequest.builder(scheme + server + settings.webSocketPath())
                        .subprotocol("sip")
                        .timeout(settings.connectTimeout())
                        .pingInterval(settings.keepAliveInterval())
                        .build();
        return WebSocketFlow.open(
                server,
                settings.transport().viaName(),
                Objects.requireNonNull(webSockets, "made for this transport"),
                request,
                madeUpHost,
                resources.time(),
                taps.next(),
                attempt::onAbort);
    }

    @Override
    public void close() {
        if (webSockets != null) {
            webSockets.close();
        }
    }

    /** A flow as the keeper of the connection sees it. */
    private final class FlowLink implements ConnectionKeeper.Link {

        private final Flow flow;

        FlowLink(Flow flow) {
            this.flow = flow;
        }

        @Override
        public void run() {
            flow.run(reader);
        }

        @Override
        public Instant lastSignOfLife() {
            return flow.lastHeard();
        }

        @Override
        public @Nullable ServerIdentity identity() {
            return null;
        }

        @Override
        public void close() {
            flow.close();
        }
    }
}
