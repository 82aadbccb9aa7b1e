package io.github.pbxsdk.freepbx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.freepbx.CallFeatures.Forward;
import io.github.pbxsdk.testing.freepbx.RecordedExchange;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What the typed operations make of the answers of a real FreePBX 16. */
class RecordedAnswersTest {

    private static void given(String recorded, Consumer<FreePbxClient> test) throws IOException {
        RecordedExchange exchange = RecordedExchangesTest.exchange(recorded);
        try (FreePbxClient pbx =
                FreePbxClient.builder()
                        .baseUri("https://pbx.example")
                        .credentials(Credentials.of("id", "client-secret"))
                        .zone(ZoneOffset.UTC)
                        .transport(new RecordedExchangesTest.Recorded(exchange))
                        .build()) {
            test.accept(pbx);
        }
    }

    @Test
    void anExtension() throws IOException {
        given(
                "gql-fetchExtension-ok",
                pbx -> {
                    Extension alice = pbx.extensions().get("1001");

                    assertThat(alice.name()).isEqualTo("Alice Example");
                    assertThat(alice.technology()).isEqualTo("pjsip");
                    assertThat(alice.dial()).contains("PJSIP/1001");
                    assertThat(alice.hasVoicemail()).isTrue();
                    assertThat(alice.outboundCallerId()).isEmpty();
                    assertThat(alice.callForward()).isEmpty();
                    assertThat(alice.isDoNotDisturb()).isFalse();
                    assertThat(alice.isHalfMade()).isFalse();
                    assertThat(alice.road()).isEqualTo("graphql");
                });
    }

    @Test
    void anExtensionThatWasLeftHalfMade() throws IOException {
        given(
                "gql-fetchExtension-half-made",
                pbx -> assertThat(pbx.extensions().get("3002").isHalfMade()).isTrue());
    }

    @Test
    void inboundRoutes() throws IOException {
        given(
                "gql-allInboundRoutes",
                pbx -> {
                    assertThat(pbx.inboundRoutes().list()).hasSize(2);
                    InboundRoute one =
                            pbx.inboundRoutes().find("15550001236", "15557778888").orElseThrow();
                    assertThat(one.description()).isEqualTo("with cid");
                    assertThat(one.destinationText()).contains("Extensions: 1002 Bob");
                });
    }

    @Test
    void ringGroups() throws IOException {
        given(
                "gql-fetchAllRingGroups",
                pbx ->
                        assertThat(pbx.ringGroups().list())
                                .extracting(
                                        RingGroup::number, RingGroup::strategy, RingGroup::ringTime)
                                .containsExactly(
                                        tuple("600", RingStrategy.HUNT, Duration.ofSeconds(30)),
                                        tuple(
                                                "602",
                                                RingStrategy.RING_ALL,
                                                Duration.ofSeconds(20))));
        given(
                "gql-fetchRingGroup-ok",
                pbx ->
                        assertThat(pbx.ringGroups().get("600").members())
                                .containsExactly("1001", "1002"));
    }

    @Test
    void prompts() throws IOException {
        given(
                "gql-fetchAllRecordings",
                pbx ->
                        assertThat(pbx.prompts().find("main-menu").orElseThrow().files())
                                .containsExactly("custom/main-menu"));
        given("gql-fetchAllRecordings-empty", pbx -> assertThat(pbx.prompts().list()).isEmpty());
    }

    @Test
    void aMailboxAndWhereThereIsNone() throws IOException {
        given(
                "gql-fetchVoiceMail-ok",
                pbx -> {
                    VoicemailBox box = pbx.voicemail().find("1001").orElseThrow();
                    assertThat(box.email()).contains("alice@pbx.example");
                    assertThat(box.isAttached()).isFalse();
                });
        given("gql-fetchVoiceMail-none", pbx -> assertThat(pbx.voicemail().find("1002")).isEmpty());
    }

    @Test
    void followMe() throws IOException {
        given(
                "gql-fetchFollowMe",
                pbx -> {
                    FollowMeStatus status = pbx.followMe().find("1001").orElseThrow();
                    assertThat(status.isEnabled()).isTrue();
                    assertThat(status.numbers()).containsExactly("1001");
                });
    }

    @Test
    void versionsModulesAndSettings() throws IOException {
        given(
                "gql-system",
                pbx -> {
                    SystemStatus status = pbx.system().status();
                    assertThat(status.version()).isEqualTo("16.0.40.7");
                    assertThat(status.isAsteriskUp()).isTrue();
                });
        given(
                "gql-fetchInstalledModules",
                pbx ->
                        assertThat(pbx.system().modules())
                                .filteredOn(module -> module.name().equals("api"))
                                .extracting(FreePbxModule::version)
                                .containsExactly("16.0.13"));
        given(
                "gql-fetchAdvanceSetting",
                pbx -> assertThat(pbx.system().findSetting("RINGTIMER")).contains("15"));
        given(
                "gql-fetchAdvanceSetting-unknown",
                pbx -> assertThat(pbx.system().findSetting("NOSUCH")).isEmpty());
    }

    @Test
    void callFeatures() throws IOException {
        given(
                "rest-callforward-user",
                pbx -> {
                    assertThat(pbx.callFeatures().callForward("1001", Forward.ALWAYS))
                            .contains("15550007777");
                    assertThat(pbx.callFeatures().callForward("1001", Forward.BUSY)).isEmpty();
                });
        given(
                "rest-dnd-user",
                pbx -> assertThat(pbx.callFeatures().isDoNotDisturb("1001")).isTrue());
        given(
                "rest-callwaiting",
                pbx -> assertThat(pbx.callFeatures().isCallWaiting("1001")).isTrue());
    }

    @Test
    void noQueuesAtAll() throws IOException {
        given("rest-queues", pbx -> assertThat(pbx.queues().list()).isEmpty());
    }
}
