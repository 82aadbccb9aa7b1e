package io.github.pbxsdk.ari;

import io.github.pbxsdk.ari.model.Application;
import io.github.pbxsdk.ari.model.AsteriskInfo;
import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxRejectedException;
import io.github.pbxsdk.core.http.WebSocketConnection;
import io.github.pbxsdk.core.http.WebSocketRequest;
import io.github.pbxsdk.core.http.WebSocketTransport;
import io.github.pbxsdk.core.internal.ConnectionKeeper;
import io.github.pbxsdk.core.internal.Futures;
import io.github.pbxsdk.core.internal.RootFuture;
import io.github.pbxsdk.core.internal.flight.FlightTap;
import io.github.pbxsdk.core.security.Operation;
import io.github.pbxsdk.core.time.Time;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes a connection that is ready for use: who is it, event socket, filter, subscriptions.
 *
 * <p>The socket comes before the subscriptions, since it is what registers the application.
 */
final class AriConnector implements ConnectionKeeper.Connector {

    private final AriSettings settings;
    private final AriHttp http;
    private final AriLogin login;
    private final WebSocketTransport sockets;
    private final SubscribedSources sources;
    private final Consumer<AriSession> offer;
    private final Consumer<String> events;
    private final FlightTap tap;
    private final Time time;

    AriConnector(
            AriSettings settings,
            AriHttp http,
            AriLogin login,
            WebSocketTransport sockets,
            SubscribedSources sources,
            Consumer<AriSession> offer,
            Consumer<String> events,
            FlightTap tap,
            Time time) {
        this.settings = settings;
        this.http = http;
        this.login = login;
        this.sockets = sockets;
        this.sources = sources;
        this.offer = offer;
        this.events = events;
        this.tap = tap;
        this.time = time;
    }

    @Override
    public ConnectionKeeper.Link connect(ConnectionKeeper.Attempt attempt) {
        AriServer server = whoIsIt(attempt);
        AriSession session = new AriSession(settings.source(), server, events, tap, time);
        attempt.onAbort(session);
        try {
            session.opened(open(attempt.credentials(), session, attempt));
            attempt.onAbort(session);
            settings.applications().forEach(name -> setUp(name, attempt));
        } catch (PbxException e) {
            session.close();
            throw e;
        }
        login.worked(attempt.credentials());
        offer.accept(session);
        return session;
    }

    private AriServer whoIsIt(ConnectionKeeper.Attempt attempt) {
        AriCall call = new AriCall("asterisk.getInfo", Operation.Access.READ, "GET");
        call.path("asterisk");
        call.path("info");
        call.query("only", List.of("system", "status"));
        AriServer server =
                AriServer.of(
                        settings.host(), await(attempt, call, AriAnswer.object(AsteriskInfo::of)));
        server.release().ifPresent(http::learn);
        return server;
    }

    private WebSocketConnection open(
            Credentials credentials, AriSession session, ConnectionKeeper.Attempt attempt) {
        WebSocketRequest.Builder request =
                WebSocketRequest.builder(settings.url() + "/events" + query())
                        .credentials(credentials)
                        .timeout(settings.connectTimeout())
                        .pingInterval(settings.pingInterval())
                        .maxMessageBytes(settings.maxMessageBytes());
        if (settings.plaintextAllowed()) {
            request.allowPlaintext();
        }
        CompletableFuture<WebSocketConnection> opening =
                sockets.connectAsync(request.build(), session);
        attempt.onAbort(() -> opening.cancel(true));
        try {
            return Futures.await(opening);
        } catch (PbxRejectedException e) {
            throw AriRejectedException.of(
                    "event socket of " + settings.applications() + " on " + settings.host(),
                    e.code(),
                    e.reason());
        }
    }

    private String query() {
        AriCall call = new AriCall("events.eventWebsocket", Operation.Access.READ, "GET");
        call.query("app", settings.applications());
        call.query("subscribeAll", settings.subscribeAll() ? "true" : null);
        return call.target();
    }

    private void setUp(String application, ConnectionKeeper.Attempt attempt) {
        AriObject filter = settings.eventFilter();
        if (filter != null) {
            AriCall call = change("applications.filter", "PUT", application);
            call.path("eventFilter");
            call.content(filter);
            await(attempt, call, AriAnswer.object(Application::of));
        }
        List<String> wanted = sources.of(application);
        if (!wanted.isEmpty()) {
            AriCall call = change("applications.subscribe", "POST", application);
            call.path("subscription");
            call.member("eventSource", wanted);
            await(attempt, call, AriAnswer.object(Application::of));
        }
    }

    private static AriCall change(String operation, String method, String application) {
        AriCall call = new AriCall(operation, Operation.Access.CHANGE, method);
        call.path("applications");
        call.name("application", application);
        return call;
    }

    private <T extends @Nullable Object> T await(
            ConnectionKeeper.Attempt attempt, AriCall call, AriAnswer<T> answer) {
        RootFuture<T> request =
                http.send(call, attempt.credentials(), settings.connectTimeout(), answer);
        attempt.onAbort(() -> request.cancel(true));
        return Futures.await(request);
    }
}
