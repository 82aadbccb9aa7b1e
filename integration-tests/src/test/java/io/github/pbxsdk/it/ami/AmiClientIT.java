package io.github.pbxsdk.it.ami;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.pbxsdk.ami.AmiAction;
import io.github.pbxsdk.ami.AmiClient;
import io.github.pbxsdk.ami.AmiEventClass;
import io.github.pbxsdk.ami.AmiEventFilter;
import io.github.pbxsdk.ami.AmiRejectedException;
import io.github.pbxsdk.ami.AmiResponse;
import io.github.pbxsdk.ami.LoginMethod;
import io.github.pbxsdk.ami.OriginateResult;
import io.github.pbxsdk.ami.OriginateResult.Outcome;
import io.github.pbxsdk.ami.action.CommandAction;
import io.github.pbxsdk.ami.action.CoreShowChannelsAction;
import io.github.pbxsdk.ami.action.OriginateAction;
import io.github.pbxsdk.ami.action.PingAction;
import io.github.pbxsdk.ami.event.AmiEvent;
import io.github.pbxsdk.ami.event.UserEvent;
import io.github.pbxsdk.core.ConnectionState;
import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.PbxAuthenticationException;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.ReconnectOptions;
import io.github.pbxsdk.core.event.GapEvent;
import io.github.pbxsdk.core.security.TlsOptions;
import io.github.pbxsdk.it.lab.Asterisk;
import io.github.pbxsdk.it.lab.OnAsterisk;
import io.github.pbxsdk.testing.EventProbe;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@OnAsterisk
class AmiClientIT {

    private static final int ASKERS = 50;
    private static final int ACTIONS_EACH = 200;

    private static AmiClient.Builder builder(Asterisk asterisk) {
        return to(asterisk.ami()).credentials(asterisk.amiCredentials());
    }

    private static AmiClient.Builder to(InetSocketAddress address) {
        return AmiClient.builder()
                .host(address.getHostString())
                .port(address.getPort())
                .reconnect(
                        ReconnectOptions.defaults()
                                .firstDelay(Duration.ofMillis(100))
                                .longestDelay(Duration.ofSeconds(1)));
    }

    private static AmiClient connected(AmiClient.Builder builder) {
        AmiClient client = builder.build();
        client.connect();
        return client;
    }

    @Test
    void logsInBothWays(Asterisk asterisk) {
        for (LoginMethod method : LoginMethod.values()) {
            try (AmiClient client = connected(builder(asterisk).login(method))) {
                assertThat(client.send(PingAction.create()).serverTime()).isPresent();
                assertThat(client.server().version().major()).hasValue(asterisk.major());
                assertThat(client.server().startedAt()).isPresent();
            }
        }
    }

    @Test
    void logsInOverTls(Asterisk asterisk) {
        try (AmiClient client =
                connected(
                        to(asterisk.amiTls())
                                .credentials(asterisk.amiCredentials())
                                .tls(TlsOptions.ca(asterisk.path("PBX_CA"))))) {
            assertThat(client.send(PingAction.create()).serverTime()).isPresent();
        }
        AmiClient stranger =
                to(asterisk.amiTls())
                        .credentials(asterisk.amiCredentials())
                        .tls(TlsOptions.system())
                        .build();
        try (stranger) {
            assertThatThrownBy(stranger::connect).isInstanceOf(PbxConnectionException.class);
        }
    }

    @Test
    void aWrongSecretIsFinal(Asterisk asterisk) {
        try (AmiClient client =
                to(asterisk.ami()).credentials(Credentials.of("lab", "wrong")).build()) {
            assertThatThrownBy(client::connect).isInstanceOf(PbxAuthenticationException.class);
            assertThat(client.status().state()).isEqualTo(ConnectionState.REFUSED);
        }
    }

    @Test
    void aSecondLoginOfASingleUserIsToldFromAWrongSecret(Asterisk asterisk) {
        Credentials single = Credentials.of("single", "single-secret");
        try (AmiClient first = connected(to(asterisk.ami()).credentials(single));
                AmiClient second = to(asterisk.ami()).credentials(single).build()) {
            assertThat(first.status().state()).isEqualTo(ConnectionState.CONNECTED);
            assertThatThrownBy(second::connect)
                    .isInstanceOf(PbxConnectionException.class)
                    .hasMessageContaining("Login Already In Use");
        }
    }

    @Test
    void aLimitedUserConnectsAndIsToldWhatItMayNot(Asterisk asterisk) {
        Credentials limited = Credentials.of("limited", "limited-secret");
        try (AmiClient client = connected(to(asterisk.ami()).credentials(limited))) {
            assertThatThrownBy(() -> client.send(CommandAction.of("core show version")))
                    .isInstanceOfSatisfying(
                            AmiRejectedException.class,
                            e ->
                                    assertThat(e.kind())
                                            .isEqualTo(
                                                    AmiRejectedException.Kind.PERMISSION_DENIED));
        }
    }

    @Test
    void listsEndWithTheirLastItem(Asterisk asterisk) {
        try (AmiClient client = connected(builder(asterisk))) {
            AmiResponse queues = client.send(AmiAction.raw("QueueStatus"));
            AmiResponse endpoints = client.send(AmiAction.raw("PJSIPShowEndpoints"));
            List<AmiEvent> pushed = new ArrayList<>();
            client.list(AmiAction.raw("PJSIPShowEndpoints"), pushed::add);

            assertThat(queues.items()).isNotEmpty();
            assertThat(queues.completion().orElseThrow().fields().get("ListItems"))
                    .isEqualTo(String.valueOf(queues.items().size()));
            assertThat(endpoints.items()).hasSizeGreaterThan(20).hasSameSizeAs(pushed);
            assertThat(client.send(CoreShowChannelsAction.create())).isNotNull();
        }
    }

    @Test
    void anAbsentKeyIsARefusalAndAPresentOneAList(Asterisk asterisk) {
        String family = "it" + UUID.randomUUID();
        try (AmiClient client = connected(builder(asterisk))) {
            AmiAction<AmiResponse> get = AmiAction.raw("DBGet", "Family", family, "Key", "k");
            assertThatThrownBy(() -> client.send(get)).isInstanceOf(AmiRejectedException.class);

            client.send(AmiAction.raw("DBPut", "Family", family, "Key", "k", "Val", "a: b, c"));
            assertThat(client.send(get).items())
                    .singleElement()
                    .satisfies(item -> assertThat(item.fields().get("Val")).isEqualTo("a: b, c"));
            client.send(AmiAction.raw("DBDel", "Family", family, "Key", "k"));
        }
    }

    @Test
    void aLineBreakNeverReachesTheServer(Asterisk asterisk) {
        try (AmiClient client = connected(builder(asterisk))) {
            assertThatThrownBy(
                            () ->
                                    client.send(
                                            AmiAction.raw(
                                                    "Setvar",
                                                    "Variable",
                                                    "A",
                                                    "Value",
                                                    "x\r\n\r\nAction: Logoff")))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(client.send(PingAction.create()).serverTime()).isPresent();
        }
    }

    @Test
    void eachAnswerComesToItsAsker(Asterisk asterisk) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(ASKERS);
        try (AmiClient client =
                connected(builder(asterisk).eventMask(EnumSet.noneOf(AmiEventClass.class)))) {
            List<Callable<Integer>> askers = new ArrayList<>();
            for (int asker = 0; asker < ASKERS; asker++) {
                String name = "asker" + asker;
                askers.add(() -> ask(client, name));
            }
            int right = 0;
            for (Future<Integer> answers : threads.invokeAll(askers)) {
                right += answers.get();
            }
            assertThat(right).isEqualTo(ASKERS * ACTIONS_EACH);
        } finally {
            threads.shutdown();
        }
    }

    /** Has the server repeat a text that only this call knows. */
    private static int ask(AmiClient client, String name) {
        int right = 0;
        for (int i = 0; i < ACTIONS_EACH; i++) {
            String text = name + "-" + i;
            AmiResponse answer =
                    client.send(AmiAction.raw("Getvar", "Variable", "TOUPPER(" + text + ")"));
            right += answer.fields().get("Value").equals(text.toUpperCase(Locale.ROOT)) ? 1 : 0;
        }
        return right;
    }

    @Test
    void comesBackAfterAKillInTheMiddleOfAFlood(Asterisk asterisk) throws Exception {
        try (AmiClient client =
                connected(
                        builder(asterisk)
                                .eventMask(EnumSet.of(AmiEventClass.USER))
                                .addFilter(AmiEventFilter.exclude("UserEvent: hidden")))) {
            EventProbe<GapEvent> gaps = EventProbe.on(client.events(), GapEvent.class);
            AtomicInteger seen = new AtomicInteger();
            client.events().subscribe(UserEvent.class, event -> seen.incrementAndGet());
            Flood flood = new Flood(client);
            flood.begin();
            await().until(() -> seen.get() > 100);

            Instant killed = Instant.now();
            asterisk.kill9();
            asterisk.start();

            await().atMost(Duration.ofSeconds(20))
                    .until(() -> client.status().state() == ConnectionState.CONNECTED);
            GapEvent gap = gaps.next();
            assertThat(gap.cause()).isEqualTo(GapEvent.Cause.CONNECTION);
            assertThat(gap.from()).isBetween(killed.minusSeconds(5), killed.plusSeconds(1));
            assertThat(gap.to()).isAfter(killed);
            flood.end();
            assertThat(flood.lost)
                    .allSatisfy(lost -> assertThat(lost).isInstanceOf(PbxConnectionException.class))
                    .anySatisfy(lost -> assertThat(lost.mayHaveBeenSent()).isTrue());

            EventProbe<UserEvent> events = EventProbe.on(client.events(), UserEvent.class);
            client.send(userEvent("after", 0));
            events.next(event -> event.fields().is("UserEvent", "after"));
            client.send(userEvent("hidden", 1));
            client.send(userEvent("shown", 2));
            assertThat(events.next().fields().get("UserEvent")).isEqualTo("shown");
            events.none();
        }
    }

    /** Actions that make events; whenever one is answered, the next leaves. */
    private static final class Flood {

        private static final int UNDER_WAY = 200;

        final Queue<PbxException> lost = new ConcurrentLinkedQueue<>();
        private final AmiClient client;
        private final CountDownLatch open = new CountDownLatch(UNDER_WAY);
        private volatile boolean ending;

        Flood(AmiClient client) {
            this.client = client;
        }

        void begin() {
            for (int i = 0; i < UNDER_WAY; i++) {
                sendNext();
            }
        }

        private void sendNext() {
            client.sendAsync(userEvent("flood", 0)).whenComplete(this::answered);
        }

        private void answered(AmiResponse answer, Throwable failure) {
            if (failure != null) {
                lost.add((PbxException) failure);
            }
            if (failure == null && !ending) {
                sendNext();
            } else {
                open.countDown();
            }
        }

        void end() throws InterruptedException {
            ending = true;
            assertThat(open.await(20, TimeUnit.SECONDS)).as("each action ends").isTrue();
        }
    }

    private static AmiAction<AmiResponse> userEvent(String name, int number) {
        return AmiAction.raw("UserEvent", "UserEvent", name, "Number", String.valueOf(number));
    }

    @Test
    void aSlowListenerDoesNotStopTheReading(Asterisk asterisk) {
        try (AmiClient slow =
                        connected(builder(asterisk).eventMask(EnumSet.of(AmiEventClass.USER)));
                AmiClient source = connected(builder(asterisk))) {
            EventProbe<GapEvent> gaps = EventProbe.on(slow.events(), GapEvent.class);
            AtomicInteger heard = new AtomicInteger();
            slow.events()
                    .subscribe(
                            UserEvent.class,
                            event -> {
                                Thread.sleep(100);
                                heard.incrementAndGet();
                            });
            List<CompletableFuture<AmiResponse>> sent = new ArrayList<>();
            String padding = "x".repeat(900);
            for (int i = 0; i < 10_000; i++) {
                sent.add(
                        source.sendAsync(
                                AmiAction.raw("UserEvent", "UserEvent", "flood", "P", padding)));
            }
            CompletableFuture.allOf(sent.toArray(new CompletableFuture<?>[0])).join();

            assertThat(slow.send(PingAction.create()).serverTime()).isPresent();
            assertThat(slow.status().state()).isEqualTo(ConnectionState.CONNECTED);
            assertThat(slow.status().since()).isBefore(source.status().since());
            await().until(() -> heard.get() > 2);
            gaps.none();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Local/600@from-internal, ANSWERED, -1",
        "Local/609@from-internal, ANSWERED, -1",
        "Local/610@from-internal, ANSWERED, -1",
        "Local/601@from-internal, BUSY, -1",
        "Local/602@from-internal, NO_ANSWER, -1",
        "Local/603@from-internal, FAILED, 21",
        "Local/613@from-internal, CONGESTION, -1",
        "Local/69017@from-internal, BUSY, 17",
        "Local/69034@from-internal, CONGESTION, 34",
        "Local/69001@from-internal, FAILED, 1",
        "Local/1002@originate-skipvm, FAILED, 20",
        "PJSIP/1003, FAILED, -1",
        "PJSIP/nobody, FAILED, -1",
        "Nonsense/1, FAILED, -1"
    })
    void anOriginateEndsWithWhatBecameOfIt(
            String channel, Outcome outcome, int cause, Asterisk asterisk) {
        try (AmiClient client = connected(builder(asterisk))) {
            OriginateResult result =
                    client.originate(
                            OriginateAction.to(channel)
                                    .application("Wait")
                                    .data("1")
                                    .timeout(Duration.ofSeconds(4))
                                    .build());

            assertThat(result.outcome()).as(result.toString()).isEqualTo(outcome);
            if (cause >= 0) {
                assertThat(result.cause().orElseThrow().code()).isEqualTo(cause);
            }
        }
    }

    @Test
    void anOriginateToNoExtensionIsRefusedAtOnce(Asterisk asterisk) {
        try (AmiClient client = connected(builder(asterisk))) {
            assertThatThrownBy(
                            () ->
                                    client.originate(
                                            OriginateAction.to("Local/600@from-internal")
                                                    .context("from-internal")
                                                    .extension("does-not-exist")
                                                    .priority("1")
                                                    .build()))
                    .isInstanceOf(AmiRejectedException.class)
                    .hasMessageContaining("Extension does not exist");
        }
    }
}
