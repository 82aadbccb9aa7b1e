package io.github.pbxsdk.freepbx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.github.pbxsdk.core.CallOptions;
import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxInterruptedException;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.PbxTimeoutException;
import io.github.pbxsdk.core.internal.Futures;
import io.github.pbxsdk.core.retry.RetryPolicy;
import io.github.pbxsdk.core.time.ManualTime;
import io.github.pbxsdk.freepbx.ExtensionUpdate.Loss;
import io.github.pbxsdk.freepbx.FreePbxRejectedException.Kind;
import io.github.pbxsdk.testing.freepbx.FakeFreePbx;
import io.github.pbxsdk.testing.freepbx.FreePbxFault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
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

        private static final Loss[] ACCEPTED = {
            Loss.DEVICE_SETTINGS,
            Loss.MESSAGE_CONTEXT,
            Loss.VOICEMAIL_MESSAGES,
            Loss.USER_MANAGER_USER
        };

        private final ExtensionUpdate rename =
                ExtensionUpdate.of("1001").name("Alice Married").acceptLoss(ACCEPTED).build();

        @Test
        void keepsEverythingThatItWasNotAskedToChange() {
            pbx.extensions()
                    .update(
                            ExtensionUpdate.of("1001")
                                    .outboundCallerId("\"Clinic\" <5550100>")
                                    .emergencyCallerId("5550911")
                                    .acceptLoss(ACCEPTED)
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
            fake.voiceMessages("1001", 3);
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
                    .hasMessageContaining("VOICEMAIL_MESSAGES")
                    .hasMessageContaining("USER_MANAGER_USER")
                    .hasMessageNotContaining("FOLLOW_ME");
            assertThat(refusal.mayHaveBeenSent()).isFalse();
            assertThat(fake.requests("updateExtension")).isEmpty();
            assertThat(fake.codecs("1001")).isEqualTo("opus");
            assertThat(fake.messageContext("1001")).isEqualTo("sdk-messages");
            assertThat(fake.voiceMessages("1001")).isEqualTo(3);
            assertThat(fake.hasUserManagerUser("1001")).isTrue();
            assertThat(fake.sipSecret("1001")).isEqualTo(secret);
        }

        @Test
        void namesTheSettingsOfTheUserThatWouldBeLost() {
            fake.userSetting("1001", "ringtimer", 45);
            fake.userSetting("1001", "recording_in_external", "force");
            fake.userSetting("1001", "busyCid", "Busy: ");
            pbx.callFeatures().callWaiting("1001", false);

            FreePbxRejectedException refusal = refusal(() -> pbx.extensions().update(rename));

            assertThat(refusal)
                    .hasMessageContaining("USER_SETTINGS")
                    .hasMessageContaining("ringtimer")
                    .hasMessageContaining("recording_in_external")
                    .hasMessageContaining("busyCid")
                    .hasMessageContaining("callwaiting")
                    .hasMessageNotContaining("noanswerCid");
            assertThat(fake.requests("updateExtension")).isEmpty();
        }

        @Test
        void takesCallWaitingAsTextToo() {
            fake.userSetting("1001", "callwaiting", "enabled");
            fake.userSetting("1002", "callwaiting", "disabled");

            assertThat(pbx.extensions().update(rename).name()).isEqualTo("Alice Married");
            assertThat(
                            refusal(
                                    () ->
                                            pbx.extensions()
                                                    .update(
                                                            ExtensionUpdate.of("1002")
                                                                    .acceptLoss(ACCEPTED)
                                                                    .build())))
                    .hasMessageContaining("callwaiting");
        }

        @Test
        void givesTheSettingsOfAMailboxBackButNotItsMessages() {
            fake.mailboxSetting("1001", "attach", "yes");
            fake.mailboxSetting("1001", "delete", "yes");
            fake.mailboxSetting("1001", "pager", "5550123@pager.example");
            fake.mailboxSetting("1001", "name", "Front desk");
            fake.voiceMessages("1001", 3);
            Map<String, ?> before = fake.mailbox("1001");

            pbx.extensions().update(rename);

            assertThat(fake.mailbox("1001")).isEqualTo(before);
            assertThat(fake.voiceMessages("1001")).isZero();
        }

        @Test
        void setsNoMailboxThatIsAsItWas() {
            pbx.extensions().update(rename);

            assertThat(fake.requests("enableVoiceMail")).isEmpty();
            assertThat(fake.mailbox("1001")).containsEntry("name", "Alice Married");
        }

        @Test
        void givesAMailboxAnotherPinAndAddressWithItsOldSettings() {
            fake.mailboxSetting("1001", "attach", "yes");

            pbx.extensions()
                    .update(
                            ExtensionUpdate.of("1001")
                                    .voicemail("8642")
                                    .email("alice@pbx.example")
                                    .acceptLoss(ACCEPTED)
                                    .build());

            assertThat(fake.mailbox("1001"))
                    .containsEntry("password", "8642")
                    .containsEntry("email", "alice@pbx.example")
                    .containsEntry("attach", "yes");
        }

        @Test
        void namesWhatOfAMailboxNobodyCanGiveBack() {
            fake.mailboxSetting("1001", "context", "sales");
            fake.mailboxSetting("1001", "saycid", null);

            assertThat(refusal(() -> pbx.extensions().update(ExtensionUpdate.of("1001").build())))
                    .hasMessageContaining("context sales")
                    .hasMessageContaining("saycid as for all mailboxes")
                    .hasMessageNotContaining("attach as");
        }

        @Test
        void saysSoWhenTheSettingsOfAMailboxDoNotComeBack() {
            fake.mailboxSetting("1001", "attach", "yes");
            fake.mailboxSetting("1001", "password", "975310");
            fake.failOn("enableVoiceMail", FreePbxFault.STATUS_NULL);

            FreePbxRejectedException failure = refusal(() -> pbx.extensions().update(rename));

            assertThat(failure.mayHaveBeenSent()).isTrue();
            assertThat(failure)
                    .hasMessageContaining("done, but the mailbox of extension 1001")
                    .hasMessageContaining("attach \"true\"")
                    .hasMessageNotContaining("975310");
        }

        @Test
        void losesNoMailboxAndNoUserWhereThereIsNone() {
            pbx.extensions().create(NewExtension.of("1005", "Eve", "eve@pbx.example").build());
            fake.userSetting("1005", "ringtimer", 45);

            assertThat(refusal(() -> pbx.extensions().update(ExtensionUpdate.of("1005").build())))
                    .hasMessageContaining("USER_SETTINGS")
                    .hasMessageNotContaining("VOICEMAIL_MESSAGES")
                    .hasMessageNotContaining("USER_MANAGER_USER");
        }

        @Test
        void takesAUserWhomNobodyMayLookUpForALoss() {
            pbx.extensions().create(NewExtension.of("1005", "Eve", "eve@pbx.example").build());
            fake.hideRest();

            assertThat(refusal(() -> pbx.extensions().update(ExtensionUpdate.of("1005").build())))
                    .hasMessageContaining("USER_MANAGER_USER")
                    .hasMessageContaining("nobody can tell whether there is one");
        }

        @Test
        void namesFollowMeWhereItMayNotBeRead() {
            fake.hide("fetchFollowMe");

            assertThat(refusal(() -> pbx.extensions().update(rename)))
                    .hasMessageContaining("FOLLOW_ME");
        }

        @Test
        void looksTheMessageContextUpWhereSomebodyKnowsIt() {
            Loss[] known = {Loss.DEVICE_SETTINGS, Loss.VOICEMAIL_MESSAGES, Loss.USER_MANAGER_USER};
            fake.messageContext("1002", "sdk-messages");
            pbx.close();
            pbx = TestClients.builder(fake).telephony(new Knowing(fake)).build();
            ExtensionUpdate.Builder update = ExtensionUpdate.of("1001").name("A").acceptLoss(known);

            assertThat(pbx.extensions().update(update.build()).name()).isEqualTo("A");
            assertThat(
                            refusal(
                                    () ->
                                            pbx.extensions()
                                                    .update(
                                                            ExtensionUpdate.of("1002")
                                                                    .name("B")
                                                                    .acceptLoss(known)
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
                                                    .acceptLoss(ACCEPTED)
                                                    .build())
                                    .hasVoicemail())
                    .isFalse();
        }

        @Test
        void failsWhenThePbxDoesNothingAndSaysNothing() {
            pbx.extensions().list();
            fake.addExtension("1003", "Carol");
            ExtensionUpdate update =
                    ExtensionUpdate.of("1003").name("C").email(" ").acceptLoss(ACCEPTED).build();
            pbx.extensions().update(update);
            ExtensionUpdate empty =
                    ExtensionUpdate.of("1003").email("").acceptLoss(ACCEPTED).build();

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
            fake.mailboxSetting("1001", "attach", "yes");
            fake.failOn("updateExtension", fault);

            PbxException failure =
                    catchThrowableOfType(PbxException.class, () -> pbx.extensions().update(rename));

            assertThat(failure.mayHaveBeenSent()).isTrue();
            assertThat(fake.requests("updateExtension")).hasSize(1);
            assertThat(fake.followMe("1001")).containsEntry("followMeList", "15550007777#");
            assertThat(fake.mailbox("1001")).containsEntry("attach", "yes");
        }

        @Test
        void givesFollowMeBackWhenNoAnswerCameInTime() {
            followMe();

            PbxTimeoutException failure = timeoutOf(rename);

            assertThat(failure.mayHaveBeenSent()).isTrue();
            assertThat(failure)
                    .hasMessageContaining("follow-me was set again")
                    .hasMessageContaining("numbers 15550007777#");
            assertThat(fake.requests("updateExtension")).hasSize(1);
            assertThat(fake.followMe("1001")).containsEntry("followMeList", "15550007777#");
        }

        @Test
        void saysWhatFollowMeWasWhenItCanNotBeGivenBack() {
            followMe();
            fake.failOn("updateFollowMe", FreePbxFault.STATUS_NULL);

            PbxTimeoutException failure = timeoutOf(rename);

            assertThat(failure.mayHaveBeenSent()).isTrue();
            assertThat(failure)
                    .hasMessageContaining(
                            "follow-me of extension 1001 could not be given back and is off: it was"
                                    + " on, strategy ringallv2prim, numbers 15550007777#")
                    .hasMessageNotContaining(fake.sipSecret("1001"));
            assertThat(failure.getSuppressed()).hasAtLeastOneElementOfType(PbxException.class);
        }

        @Test
        void saysSoWhenOnlyTheGivingBackFails() {
            followMe();
            fake.failOn("updateFollowMe", FreePbxFault.DROP);

            FreePbxRejectedException failure = refusal(() -> pbx.extensions().update(rename));

            assertThat(failure.mayHaveBeenSent()).isTrue();
            assertThat(failure)
                    .hasMessageContaining("done, but follow-me of extension 1001")
                    .hasMessageContaining("numbers 15550007777#");
        }

        @Test
        void givesFollowMeBackAlsoWhenItIsCancelledInTheMiddle() {
            followMe();
            fake.failOn("updateExtension", FreePbxFault.SILENCE_AFTER_DOING);
            CompletableFuture<Extension> updating = pbx.extensions().updateAsync(rename);
            await().until(() -> !fake.requests("updateExtension").isEmpty());

            updating.cancel(true);

            await().untilAsserted(
                            () ->
                                    assertThat(fake.followMe("1001"))
                                            .containsEntry("followMeList", "15550007777#"));
        }

        @Test
        void givesFollowMeBackAlsoWhenWhoWaitsIsInterrupted() {
            followMe();
            fake.failOn("updateExtension", FreePbxFault.SILENCE_AFTER_DOING);
            AtomicReference<PbxException> failure = new AtomicReference<>();
            Thread waiting =
                    new Thread(
                            () ->
                                    failure.set(
                                            catchThrowableOfType(
                                                    PbxException.class,
                                                    () -> pbx.extensions().update(rename))));
            waiting.start();
            await().until(() -> !fake.requests("updateExtension").isEmpty());

            waiting.interrupt();

            await().untilAsserted(
                            () ->
                                    assertThat(fake.followMe("1001"))
                                            .containsEntry("followMeList", "15550007777#"));
            await().untilAsserted(
                            () ->
                                    assertThat(failure.get())
                                            .isInstanceOf(PbxInterruptedException.class));
            assertThat(failure.get().mayHaveBeenSent()).isTrue();
        }

        private void followMe() {
            pbx.followMe()
                    .update(FollowMeSettings.of("1001").numbers(List.of("15550007777#")).build());
        }

        private PbxTimeoutException timeoutOf(ExtensionUpdate update) {
            fake.failOn("updateExtension", FreePbxFault.SILENCE_AFTER_DOING);
            Duration limit = Duration.ofSeconds(20);
            ManualTime time = ManualTime.startingAt(Instant.EPOCH);
            try (PbxResources resources = PbxResources.builder().time(time).build();
                    FreePbxClient patient =
                            TestClients.builder(fake).timeout(limit).resources(resources).build()) {
                CompletableFuture<Extension> updating = patient.extensions().updateAsync(update);
                await().until(() -> !fake.requests("updateExtension").isEmpty());
                time.advance(limit);
                return catchThrowableOfType(
                        PbxTimeoutException.class, () -> Futures.await(updating));
            }
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
