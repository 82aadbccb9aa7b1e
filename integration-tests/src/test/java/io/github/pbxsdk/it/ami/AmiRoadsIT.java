package io.github.pbxsdk.it.ami;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.ami.AmiAction;
import io.github.pbxsdk.ami.AmiClient;
import io.github.pbxsdk.ami.AmiRejectedException;
import io.github.pbxsdk.ami.AmiResponse;
import io.github.pbxsdk.ami.AmiTransport;
import io.github.pbxsdk.ami.action.CommandAction;
import io.github.pbxsdk.ami.action.PingAction;
import io.github.pbxsdk.ami.action.QueueStatusAction;
import io.github.pbxsdk.ami.event.UserEvent;
import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.PbxAuthenticationException;
import io.github.pbxsdk.core.event.GapEvent;
import io.github.pbxsdk.core.security.TlsOptions;
import io.github.pbxsdk.it.lab.Asterisk;
import io.github.pbxsdk.it.lab.OnAsterisk;
import io.github.pbxsdk.testing.EventProbe;
import io.github.pbxsdk.testing.ami.AmiWebSocketBridge;
import io.github.pbxsdk.testing.ami.FakeAmiws;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@OnAsterisk
class AmiRoadsIT {

    /** What stands between the client and the server. */
    enum Way {
        HTTP,
        HTTPS,
        TEXT_FRAMES,
        BINARY_FRAMES,
        AMIWS
    }

    /** A client on one of the ways, connected. */
    private static final class Connected implements AutoCloseable {

        private final Runnable between;
        private final AmiClient client;
        private final Runnable cut;

        Connected(Way way, Asterisk asterisk) {
            AmiClient.Builder builder = AmiClient.builder();
            switch (way) {
                case TEXT_FRAMES, BINARY_FRAMES -> {
                    AmiWebSocketBridge bridge =
                            way == Way.TEXT_FRAMES
                                    ? AmiWebSocketBridge.text(asterisk.ami(), 100)
                                    : AmiWebSocketBridge.binary(asterisk.ami(), 11);
                    between = bridge::close;
                    cut = bridge::cut;
                    builder.transport(AmiTransport.webSocket(bridge.uri()));
                }
                case AMIWS -> {
                    FakeAmiws proxy = FakeAmiws.start();
                    Credentials who = asterisk.amiCredentials();
                    proxy.front(7, "pbx", asterisk.ami(), who.user(), who.secret());
                    between = proxy::close;
                    cut = proxy::cut;
                    builder.transport(AmiTransport.amiws(proxy.uri()));
                }
                default -> {
                    between = () -> {};
                    cut = () -> {};
                    builder.transport(http(way, asterisk));
                }
            }
            if (way == Way.HTTPS) {
                builder.tls(TlsOptions.ca(asterisk.path("PBX_CA")));
            }
            if (way != Way.AMIWS) {
                builder.credentials(asterisk.amiCredentials());
            }
            client = builder.build();
            client.connect();
        }

        @Override
        public void close() {
            client.close();
            between.run();
        }
    }

    private static AmiTransport http(Way way, Asterisk asterisk) {
        String setting = way == Way.HTTPS ? "AMI_HTTPS_URL" : "AMI_HTTP_URL";
        return AmiTransport.http(URI.create(asterisk.setting(setting)));
    }

    private static AmiClient overTcp(Asterisk asterisk) {
        AmiClient client =
                AmiClient.builder()
                        .host(asterisk.ami().getHostString())
                        .port(asterisk.ami().getPort())
                        .credentials(asterisk.amiCredentials())
                        .build();
        client.connect();
        return client;
    }

    @ParameterizedTest
    @EnumSource
    void theServerAnswersTheSame(Way way, Asterisk asterisk) throws Exception {
        try (Connected it = new Connected(way, asterisk)) {
            assertThat(it.client.server().version().major()).hasValue(asterisk.major());
            assertThat(it.client.send(PingAction.create()).serverTime()).isPresent();
            assertThat(it.client.sendAsync(QueueStatusAction.create()).get()).isNotEmpty();
            assertThat(it.client.send(CommandAction.of("core show channeltypes")).output())
                    .hasSizeGreaterThan(5);
            assertThatThrownBy(() -> it.client.send(AmiAction.raw("Nope")))
                    .isInstanceOf(AmiRejectedException.class)
                    .hasMessageContaining("Invalid/unknown command");
            assertThatThrownBy(
                            () -> it.client.send(AmiAction.raw("Ping", "X", "y\r\nAction: Logoff")))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsSentArrivesWholeAndOnce(Way way, Asterisk asterisk) throws Exception {
        String mark = UUID.randomUUID().toString();
        String value = "a=1&b: \"2\", {größer 😀} %41+";
        try (AmiClient witness = overTcp(asterisk);
                EventProbe<UserEvent> events = EventProbe.on(witness.events(), UserEvent.class);
                Connected it = new Connected(way, asterisk)) {
            AmiResponse answer =
                    it.client.send(
                            AmiAction.raw(
                                    "UserEvent", "UserEvent", mark, "Text", value, "Text", "b"));
            assertThat(answer.isSuccess()).isTrue();
            UserEvent event = events.next(one -> one.userEventName().startsWith(mark));
            assertThat(event.fields().all("Text")).containsExactly(value, "b");

            // Not earlier: the server answers before it tells, so this could overtake the other.
            witness.send(AmiAction.raw("UserEvent", "UserEvent", mark + "-end"));
            assertThat(events.next(one -> one.userEventName().startsWith(mark)).userEventName())
                    .isEqualTo(mark + "-end");
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_NONE, names = "HTTP.*")
    void eventsComeAlsoAfterALoss(Way way, Asterisk asterisk) throws Exception {
        String mark = UUID.randomUUID().toString();
        try (AmiClient other = overTcp(asterisk);
                Connected it = new Connected(way, asterisk);
                EventProbe<UserEvent> events = EventProbe.on(it.client.events(), UserEvent.class);
                EventProbe<GapEvent> gaps = EventProbe.on(it.client.events(), GapEvent.class)) {
            other.send(AmiAction.raw("UserEvent", "UserEvent", mark, "N", "1"));
            events.next(one -> one.userEventName().equals(mark));
            it.cut.run();
            gaps.next();
            other.send(AmiAction.raw("UserEvent", "UserEvent", mark, "N", "2"));

            UserEvent after = events.next(one -> one.userEventName().equals(mark));
            assertThat(after.fields().get("N")).isEqualTo("2");
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachAnswerGoesToItsAsker(Way way, Asterisk asterisk) throws Exception {
        try (Connected it = new Connected(way, asterisk)) {
            List<CompletableFuture<AmiResponse>> all =
                    IntStream.range(0, 200)
                            .mapToObj(
                                    i ->
                                            it.client.sendAsync(
                                                    AmiAction.raw(
                                                            "Command",
                                                            "Command",
                                                            "dialplan eval function LEN("
                                                                    + i
                                                                    + ")")))
                            .toList();
            List<CompletableFuture<AmiResponse>> variables =
                    IntStream.range(0, 200)
                            .mapToObj(
                                    i ->
                                            it.client.sendAsync(
                                                    AmiAction.raw(
                                                            "Getvar",
                                                            "Variable",
                                                            "MATH(" + i + "+1)")))
                            .toList();
            for (int i = 0; i < variables.size(); i++) {
                assertThat(variables.get(i).get().fields().get("Variable"))
                        .isEqualTo("MATH(" + i + "+1)");
            }
            for (CompletableFuture<AmiResponse> one : all) {
                assertThat(one.get().output()).isNotEmpty();
            }
        }
    }

    @Test
    void aWrongSecretIsFinalOverHttp(Asterisk asterisk) {
        try (AmiClient client =
                AmiClient.builder()
                        .transport(http(Way.HTTP, asterisk))
                        .credentials(Credentials.of("lab", "wrong"))
                        .build()) {
            assertThatThrownBy(client::connect).isInstanceOf(PbxAuthenticationException.class);
        }
    }

    @Test
    void aLimitedUserIsToldWhatItMayNotOverHttp(Asterisk asterisk) {
        try (AmiClient client =
                AmiClient.builder()
                        .transport(http(Way.HTTP, asterisk))
                        .credentials(Credentials.of("limited", "limited-secret"))
                        .build()) {
            client.connect();
            assertThatThrownBy(() -> client.send(CommandAction.of("core show version")))
                    .isInstanceOfSatisfying(
                            AmiRejectedException.class,
                            e ->
                                    assertThat(e.kind())
                                            .isEqualTo(
                                                    AmiRejectedException.Kind.PERMISSION_DENIED));
        }
    }
}
