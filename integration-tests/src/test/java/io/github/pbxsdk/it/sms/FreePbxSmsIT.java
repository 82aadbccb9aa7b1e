package io.github.pbxsdk.it.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.pbxsdk.ami.AmiClient;
import io.github.pbxsdk.ami.AmiMessageGateway;
import io.github.pbxsdk.core.ReconnectOptions;
import io.github.pbxsdk.core.event.GapEvent;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.MessageId;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.it.lab.Asterisk;
import io.github.pbxsdk.it.lab.MariaDb;
import io.github.pbxsdk.it.lab.OnAsterisk;
import io.github.pbxsdk.sip.OtherDevices;
import io.github.pbxsdk.sip.RegisterOptions;
import io.github.pbxsdk.sip.SipClient;
import io.github.pbxsdk.sip.SipTransport;
import io.github.pbxsdk.sms.PollingOptions;
import io.github.pbxsdk.sms.SendResult;
import io.github.pbxsdk.sms.SmsClient;
import io.github.pbxsdk.sms.SmsIntake;
import io.github.pbxsdk.sms.SmsState;
import io.github.pbxsdk.sms.event.MessageReceivedEvent;
import io.github.pbxsdk.sms.event.SmsEvent;
import io.github.pbxsdk.sms.provider.FreePbxSms;
import io.github.pbxsdk.testing.EventProbe;
import io.github.pbxsdk.testing.FaultProxy;
import io.github.pbxsdk.testing.TcpFaultProxy;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Texts through a PBX: SIP MESSAGE into a real dialplan, reports from a real AMI, the table in a
 * real MariaDB. Only what the module itself does is played, by {@link SmsModule}.
 */
@OnAsterisk
class FreePbxSmsIT {

    private static final int EXTENSION = 1018;
    private static final String THEIRS = "61491570156";
    private static final String TEXT = "See you at 3 pm, größer 😀\nBye";

    private final MariaDb database = MariaDb.running();
    private final SmsModule module = new SmsModule(database);
    private final List<SmsEvent> handled = new CopyOnWriteArrayList<>();
    private final StateStore store = StateStore.inMemory();

    @AfterEach
    void close() throws Exception {
        module.close();
        store.close();
    }

    private static AmiClient ami(Asterisk asterisk, InetSocketAddress server) {
        AmiClient client =
                AmiClient.builder()
                        .host(server.getHostString())
                        .port(server.getPort())
                        .credentials(asterisk.amiCredentials())
                        .reconnect(ReconnectOptions.defaults().firstDelay(Duration.ofMillis(100)))
                        .build();
        client.connect();
        return client;
    }

    private static SipClient sip(Asterisk asterisk) {
        SipClient sip =
                SipClient.builder()
                        .server(asterisk.sip().getHostString(), asterisk.sip().getPort())
                        .transport(SipTransport.UDP)
                        .domain(asterisk.setting("SIP_DOMAIN"))
                        .build();
        sip.register(
                String.valueOf(EXTENSION),
                asterisk.extension(EXTENSION),
                RegisterOptions.defaults().otherDevices(OtherDevices.SHARE));
        return sip;
    }

    private FreePbxSms over(SipClient sip, AmiClient ami, Asterisk asterisk) {
        return FreePbxSms.builder()
                .gateway(sip.messages())
                .domain(asterisk.setting("SIP_DOMAIN"))
                .traffic(AmiMessageGateway.builder(ami).build())
                .history(database.reader("asterisk"))
                .confirmWithin(Duration.ofSeconds(2))
                .build();
    }

    private TextMessage reminder() {
        return TextMessage.to(Address.phone("+" + THEIRS))
                .from(Address.phone("+" + module.number()))
                .text(TEXT)
                .build();
    }

    private SmsIntake intake() {
        return SmsIntake.builder().store(store).handler(this::keepOurs).build();
    }

    private void keepOurs(SmsEvent event) {
        if (event instanceof MessageReceivedEvent received && isOurs(received.message())) {
            handled.add(event);
        }
    }

    private boolean isOurs(TextMessage message) {
        return message.to().contains(Address.phone("+" + module.number()));
    }

    private List<String> texts() {
        return handled.stream()
                .map(event -> ((MessageReceivedEvent) event).message().text())
                .toList();
    }

    @Test
    void aTextThatTheModuleTakesHasTheIdOfItsRow(Asterisk asterisk) {
        try (AmiClient pbx = ami(asterisk, asterisk.ami());
                AmiClient ami = ami(asterisk, asterisk.ami());
                SipClient sip = sip(asterisk);
                SmsClient sms = SmsClient.builder().provider(over(sip, ami, asterisk)).build()) {
            module.takeTexts(pbx);

            SendResult sent = sms.messages().send(reminder());

            assertThat(sent.status().state()).isEqualTo(SmsState.QUEUED);
            assertThat(sent.id()).contains(MessageId.of(module.lastRow()));
        }
    }

    @Test
    void aTextThatTheModuleDoesNotReportIsAcceptedAndUnconfirmed(Asterisk asterisk) {
        try (AmiClient ami = ami(asterisk, asterisk.ami());
                SipClient sip = sip(asterisk);
                SmsClient sms = SmsClient.builder().provider(over(sip, ami, asterisk)).build()) {
            SendResult sent = sms.messages().send(reminder());

            assertThat(sent.id()).isEmpty();
            assertThat(sent.status().state()).isEqualTo(SmsState.ACCEPTED);
            assertThat(sent.status().words()).startsWith("accepted, unconfirmed (202");
        }
    }

    @Test
    void whatComesLiveAndByPollingIsHandledOnce(Asterisk asterisk) throws Exception {
        Instant start = Instant.now().minusSeconds(60);
        try (AmiClient pbx = ami(asterisk, asterisk.ami());
                AmiClient ami = ami(asterisk, asterisk.ami());
                SipClient sip = sip(asterisk)) {
            FreePbxSms freePbx = over(sip, ami, asterisk);
            SmsIntake intake = intake();
            freePbx.subscribe(intake);
            module.bring(pbx, THEIRS, TEXT, "SM1");
            module.bring(pbx, THEIRS, TEXT, "SM1");
            module.bring(pbx, THEIRS, TEXT, "SM2");
            await().until(() -> handled.size() == 2);
            module.in(THEIRS, "only a row", "SM3", Instant.now());

            try (SmsClient sms = SmsClient.builder().provider(freePbx).build()) {
                sms.startPolling(PollingOptions.every(Duration.ofMillis(50)).from(start), intake);
                await().until(() -> texts().contains("only a row"));
            }

            assertThat(texts()).containsExactly(TEXT, TEXT, "only a row");
        }
    }

    @Test
    void whatCameWhileAmiWasAwayIsReadFromTheTable(Asterisk asterisk) throws Exception {
        try (TcpFaultProxy line = FaultProxy.tcp(asterisk.ami());
                AmiClient pbx = ami(asterisk, asterisk.ami());
                AmiClient ami = ami(asterisk, line.address());
                SipClient sip = sip(asterisk);
                EventProbe<GapEvent> gaps = EventProbe.on(ami.events(), GapEvent.class)) {
            over(sip, ami, asterisk).subscribe(intake());
            module.bring(pbx, THEIRS, "before", "SM1");
            await().until(() -> texts().contains("before"));

            line.refuse();
            line.both().cut();
            module.bring(pbx, THEIRS, "meanwhile", "SM2");
            line.heal();
            line.resume();

            gaps.next();
            await().until(() -> texts().contains("meanwhile"));
            module.bring(pbx, THEIRS, "after", "SM3");
            await().until(() -> texts().contains("after"));
            assertThat(texts()).containsExactly("before", "meanwhile", "after");
        }
    }
}
