package io.github.pbxsdk.ami;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.pbxsdk.ami.action.PingAction;
import io.github.pbxsdk.ami.event.UserEvent;
import io.github.pbxsdk.core.ConnectionState;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.event.GapEvent;
import io.github.pbxsdk.testing.EventProbe;
import io.github.pbxsdk.testing.ami.AmiMessage;
import io.github.pbxsdk.testing.ami.FakeAmi;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many at once, somebody slow, and an end in the middle of it. */
@ParameterizedClass
@EnumSource
@Timeout(60)
class AmiLoadTest {

    private static final int ASKERS = 50;
    private static final int ACTIONS_EACH = 200;

    private final FakeAmi server;

    AmiLoadTest(Played played) {
        this.server = played.start();
        server.answer("Getvar", asked -> List.of(shouted(asked.get("Variable"))));
    }

    private static AmiMessage shouted(String variable) {
        return AmiMessage.of("Response", "Success", "Value", variable.toUpperCase(Locale.ROOT));
    }

    private static AmiAction<AmiResponse> getvar(String variable) {
        return AmiAction.raw("Getvar", "Variable", variable);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void tenThousandAnswersComeToTheirAskers(Door door) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(ASKERS);
        try (AmiClient client = TestClients.connect(server)) {
            List<Callable<List<String>>> askers =
                    IntStream.range(0, ASKERS)
                            .mapToObj(asker -> asking(client, door, "asker" + asker))
                            .toList();
            int asker = 0;
            for (Future<List<String>> answers : threads.invokeAll(askers)) {
                assertThat(answers.get()).isEqualTo(expected("ASKER" + asker++));
            }
        } finally {
            threads.shutdown();
        }
    }

    private static Callable<List<String>> asking(AmiClient client, Door door, String name) {
        return () ->
                IntStream.range(0, ACTIONS_EACH)
                        .mapToObj(i -> door.send(client, getvar(name + "-" + i)))
                        .map(answer -> answer.fields().text("Value"))
                        .toList();
    }

    private static List<String> expected(String name) {
        return IntStream.range(0, ACTIONS_EACH).mapToObj(i -> name + "-" + i).toList();
    }

    @Test
    void aSlowListenerHoldsUpNeitherAnswersNorTheServer() {
        try (AmiClient client = TestClients.connect(server);
                EventProbe<GapEvent> gaps = EventProbe.on(client.events(), GapEvent.class)) {
            AtomicInteger heard = new AtomicInteger();
            client.events()
                    .subscribe(
                            UserEvent.class,
                            event -> {
                                Thread.sleep(100);
                                heard.incrementAndGet();
                            });
            for (int i = 0; i < 10_000; i++) {
                server.emit("Event", "UserEvent", "Privilege", "user,all", "UserEvent", "flood");
            }

            assertThat(client.send(PingAction.create()).serverTime()).isPresent();
            await().until(() -> heard.get() >= 2);
            assertThat(server.logins()).isEqualTo(1);
            gaps.none();
        }
    }

    @Test
    void anEndInAFloodLeavesNothingOpenAndAllIsSetUpAgain() {
        try (AmiClient client =
                        TestClients.builder(server)
                                .eventMask(EnumSet.of(AmiEventClass.USER))
                                .addFilter(AmiEventFilter.exclude("UserEvent: hidden"))
                                .build();
                EventProbe<GapEvent> gaps = EventProbe.on(client.events(), GapEvent.class)) {
            client.connect();
            server.answer("Originate", asked -> List.of());
            List<CompletableFuture<AmiResponse>> calls =
                    IntStream.range(0, 1_000).mapToObj(i -> client.sendAsync(originate())).toList();
            for (int i = 0; i < 10_000; i++) {
                server.emit("Event", "UserEvent", "Privilege", "user,all", "UserEvent", "flood");
            }
            server.awaitAction(action -> action.get("Action").equals("Originate"));

            server.cut();
            server.awaitLogins(2);

            assertThat(gaps.next().cause()).isEqualTo(GapEvent.Cause.CONNECTION);
            assertThat(calls).allSatisfy(call -> assertThat(failure(call)).isTrue());
            await().until(() -> client.status().state() == ConnectionState.CONNECTED);
            assertThat(server.actions())
                    .filteredOn(action -> action.get("Action").equals("Filter"))
                    .hasSize(2);
            assertThat(server.actions())
                    .filteredOn(action -> action.get("Action").equals("Events"))
                    .extracting(action -> action.get("EventMask"))
                    .containsExactly("user", "user");
        }
    }

    private static AmiAction<AmiResponse> originate() {
        return AmiAction.raw("Originate", "Channel", "PJSIP/1", "Exten", "2");
    }

    /** Tells whether it ended as lost; a change is not sent again when the server is back. */
    private static boolean failure(CompletableFuture<AmiResponse> call) {
        return call.handle((answer, failure) -> failure instanceof PbxConnectionException).join();
    }
}
