package io.github.pbxsdk.pbx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.pbxsdk.ami.AmiClient;
import io.github.pbxsdk.core.ConnectionState;
import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.security.OperationGuard;
import io.github.pbxsdk.freepbx.FreePbxRejectedException;
import io.github.pbxsdk.pbx.PbxExtension.Presence;
import io.github.pbxsdk.sip.SipClient;
import io.github.pbxsdk.testing.FakePbx;
import io.github.pbxsdk.testing.OnFakePbx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(OnFakePbx.class)
class PbxTest {

    @Test
    void opensNothingUntilAClientIsAskedFor(FakePbx fake) {
        try (Pbx pbx = Pbx.from(fake.settings())) {
            assertThat(fake.ami().logins()).isZero();

            pbx.ami();

            assertThat(fake.ami().logins()).isEqualTo(1);
            assertThat(fake.sip().requests()).isEmpty();
            assertThat(fake.freepbx().requests()).isEmpty();
        }
    }

    @Test
    void everyClientWorksWithTheSettingsOfTheEnvironment(FakePbx fake) {
        try (Pbx pbx = Pbx.from(fake.settings())) {
            assertThat(pbx.ami().status().state()).isEqualTo(ConnectionState.CONNECTED);
            assertThat(pbx.ari().check().isUsable()).isTrue();
            assertThat(pbx.register().isRegistered()).isTrue();
            assertThat(pbx.freepbx().extensions().list()).hasSize(3);
            pbx.sms().messages().send(text(pbx, "+61491570156"));
            assertThat(fake.sms().accepted()).hasSize(1);
        }
    }

    private static TextMessage text(Pbx pbx, String to) {
        return TextMessage.to(pbx.sms().address(to)).text("Hello").build();
    }

    @Test
    void aNumberThatNobodyCanReadComesWithTheWayOut(FakePbx fake) {
        try (Pbx pbx = Pbx.from(fake.settings())) {
            TextMessage local = text(pbx, "0491 570 156");

            assertThatThrownBy(() -> pbx.sms().messages().send(local))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll(
                            "begin the number with +", "region(...)", "SMS_REGION");
        }
    }

    @Test
    void trunksOfAFreePbxAloneComeWithTheWayToThem(FakePbx fake) {
        try (Pbx pbx = Pbx.from(without(fake, "AMI"))) {
            assertThatThrownBy(() -> pbx.freepbx().trunks().list())
                    .isInstanceOf(FreePbxRejectedException.class)
                    .hasMessageContainingAll(
                            "telephony(...)", "AMI_HOST", "AMI_USER", "AMI_SECRET");
            assertThat(pbx.freepbx().health().words()).contains("AMI_HOST");
        }
    }

    @Test
    void givesTheSameClientEachTime(FakePbx fake) {
        try (Pbx pbx = Pbx.from(fake.settings())) {
            assertThat(pbx.ami()).isSameAs(pbx.ami());
            assertThat(fake.ami().logins()).isEqualTo(1);
        }
    }

    @Test
    void triesAgainWhenTheManagerInterfaceCouldNotBeReached(FakePbx fake) {
        fake.ami().stopListening();
        try (Pbx pbx = Pbx.from(fake.settings())) {
            assertThatThrownBy(pbx::ami).isInstanceOf(PbxConnectionException.class);

            fake.ami().listenAgain();

            assertThat(pbx.ami().status().state()).isEqualTo(ConnectionState.CONNECTED);
        }
    }

    private static Stream<Arguments> doors() {
        return Stream.of(
                door(Pbx::ami, "ami() needs AMI_HOST", "AMI_USER", "AMI_SECRET"),
                door(Pbx::ari, "ari() needs ARI_URL", "ARI_USER", "ARI_PASSWORD"),
                door(Pbx::sip, "sip() needs SIP_SERVER"),
                door(Pbx::register, "register() needs SIP_SERVER", "SIP_EXTENSION", "SIP_PASSWORD"),
                door(Pbx::freepbx, "freepbx() needs FREEPBX_URL", "FREEPBX_CLIENT_SECRET"),
                door(Pbx::sms, "sms() needs SMS_PROVIDER", "TWILIO_AUTH_TOKEN"),
                door(Pbx::extensions, "extensions() needs FREEPBX_URL or AMI_HOST"),
                door(Pbx::queues, "queues() needs FREEPBX_URL or AMI_HOST"));
    }

    private static Arguments door(Consumer<Pbx> door, String... words) {
        return Arguments.of(door, words);
    }

    @ParameterizedTest
    @MethodSource("doors")
    void namesTheSettingsThatAreMissingAndTheirPage(Consumer<Pbx> door, String... words) {
        try (Pbx pbx = Pbx.from(Map.of())) {
            assertThatThrownBy(() -> door.accept(pbx))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContainingAll(words)
                    .hasMessageContaining("docs/configuration.md");
        }
    }

    private static Stream<Arguments> guardedDoors() {
        return Stream.of(
                door(Pbx::ami, "ami() needs AMI_HOST", "set host(...) before build()"),
                door(Pbx::ari, "ari() needs ARI_URL", "set "),
                door(Pbx::sip, "sip() needs SIP_SERVER or PBX_WS_SERVER", "set "),
                door(Pbx::freepbx, "freepbx() needs FREEPBX_URL", "set "));
    }

    @ParameterizedTest
    @MethodSource("guardedDoors")
    void namesTheSettingsAlsoWhereTheBuilderLacksThem(Consumer<Pbx> door, String... words) {
        OperationGuard guard = OperationGuard.readOnly();
        try (Pbx pbx =
                Pbx.builder()
                        .ami(ami -> ami.guard(guard))
                        .ari(ari -> ari.guard(guard))
                        .sip(sip -> sip.guard(guard))
                        .freepbx(freepbx -> freepbx.guard(guard))
                        .build()) {
            assertThatThrownBy(() -> door.accept(pbx))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContainingAll(words)
                    .hasMessageContaining("docs/configuration.md");
        }
    }

    @Test
    void namesTheProviderThatIsMissingAlsoWhereTheClientIsChanged() {
        try (Pbx pbx =
                Pbx.builder()
                        .settings(Map.of("AMI_HOST", "127.0.0.1"))
                        .sms(sms -> sms.region("AU"))
                        .build()) {
            assertThatThrownBy(pbx::sms)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContainingAll("sms() needs SMS_PROVIDER", "provider(...)");
        }
    }

    @Test
    void namesOnlyWhatIsMissing() {
        try (Pbx pbx = Pbx.from(Map.of("AMI_HOST", "127.0.0.1", "AMI_USER", "reporting"))) {
            assertThatThrownBy(pbx::ami)
                    .hasMessageContaining("AMI_SECRET")
                    .hasMessageNotContaining("AMI_HOST")
                    .hasMessageNotContaining("AMI_USER");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"127.0.0.1:8088", "pbx.example.com", "ftp://pbx.example.com", "http://"})
    void anAddressThatIsNoUrlIsNamedByItsSetting(String address) {
        Map<String, String> settings =
                Map.of("ARI_URL", address, "ARI_USER", "lab", "ARI_PASSWORD", "lab-secret");
        try (Pbx pbx = Pbx.from(settings)) {
            assertThatThrownBy(pbx::ari)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("ARI_URL is \"" + address + "\"")
                    .hasMessageContaining("https://");
        }
    }

    @Test
    void registersOnlyWithAnExtensionAndItsPassword(FakePbx fake) {
        Map<String, String> settings = new HashMap<>(fake.settings());
        settings.remove("SIP_PASSWORD");
        try (Pbx pbx = Pbx.from(settings)) {
            assertThatThrownBy(pbx::register).hasMessageContaining("SIP_PASSWORD");
        }
    }

    @Test
    void aPrefixTellsSeveralApart(FakePbx fake) {
        Map<String, String> settings =
                fake.settings().entrySet().stream()
                        .collect(
                                Collectors.toMap(e -> "SYDNEY_" + e.getKey(), Map.Entry::getValue));
        settings.put("AMI_HOST", "nowhere.invalid");

        try (Pbx pbx = Pbx.from(settings, "SYDNEY_")) {
            assertThat(pbx.ami().status().state()).isEqualTo(ConnectionState.CONNECTED);
        }
    }

    @Test
    void aSecretCanStandInAFile(FakePbx fake, @TempDir Path folder) throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "lab-secret\n");
        Map<String, String> settings = new HashMap<>(fake.settings());
        settings.remove("AMI_SECRET");
        settings.put("AMI_SECRET_FILE", secret.toString());

        try (Pbx pbx = Pbx.from(settings)) {
            assertThat(pbx.ami().status().state()).isEqualTo(ConnectionState.CONNECTED);
        }
    }

    @Test
    void aValueAndAFileAreOneTooMany(FakePbx fake) {
        Map<String, String> settings = new HashMap<>(fake.settings());
        settings.put("AMI_SECRET_FILE", "/nowhere");

        try (Pbx pbx = Pbx.from(settings)) {
            assertThatThrownBy(pbx::ami)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("AMI_SECRET_FILE")
                    .hasMessageContaining("keep one");
        }
    }

    @Test
    void aSettingThatMakesNoSenseIsNamed(FakePbx fake) {
        Map<String, String> settings = new HashMap<>(fake.settings());
        settings.put("AMI_PORT", "many");
        settings.put("SIP_TRANSPORT", "pigeon");
        settings.put("SMS_PROVIDER", "pigeon");

        try (Pbx pbx = Pbx.from(settings)) {
            assertThatThrownBy(pbx::ami).hasMessageContaining("AMI_PORT is \"many\"");
            assertThatThrownBy(pbx::sip).hasMessageContaining("udp, tcp, tls, ws or wss");
            assertThatThrownBy(pbx::sms).hasMessageContaining("smsbroadcast or messagemedia");
        }
    }

    @Test
    void settingsOfTwoProvidersNeedAChoice(FakePbx fake) {
        Map<String, String> settings = new HashMap<>(fake.settings());
        settings.put("TWILIO_ACCOUNT_SID", "AC1");
        settings.put("TWILIO_AUTH_TOKEN", "t");

        try (Pbx pbx = Pbx.from(settings)) {
            assertThatThrownBy(pbx::sms)
                    .hasMessageContaining("SMS_PROVIDER")
                    .hasMessageContaining("smsbroadcast or twilio");
        }
        settings.put("SMS_PROVIDER", "twilio");
        try (Pbx pbx = Pbx.from(settings)) {
            assertThat(pbx.sms().toString()).contains("twilio");
        }
    }

    @Test
    void sipOverAWebSocketTakesTheServerAndDomainOfItsOwn(FakePbx fake, @TempDir Path folder)
            throws IOException {
        Path authority = Files.writeString(folder.resolve("ca.pem"), fake.sip().authority());
        Map<String, String> settings =
                Map.of(
                        "PBX_WS_SERVER", "127.0.0.1:" + fake.sip().wss().getPort(),
                        "PBX_DOMAIN", "127.0.0.1",
                        "PBX_CA", authority.toString(),
                        "SIP_EXTENSION", "1002",
                        "SIP_PASSWORD", "secret-1002");
        try (Pbx pbx = Pbx.from(settings)) {
            assertThat(pbx.register().isRegistered()).isTrue();
        }
    }

    @Test
    void whatTheSettingsLeaveOpenIsSetInTheBuilder(FakePbx fake) {
        try (Pbx pbx =
                Pbx.builder()
                        .ami(
                                ami ->
                                        ami.host(fake.ami().host())
                                                .port(fake.ami().port())
                                                .credentials(Credentials.of("lab", "lab-secret")))
                        .build()) {
            assertThat(pbx.ami().status().state()).isEqualTo(ConnectionState.CONNECTED);
        }
    }

    @Test
    void closesAllThatWasOpened(FakePbx fake) {
        Pbx pbx = Pbx.from(fake.settings());
        AmiClient ami = pbx.ami();
        SipClient sip = pbx.sip();
        sip.connect();

        pbx.close();
        pbx.close();

        assertThat(ami.status().state()).isEqualTo(ConnectionState.CLOSED);
        assertThat(sip.status().state()).isEqualTo(ConnectionState.CLOSED);
        assertThatThrownBy(pbx::ami)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void leavesSharedResourcesOpen(FakePbx fake) {
        try (PbxResources shared = PbxResources.create();
                Pbx other = Pbx.builder().settings(fake.settings()).resources(shared).build()) {
            Pbx first = Pbx.builder().settings(fake.settings()).resources(shared).build();
            AmiClient closed = first.ami();

            first.close();

            assertThat(closed.status().state()).isEqualTo(ConnectionState.CLOSED);
            assertThat(other.ami().status().state()).isEqualTo(ConnectionState.CONNECTED);
        }
    }

    @Test
    void extensionsHaveTheirNamesFromTheApiAndTheirPresenceFromAmi(FakePbx fake) {
        try (Pbx pbx = Pbx.from(fake.settings())) {
            pbx.register();

            assertThat(pbx.extensions())
                    .contains(
                            new PbxExtension("1001", "Reception", Presence.ONLINE, "freepbx"),
                            new PbxExtension("1002", "Laboratory", Presence.OFFLINE, "freepbx"));
        }
    }

    @Test
    void extensionsAndQueuesComeOverAmiWhereThereIsNoApi(FakePbx fake) {
        try (Pbx pbx = Pbx.from(without(fake, "FREEPBX"))) {
            assertThat(pbx.extensions())
                    .extracting(PbxExtension::number, PbxExtension::road)
                    .contains(tuple("1001", "ami"));
            assertThat(pbx.queues()).extracting(PbxQueue::number).containsExactly("500");
            assertThat(pbx.queues().get(0).members()).hasValue(2);
        }
    }

    @Test
    void extensionsComeFromTheApiAloneWhereAmiDoesNotAnswer(FakePbx fake) {
        fake.ami().stopListening();
        try (Pbx pbx = Pbx.from(fake.settings())) {
            assertThat(pbx.extensions())
                    .hasSize(3)
                    .allMatch(one -> one.presence() == Presence.UNKNOWN);
        }
    }

    static Map<String, String> without(FakePbx fake, String... beginnings) {
        Map<String, String> settings = new HashMap<>(fake.settings());
        for (String beginning : beginnings) {
            settings.keySet().removeIf(name -> name.startsWith(beginning));
        }
        return settings;
    }
}
