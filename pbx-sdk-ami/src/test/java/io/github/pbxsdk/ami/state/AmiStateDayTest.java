package io.github.pbxsdk.ami.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.core.ConnectionState;
import io.github.pbxsdk.core.event.ConnectionEvent;
import io.github.pbxsdk.testing.EventProbe;
import io.github.pbxsdk.testing.ami.AmiMessage;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A day of traffic: thousands of calls, after which nothing may be left. */
class AmiStateDayTest {

    private static final int CALLS = 2000;

    /** Enough steps that a call or two ends between two looks at the state. */
    private static final int STEPS = 500;

    @ParameterizedTest
    @ValueSource(longs = {1, 20261121})
    void aDayOfTrafficLeavesNothing(long seed) {
        try (StateLab lab = new StateLab()) {
            SimulatedPbx pbx = new SimulatedPbx(seed, lab.server::emit);
            pbx.listIn(lab);
            AmiState state = AmiState.follow(lab.client);
            AtomicInteger appeared = new AtomicInteger();
            Set<String> open = new HashSet<>();
            state.events()
                    .subscribe(
                            CallAppearedEvent.class,
                            event -> {
                                appeared.incrementAndGet();
                                open.add(event.call().id());
                            });
            state.events().subscribe(CallEndedEvent.class, event -> open.remove(event.call().id()));

            while (!pbx.isQuiet(CALLS)) {
                pbx.run(STEPS, CALLS);
                lab.settle();
                lab.time.advance(Duration.ofMillis(700));
                assertThat(state.calls()).hasSizeLessThan(400);
            }

            assertThat(state.calls()).allMatch(call -> call.phase() == CallPhase.ENDED);
            assertThat(state.bridges()).isEmpty();
            assertThat(state.parkedCalls()).isEmpty();
            assertThat(state.recordings()).isEmpty();
            for (LiveQueue queue : state.queues()) {
                assertThat(queue.waiting()).isZero();
                assertThat(queue.today().offered()).isEqualTo(of(pbx.offered, queue));
                assertThat(queue.today().answered()).isEqualTo(of(pbx.answered, queue));
                assertThat(queue.today().abandoned()).isEqualTo(of(pbx.abandoned, queue));
                assertThat(queue.today().leftOtherwise()).isZero();
            }
            assertThat(lab.rounds()).as("no event contradicted the state").isEqualTo(1);
            lab.time.advance(StateKeeper.LINGER);
            assertThat(state.size()).isZero();
            Drain.of(state, lab);
            assertThat(open).isEmpty();
            assertThat(appeared.get()).isGreaterThanOrEqualTo(CALLS);
        }
    }

    private static int of(Map<String, Integer> counts, LiveQueue queue) {
        return counts.getOrDefault(queue.name(), 0);
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 20261122})
    void aDayWithGapsLostEventsAndForgeriesLeavesNothing(long seed) {
        Random chance = new Random(seed);
        try (StateLab lab = new StateLab()) {
            SimulatedPbx pbx =
                    new SimulatedPbx(
                            seed,
                            event -> {
                                if (chance.nextInt(200) > 0) {
                                    lab.server.emit(event);
                                }
                            });
            pbx.listIn(lab);
            AmiState state = AmiState.follow(lab.client);
            EventProbe<ConnectionEvent> connection =
                    EventProbe.on(state.events(), ConnectionEvent.class);
            int round = 0;

            while (!pbx.isQuiet(CALLS)) {
                round++;
                if (round % 20 == 0) {
                    lab.server.cut();
                    connection.next(change -> change.state() == ConnectionState.RECONNECTING);
                    pbx.run(STEPS, CALLS);
                    lab.awaitConnected();
                } else if (round % 20 == 1) {
                    forge(lab, round);
                }
                pbx.run(STEPS, CALLS);
                lab.settle();
                lab.time.advance(Duration.ofSeconds(1));
            }
            lab.awaitConnected();
            state.resynchronise();

            assertThat(state.calls()).allMatch(call -> call.phase() == CallPhase.ENDED);
            assertThat(state.bridges()).isEmpty();
            assertThat(state.parkedCalls()).isEmpty();
            assertThat(state.queues()).allMatch(queue -> queue.waiting() == 0);
            assertThat(state.queues()).noneMatch(queue -> queue.today().isComplete());
            lab.time.advance(StateKeeper.LINGER);
            assertThat(state.size()).isZero();
        }
    }

    /** What a text with line breaks can make of the events of a careless dialplan. */
    private static void forge(StateLab lab, int number) {
        String id = "forged." + number;
        lab.server.emit(Wire.channel("Newchannel", "PJSIP/101-" + id, id, id));
        lab.server.emit(Wire.channel("Hangup", "PJSIP/101-x", "never." + number, "x"));
        lab.server.emit(Wire.channel("QueueCallerJoin", "PJSIP/101-" + id, id, id, "Queue", "500"));
        lab.server.emit(
                AmiMessage.of(
                        "Event", "BridgeCreate", "Privilege", "call,all", "BridgeUniqueid", id));
    }
}
