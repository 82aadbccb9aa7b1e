package io.github.pbxsdk.it.ari;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.pbxsdk.ari.AriClient;
import io.github.pbxsdk.ari.AriRejectedException;
import io.github.pbxsdk.ari.AriRejectedException.Kind;
import io.github.pbxsdk.ari.ChannelHandle;
import io.github.pbxsdk.ari.model.Channel;
import io.github.pbxsdk.ari.request.OriginateRequest;
import io.github.pbxsdk.core.http.HttpRequest;
import io.github.pbxsdk.core.http.HttpResponse;
import io.github.pbxsdk.core.http.HttpTransport;
import io.github.pbxsdk.core.http.OkHttpTransport;
import io.github.pbxsdk.core.http.WebSocketConnection;
import io.github.pbxsdk.core.http.WebSocketHandler;
import io.github.pbxsdk.core.http.WebSocketRequest;
import io.github.pbxsdk.core.http.WebSocketTransport;
import io.github.pbxsdk.it.lab.Asterisk;
import io.github.pbxsdk.it.lab.OnAsterisk;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The same requests on both servers: over HTTP with 16, over the event socket with 22. */
@OnAsterisk
@Timeout(60)
class AriSocketRequestsIT {

    private final String application = "socket-" + AriClient.newId();

    /** Counts what takes the road of HTTP. */
    private record Counting(OkHttpTransport transport, List<String> sent)
            implements HttpTransport, WebSocketTransport {

        @Override
        public CompletableFuture<HttpResponse> sendAsync(HttpRequest request) {
            sent.add(request.method() + " " + request.url());
            return transport.sendAsync(request);
        }

        @Override
        public CompletableFuture<WebSocketConnection> connectAsync(
                WebSocketRequest request, WebSocketHandler handler) {
            return transport.connectAsync(request, handler);
        }
    }

    private AriClient connected(Asterisk asterisk, Counting transport) {
        AriClient ari =
                AriClient.builder()
                        .baseUri(asterisk.ari())
                        .credentials(asterisk.ariCredentials())
                        .application(application)
                        .transport(transport)
                        .build();
        ari.connect();
        transport.sent().clear();
        return ari;
    }

    @Test
    void theRoadIsChosenByVersionAndMakesNoDifference(Asterisk asterisk) {
        try (OkHttpTransport http = OkHttpTransport.builder().build();
                AriClient ari =
                        connected(asterisk, new Counting(http, new CopyOnWriteArrayList<>()))) {
            calls(ari);
        }
    }

    @Test
    void onlyTheNewerServerIsAskedOnTheSocket(Asterisk asterisk) {
        try (OkHttpTransport http = OkHttpTransport.builder().build()) {
            Counting transport = new Counting(http, new CopyOnWriteArrayList<>());
            try (AriClient ari = connected(asterisk, transport)) {
                List<CompletableFuture<?>> pings =
                        IntStream.range(0, 50)
                                .<CompletableFuture<?>>mapToObj(i -> ari.asterisk().pingAsync())
                                .toList();
                pings.forEach(CompletableFuture::join);
                assertThat(transport.sent()).hasSize(asterisk.major() == 16 ? 50 : 0);
            }
        }
    }

    private void calls(AriClient ari) {
        String difficult = "größe \"1\"\\ +\n2, " + "x".repeat(12_000);
        ChannelHandle call = ari.channel("a/b+ü " + AriClient.newId());
        Channel made =
                call.originate(
                        OriginateRequest.builder("Local/609@from-internal/n")
                                .app(application)
                                .otherChannelId(call.id() + "-other")
                                .putVariable("DIFFICULT", "größe \"1\"\\ +, 2")
                                .build());
        assertThat(made.id()).isEqualTo(call.id());
        call.awaitEntered(Duration.ofSeconds(10));
        assertThat(ari.channels().getVariable(call.id(), "DIFFICULT").value())
                .isEqualTo("größe \"1\"\\ +, 2");
        assertThat(call.get().id()).isEqualTo(call.id());
        assertThatExceptionOfType(AriRejectedException.class)
                .isThrownBy(
                        () ->
                                ari.endpoints()
                                        .sendMessage("pjsip:nobody", "sip:a@127.0.0.1", difficult))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND));
        call.hangup();
        assertThat(call.awaitEnded(Duration.ofSeconds(10)).channel().id()).isEqualTo(call.id());
        assertThatExceptionOfType(AriRejectedException.class)
                .isThrownBy(call::get)
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND));
    }
}
