package io.github.pbxsdk.it.ami;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.pbxsdk.ami.AmiAction;
import io.github.pbxsdk.ami.AmiClient;
import io.github.pbxsdk.ami.event.AttendedTransferEvent;
import io.github.pbxsdk.ami.event.BlindTransferEvent;
import io.github.pbxsdk.ami.event.PickupEvent;
import io.github.pbxsdk.ami.state.AmiState;
import io.github.pbxsdk.ami.state.LiveChannel;
import io.github.pbxsdk.it.lab.Asterisk;
import io.github.pbxsdk.it.lab.OnAsterisk;
import io.github.pbxsdk.testing.EventProbe;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the lab offers to telephones, asked for by one. */
@OnAsterisk
class TelephoneFeaturesIT {

    private static final int PHONE = 1005;
    private static final int SRTP_PHONE = 1022;
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final String caller = "features-" + UUID.randomUUID();

    private static AmiClient connect(Asterisk asterisk) {
        AmiClient ami =
                AmiClient.builder()
                        .host(asterisk.ami().getHostString())
                        .port(asterisk.ami().getPort())
                        .credentials(asterisk.amiCredentials())
                        .build();
        ami.connect();
        return ami;
    }

    private void call(AmiClient ami, String number, String id) {
        ami.send(
                AmiAction.raw(
                        "Originate",
                        "Channel",
                        "Local/609@from-internal/n",
                        "ChannelId",
                        id,
                        "OtherChannelId",
                        id + "-2",
                        "Context",
                        "from-internal",
                        "Exten",
                        number,
                        "Priority",
                        "1",
                        "Async",
                        "true"));
    }

    private static void end(AmiClient ami, String pattern) {
        ami.send(AmiAction.raw("Hangup", "Channel", pattern));
    }

    @Test
    void aRingingCallIsPickedUp(Asterisk asterisk) {
        try (TextPhone phone = TextPhone.register(asterisk, PHONE);
                AmiClient ami = connect(asterisk);
                EventProbe<PickupEvent> pickups = EventProbe.on(ami.events(), PickupEvent.class)) {
            call(ami, String.valueOf(PHONE), caller);
            assertThat(phone.nextCall().head()).startsWith("INVITE sip:" + PHONE);

            call(ami, asterisk.setting("PREFIX_PICKUP") + PHONE, caller + "-other");

            assertThat(pickups.next().target().name()).contains("PJSIP/" + PHONE);
            end(ami, "/^Local.609@from-internal/");
        }
    }

    @Test
    void theTransferCodeMovesTheCall(Asterisk asterisk) {
        try (TextPhone phone = TextPhone.register(asterisk, PHONE);
                AmiClient ami = connect(asterisk);
                EventProbe<BlindTransferEvent> transfers =
                        EventProbe.on(ami.events(), BlindTransferEvent.class)) {
            ami.send(
                    AmiAction.raw(
                            "Originate",
                            "Channel",
                            "Local/" + PHONE + "@from-internal/n",
                            "Application",
                            "SendDTMF",
                            "Data",
                            asterisk.setting("CODE_BLIND_TRANSFER") + "ww600wwwwww,200,100",
                            "Async",
                            "true"));
            phone.answer(phone.nextCall());

            assertThat(transfers.next().extension()).isEqualTo("600");
            end(ami, "/^PJSIP.." + PHONE + "/");
        }
    }

    @Test
    void aTelephoneAsksFirstAndThenHandsTheCallOver(Asterisk asterisk) {
        try (TextPhone phone = TextPhone.register(asterisk, PHONE);
                AmiClient ami = connect(asterisk);
                AmiState state = AmiState.follow(ami);
                EventProbe<AttendedTransferEvent> transfers =
                        EventProbe.on(ami.events(), AttendedTransferEvent.class)) {
            call(ami, String.valueOf(PHONE), caller);
            phone.answer(phone.nextCall());
            LiveChannel telephone = awaitTelephone(state, "");

            state.control().attendedTransfer(telephone, "600", "from-internal");
            awaitTelephone(state, telephone.bridgeId().orElseThrow());
            state.control().hangUp(telephone);

            assertThat(transfers.next().fields().text("Result")).isEqualTo("Success");
            end(ami, "/^Local.609@from-internal/");
        }
    }

    /** Waits until the telephone talks with somebody, in another bridge than before. */
    private static LiveChannel awaitTelephone(AmiState state, String before) {
        return await().atMost(LIMIT)
                .until(
                        () ->
                                state.calls().stream()
                                        .flatMap(call -> call.channels().stream())
                                        .filter(one -> one.name().startsWith("PJSIP/" + PHONE))
                                        .filter(
                                                one ->
                                                        !one.bridgeId()
                                                                .orElse(before)
                                                                .equals(before))
                                        .findAny(),
                        Optional::isPresent)
                .orElseThrow();
    }

    @Test
    void anExtensionThatDemandsSrtpIsOfferedNothingElse(Asterisk asterisk) {
        try (TextPhone phone = TextPhone.register(asterisk, SRTP_PHONE);
                AmiClient ami = connect(asterisk)) {
            call(ami, String.valueOf(SRTP_PHONE), caller);

            assertThat(phone.nextCall().body())
                    .containsPattern("m=audio \\d+ RTP/SAVP ")
                    .contains("a=crypto:");
            end(ami, "/^Local.609@from-internal/");
        }
    }
}
