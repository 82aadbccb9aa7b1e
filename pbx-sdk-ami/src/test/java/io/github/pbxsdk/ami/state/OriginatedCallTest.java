package io.github.pbxsdk.ami.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.github.pbxsdk.ami.AmiClient;
import io.github.pbxsdk.ami.AmiRejectedException;
import io.github.pbxsdk.ami.OriginateResult;
import io.github.pbxsdk.ami.OriginateResult.Outcome;
import io.github.pbxsdk.ami.action.HangupAction;
import io.github.pbxsdk.ami.action.OriginateAction;
import io.github.pbxsdk.ami.action.PlayDtmfAction;
import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.time.ManualTime;
import io.github.pbxsdk.testing.CallScenario;
import io.github.pbxsdk.testing.FakePbx;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A call from beginning to end, as the user of a client sees it on a {@link FakePbx}. */
@ParameterizedClass
@Timeout(60)
@ValueSource(strings = {"16", "22"})
class OriginatedCallTest {

    private final FakePbx fake;
    private final ManualTime time = ManualTime.startingAt(Instant.now());
    private final PbxResources resources = PbxResources.builder().time(time).build();
    private final AmiClient ami;

    OriginatedCallTest(String release) {
        fake = release.equals("16") ? FakePbx.asterisk16() : FakePbx.asterisk22();
        ami =
                AmiClient.builder()
                        .host(fake.ami().host())
                        .port(fake.ami().port())
                        .credentials(Credentials.of("lab", "lab-secret"))
                        .resources(resources)
                        .build();
        ami.connect();
    }

    @AfterEach
    void close() {
        ami.close();
        resources.close();
        fake.close();
    }

    private static OriginateAction.Builder to(String channel) {
        return OriginateAction.to(channel).callerId("\"Alarm centre\" <5550100>");
    }

    @Test
    void aCallIsAnsweredHearsDigitsAndIsOverWhenItIsHungUp() {
        try (AmiState state = AmiState.follow(ami)) {
            OriginateResult result =
                    ami.originate(to("PJSIP/1002").application("Wait").data("60").build());

            assertThat(result.outcome()).isEqualTo(Outcome.ANSWERED);
            String channel = result.channelName().orElseThrow();
            LiveCall call = state.call(result.channelId());
            assertThat(call.channels()).extracting(LiveChannel::name).containsExactly(channel);
            ami.send(PlayDtmfAction.of(channel, "5"));
            state.control().hangUp(call);

            awaitNobody(state);
        }
        assertThat(fake.ami().actions())
                .filteredOn(action -> action.get("Action").equals("PlayDTMF"))
                .extracting(action -> action.get("Digit"))
                .containsExactly("5");
    }

    private void awaitNobody(AmiState state) {
        await().until(() -> state.calls().stream().allMatch(call -> call.channels().isEmpty()));
        time.advance(Duration.ofSeconds(6));
        await().until(() -> state.calls().isEmpty());
        assertThat(state.bridges()).isEmpty();
    }

    @Test
    void whoIsConnectedWithAnExtensionTalksWithItUntilEitherIsHungUp() {
        try (AmiState state = AmiState.follow(ami)) {
            OriginateResult result =
                    ami.originate(
                            to("PJSIP/1002").context("from-internal").extension("1003").build());
            LiveCall call = await().until(() -> state.call(result.channelId()), this::isTalk);

            assertThat(call.parties())
                    .extracting(LiveChannel::endpoint)
                    .containsExactlyInAnyOrder("1002", "1003");
            state.control().hangUp(call);
            awaitNobody(state);
        }
    }

    private boolean isTalk(LiveCall call) {
        return call.phase() == CallPhase.TALKING;
    }

    @ParameterizedTest
    @CsvSource({
        "busy, BUSY",
        "not answered, NO_ANSWER",
        "answered after 40 s, NO_ANSWER",
        "answered, ANSWERED"
    })
    void theTelephoneDoesWhatTheTestSays(String how, Outcome outcome) {
        fake.onOriginate(CallScenario.of("call to 1003, busy"));
        fake.onOriginate(CallScenario.of("call to 1002, " + how));

        assertThat(ami.originate(to("PJSIP/1002").application("Wait").build()).outcome())
                .isEqualTo(outcome);
        assertThat(ami.originate(to("PJSIP/1003").application("Wait").build()).outcome())
                .isEqualTo(Outcome.BUSY);
    }

    @Test
    void whatIsNoTelephoneOfThePbxFails() {
        try (AmiState state = AmiState.follow(ami)) {
            var call = ami.originateAsync(to("PJSIP/1009").application("Wait").build());
            fake.ami().awaitAction(action -> action.get("Action").equals("Originate"));
            await().until(
                            () -> {
                                time.advance(Duration.ofSeconds(1));
                                return call.isDone();
                            });

            assertThat(call.join().outcome()).isEqualTo(Outcome.FAILED);
            assertThat(state.calls()).isEmpty();
        }
    }

    @Test
    void theSecondHangUpIsToldThatThereIsNobody() {
        String channel =
                ami.originate(to("PJSIP/1002").application("Wait").build())
                        .channelName()
                        .orElseThrow();
        ami.send(HangupAction.of(channel));

        assertThatExceptionOfType(AmiRejectedException.class)
                .isThrownBy(() -> ami.send(HangupAction.of(channel)))
                .matches(refusal -> refusal.kind() == AmiRejectedException.Kind.NOT_FOUND);
    }
}
