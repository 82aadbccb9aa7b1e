package io.github.pbxsdk.freepbx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.pbxsdk.core.CallOptions;
import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.retry.RetryPolicy;
import io.github.pbxsdk.freepbx.ExtensionUpdate.Loss;
import io.github.pbxsdk.freepbx.FreePbxRejectedException.Kind;
import io.github.pbxsdk.testing.freepbx.FakeFreePbx;
import io.github.pbxsdk.testing.freepbx.FreePbxFault;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExtensionsTest {

    private final FakeFreePbx fake = new FakeFreePbx();
    private FreePbxClient pbx = TestClients.client(fake);

    @BeforeEach
    void fill() {
        fake.addExtension("1002", "Bob");
        fake.addExtension("1001", "Alice Example");
        fake.addExtension("200", "Door");
    }

    @AfterEach
    void close() {
        pbx.close();
        fake.close();
    }

    @Test
    void listsByNumber() {
        assertThat(pbx.extensions().list())
                .extracting(Extension::number)
                .containsExactly("200", "1001", "1002");
    }

    @Test
    void findsWhatIsThere() {
        Extension alice = pbx.extensions().find("1001").orElseThrow();

        assertThat(alice.name()).isEqualTo("Alice Example");
        assertThat(alice.technology()).isEqualTo("pjsip");
        assertThat(alice.dial()).contains("PJSIP/1001");
        assertThat(alice.hasVoicemail()).isTrue();
        assertThat(alice.isHalfMade()).isFalse();
        assertThat(pbx.extensions().find("9999")).isEmpty();
        assertThatThrownBy(() -> pbx.extensions().get("9999"))
                .isInstanceOf(FreePbxRejectedException.class)
                .hasMessageContaining("extensions.get");
    }

    @Test
    void tellsNumberAndPasswordOfATelephoneWithoutPrintingThem() {
        Credentials credentials = pbx.extensions().sipCredentials("1001");

        assertThat(credentials.user()).isEqualTo("1001");
        assertThat(credentials.secret()).isEqualTo(fake.sipSecret("1001"));
        assertThat(credentials.toString()).doesNotContain(credentials.secret());
        assertThat(pbx.extensions().get("1001").raw().object("user").names())
                .doesNotContain("extPassword");
    }

    @Test
    void createsWithExactlyWhatWasAsked() {
        Extension made =
                pbx.extensions()
                        .create(
                                NewExtension.of("1005", "Eve", "eve@pbx.example")
                                        .outboundCallerId("5550100")
                                        .maxContacts(2)
                                        .build());

        assertThat(made.name()).isEqualTo("Eve");
        assertThat(made.outboundCallerId()).contains("5550100");
        assertThat(made.hasVoicemail()).isFalse();
        assertThat(fake.requests("addExtension").get(0).body())
                .contains("\"umEnable\":false", "\"vmEnable\":false", "\"maxContacts\":\"2\"");
    }

    @Test
    void refusesToCreateWhatIsThereWithoutAskingThePbxToTry() {
        FreePbxRejectedException refusal =
                refusal(
                        () ->
                                pbx.extensions()
                                        .create(
                                                NewExtension.of("1001", "A", "a@b.example")
                                                        .build()));

        assertThat(refusal.kind()).isEqualTo(Kind.CONFLICT);
        assertThat(fake.requests("addExtension")).isEmpty();
    }

    @Test
    void saysWhatIsLeftWhenAsteriskWasDown() {
        fake.asteriskUp(false);

        FreePbxRejectedException refusal =
                refusal(
                        () ->
                                pbx.extensions()
                                        .create(
                                                NewExtension.of("3002", "T", "t@b.example")
                                                        .build()));

        assertThat(refusal.mayHaveBeenSent()).isTrue();
        assertThat(refusal)
                .hasMessageContaining("extension 3002 is half-made: delete it")
                .hasMessageNotContaining(FakeFreePbx.AMI_SECRET);
        assertThat(pbx.extensions().get("3002").isHalfMade()).isTrue();
        pbx.extensions().delete("3002");
        assertThat(pbx.extensions().find("3002")).isEmpty();
    }

    @Test
    void createsARange() {
        List<Extension> made =
                pbx.extensions()
                        .createRange(NewExtension.of("2000", "Room", "r@b.example").build(), 3);

        assertThat(made).extracting(Extension::number).containsExactly("2000", "2001", "2002");
        assertThat(
                        refusal(
                                        () ->
                                                pbx.extensions()
                                                        .createRange(
                                                                NewExtension.of(
                                                                                "2002",
                                                                                "Room",
                                                                                "r@b.example")
                                                                        .build(),
                                                                2))
                                .kind())
                .isEqualTo(Kind.CONFLICT);
    }

    @Test
    void refusesARangeOfWhatFreePbxGivesOnlyOneByOne() {
        NewExtension.Builder first =
                NewExtension.of("2000", "Room", "r@b.example")
                        .maxContacts(2)
                        .userManagerUser("a-password");

        assertThatThrownBy(() -> pbx.extensions().createRange(first.build(), 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("maxContacts(...) and userManagerUser(...)", "create(...)")
                .hasMessageNotContaining("a-password");
        assertThat(fake.requests()).isEmpty();
    }

    @Test
    void refusesNumbersThatAreNone() {
        assertThatThrownBy(() -> pbx.extensions().find("10\"01"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> NewExtension.of("1a", "A", "a@b.example"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(fake.requests()).isEmpty();
    }

    @Nested
    class AnUpdate {

        private final ExtensionUpdate rename =
                ExtensionUpdate.of("1001")
                        .name("Alice Married")
                        .acceptLoss(Loss.DEVICE_SETTINGS, Loss.MESSAGE_CONTEXT)
                        .build();

        @Test
        void keepsEverythingThatItWasNotAskedToChange() {
            pbx.extensions()
                    .update(
                            ExtensionUpdate.of("1001")
                                    .outboundCallerId("\"Clinic\" <5550100>")
                                    .emergencyCallerId("5550911")
                                    .acceptLoss(Loss.DEVICE_SETTINGS, Loss.MESSAGE_CONTEXT)
                                    .build());
            pbx.followMe()
                    .update(
                            FollowMeSettings.of("1001")
                                    .enabled(true)
                                    .numbers(List.of("1001", "15550007777#"))
                                    .build());
            String secret = fake.sipSecret("1001");
            Map<String, ?> followMe = fake.followMe("1001");

            Extension after = pbx.extensions().update(rename);

            assertThat(after.name()).isEqualTo("Alice Married");
            assertThat(fake.sipSecret("1001")).isEqualTo(secret);
            assertThat(after.outboundCallerId()).contains("\"Clinic\" <5550100>");
            assertThat(after.emergencyCallerId()).contains("5550911");
            assertThat(fake.mailbox("1001"))
                    .containsEntry("password", "1001")
                    .containsEntry("email", "1001@pbx.example");
            assertThat(fake.followMe("1001"))
                    .containsEntry("followMeList", followMe.get("followMeList"))
                    .containsEntry("enabled", true);
        }

        @Test
        void refusesByNameWhatTheApiWouldLose() {
            fake.codecs("1001", "opus");
            fake.messageContext("1001", "sdk-messages");
            String secret = fake.sipSecret("1001");

            FreePbxRejectedException refusal =
                    refusal(
                            () ->
                                    pbx.extensions()
                                            .update(ExtensionUpdate.of("1001").name("A").build()));

            assertThat(refusal.kind()).isEqualTo(Kind.WOULD_LOSE_SETTINGS);
            assertThat(refusal)
                    .hasMessageContaining("DEVICE_SETTINGS")
                    .hasMessageContaining("MESSAGE_CONTEXT")
                    .hasMessageNotContaining("FOLLOW_ME");
            assertThat(refusal.mayHaveBeenSent()).isFalse();
            assertThat(fake.requests("updateExtension")).isEmpty();
            assertThat(fake.codecs("1001")).isEqualTo("opus");
            assertThat(fake.messageContext("1001")).isEqualTo("sdk-messages");
            assertThat(fake.sipSecret("1001")).isEqualTo(secret);
        }

        @Test
        void namesTheSettingsOfTheUserThatWouldBeLost() {
            fake.userSetting("1001", "ringtimer", 45);
            fake.userSetting("1001", "recording_in_external", "force");

            FreePbxRejectedException refusal = refusal(() -> pbx.extensions().update(rename));

            assertThat(refusal)
                    .hasMessageContaining("USER_SETTINGS")
                    .hasMessageContaining("ringtimer")
                    .hasMessageContaining("recording_in_external");
            assertThat(fake.requests("updateExtension")).isEmpty();
        }

        @Test
        void namesFollowMeWhereItMayNotBeRead() {
            fake.hide("fetchFollowMe");

            assertThat(refusal(() -> pbx.extensions().update(rename)))
                    .hasMessageContaining("FOLLOW_ME");
        }

        @Test
        void looksTheMessageContextUpWhereSomebodyKnowsIt() {
            fake.messageContext("1002", "sdk-messages");
            pbx.close();
            pbx = TestClients.builder(fake).telephony(new Knowing(fake)).build();
            ExtensionUpdate.Builder update =
                    ExtensionUpdate.of("1001").name("A").acceptLoss(Loss.DEVICE_SETTINGS);

            assertThat(pbx.extensions().update(update.build()).name()).isEqualTo("A");
            assertThat(
                            refusal(
                                    () ->
                                            pbx.extensions()
                                                    .update(
                                                            ExtensionUpdate.of("1002")
                                                                    .name("B")
                                                                    .acceptLoss(
                                                                            Loss.DEVICE_SETTINGS)
                                                                    .build())))
                    .hasMessageContaining("MESSAGE_CONTEXT");
        }

        @Test
        void wantsAMailAddressWhereNoneCanBeRead() {
            pbx.voicemail().disable("1001");

            assertThat(refusal(() -> pbx.extensions().update(rename)))
                    .hasMessageContaining("say email(...)");
            assertThat(fake.requests("updateExtension")).isEmpty();
            assertThat(
                            pbx.extensions()
                                    .update(
                                            ExtensionUpdate.of("1001")
                                                    .name("A")
                                                    .email("a@b.example")
                                                    .acceptLoss(
                                                            Loss.DEVICE_SETTINGS,
                                                            Loss.MESSAGE_CONTEXT)
                                                    .build())
                                    .hasVoicemail())
                    .isFalse();
        }

        @Test
        void failsWhenThePbxDoesNothingAndSaysNothing() {
            pbx.extensions().list();
            fake.addExtension("1003", "Carol");
            ExtensionUpdate update =
                    ExtensionUpdate.of("1003")
                            .name("C")
                            .email(" ")
                            .acceptLoss(Loss.DEVICE_SETTINGS, Loss.MESSAGE_CONTEXT)
                            .build();
            pbx.extensions().update(update);
            ExtensionUpdate empty =
                    ExtensionUpdate.of("1003")
                            .email("")
                            .acceptLoss(Loss.DEVICE_SETTINGS, Loss.MESSAGE_CONTEXT)
                            .build();

            assertThat(refusal(() -> pbx.extensions().update(empty)).kind())
                    .isEqualTo(Kind.SERVER_ERROR);
        }

        @Test
        void looksAgainWhenALookFails() {
            fake.fail(FreePbxFault.SLIM_ERROR);

            assertThat(pbx.extensions().update(rename).name()).isEqualTo("Alice Married");
            assertThat(fake.requests("updateExtension")).hasSize(1);
        }

        @ParameterizedTest
        @EnumSource(names = {"ERROR_AFTER_DOING", "DROP_AFTER_DOING"})
        void givesFollowMeBackAlsoWhenTheAnswerSaysThatItFailed(FreePbxFault fault) {
            pbx.followMe()
                    .update(FollowMeSettings.of("1001").numbers(List.of("15550007777#")).build());
            fake.failOn("updateExtension", fault);

            PbxException failure =
                    catchThrowableOfType(PbxException.class, () -> pbx.extensions().update(rename));

            assertThat(failure.mayHaveBeenSent()).isTrue();
            assertThat(fake.requests("updateExtension")).hasSize(1);
            assertThat(fake.followMe("1001")).containsEntry("followMeList", "15550007777#");
        }

        @Test
        void isNotMadeWhileNobodyCanTellWhatFollowMeIs() {
            pbx.followMe()
                    .update(FollowMeSettings.of("1001").numbers(List.of("15550007777#")).build());
            fake.asteriskUp(false);

            assertThat(refusal(() -> pbx.extensions().update(rename)).mayHaveBeenSent()).isFalse();
            assertThat(fake.requests("updateExtension")).isEmpty();
        }

        @Test
        void isTheSameOnSeventeenWhereErrorsComeWith200() {
            fake.behaveAsSeventeen();

            assertThat(pbx.extensions().update(rename).name()).isEqualTo("Alice Married");
            assertThat(pbx.followMe().find("1001")).isEmpty();
        }

        @Test
        void saysThatNothingWasChangedWhenALookIsLost() {
            fake.failOn("fetchExtension", FreePbxFault.DROP);

            PbxException failure =
                    catchThrowableOfType(
                            PbxConnectionException.class,
                            () ->
                                    pbx.with(CallOptions.retry(RetryPolicy.none()))
                                            .extensions()
                                            .update(rename));

            assertThat(failure.mayHaveBeenSent()).isFalse();
            assertThat(failure).hasMessageContaining("nothing was changed yet");
        }
    }

    /** Knows the message contexts, as a source over AMI does. */
    private record Knowing(FakeFreePbx fake) implements TelephonySource {

        @Override
        public String road() {
            return "test";
        }

        @Override
        public List<Phone> phones() {
            return List.of();
        }

        @Override
        public List<Trunk> trunks() {
            return List.of();
        }

        @Override
        public List<LiveQueue> queues() {
            return List.of();
        }

        @Override
        public Optional<String> messageContext(String extension) {
            return Optional.of(fake.messageContext(extension));
        }
    }

    private static FreePbxRejectedException refusal(Runnable call) {
        return catchThrowableOfType(FreePbxRejectedException.class, call::run);
    }
}
