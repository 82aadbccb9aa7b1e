package io.github.pbxsdk.freepbx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.Light;
import io.github.pbxsdk.core.call.CallRecord;
import io.github.pbxsdk.core.call.CallRecordQuery;
import io.github.pbxsdk.freepbx.ExtensionUpdate.Loss;
import io.github.pbxsdk.freepbx.FreePbxHealth.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What holds for every FreePBX: in each build for the fake one, and with the profile {@code
 * live-freepbx} for one's own.
 */
abstract class FreePbxBehaviour {

    /** Free on any PBX that is not made to annoy. */
    private static final String EXTENSION = "987651";

    private static final String GROUP = "987652";

    private FreePbxClient pbx;

    /** Returns a client of the PBX in question. */
    abstract FreePbxClient connect();

    /** Tells whether it may be changed. */
    abstract boolean mayChange();

    @BeforeEach
    void openClient() {
        pbx = connect();
    }

    @AfterEach
    void closeClient() {
        pbx.close();
    }

    @Test
    void acceptsTheApplication() {
        FreePbxCheck check = pbx.check();

        assertThat(check.isUsable()).as(check.words()).isTrue();
        assertThat(pbx.capabilities().queries()).contains("fetchAllExtensions");
    }

    @Test
    void tellsItsVersions() {
        SystemStatus status = pbx.system().status();

        assertThat(status.majorVersion()).isBetween(15, 30);
        assertThat(status.asteriskVersion()).isNotEmpty();
        assertThat(pbx.system().modules()).extracting(FreePbxModule::name).contains("core");
    }

    @Test
    void saysHowItIs() {
        FreePbxHealth health = pbx.health();

        assertThat(health.latency()).isPositive();
        assertThat(health.findings())
                .filteredOn(finding -> finding.subject() == Subject.API)
                .singleElement()
                .satisfies(finding -> assertThat(finding.light()).isEqualTo(Light.GREEN));
    }

    @Test
    void showsAnExtensionAloneAsInTheList() {
        List<Extension> all = pbx.extensions().list();

        assertThat(all).extracting(Extension::number).doesNotHaveDuplicates();
        all.stream()
                .limit(3)
                .forEach(
                        one ->
                                assertThat(pbx.extensions().get(one.number()).name())
                                        .isEqualTo(one.name()));
        assertThat(pbx.extensions().find(EXTENSION)).isEmpty();
    }

    @Test
    void listsWhatItHas() {
        assertThat(pbx.inboundRoutes().list()).doesNotContainNull();
        assertThat(pbx.ringGroups().list()).extracting(RingGroup::number).doesNotContain(GROUP);
        assertThat(pbx.prompts().list()).doesNotContainNull();
        assertThat(pbx.ringGroups().find(GROUP)).isEmpty();
    }

    @Test
    void givesTheCallRecordsOfADayInOrder() {
        Instant now = Instant.now();
        CallRecordQuery day = CallRecordQuery.between(now.minus(Duration.ofDays(1)), now).build();

        List<CallRecord> records = pbx.callRecords().list(day);

        assertThat(records).extracting(one -> one.start().orElseThrow()).isSorted();
    }

    @Test
    void saysNoInTheFailureThatIsMeantForIt() {
        assertThatThrownBy(() -> pbx.graphQl().run("{noSuchField{status}}"))
                .isInstanceOfSatisfying(
                        FreePbxRejectedException.class,
                        refusal ->
                                assertThat(refusal.kind())
                                        .isEqualTo(
                                                FreePbxRejectedException.Kind
                                                        .SCOPE_OR_MODULE_MISSING));
    }

    @Test
    void keepsWhatAnUpdateDoesNotName() {
        requireChanges();
        pbx.extensions()
                .create(
                        NewExtension.of(EXTENSION, "Made by a test", "test@pbx.example")
                                .outboundCallerId("5550100")
                                .voicemail("8642")
                                .build());
        try {
            Credentials before = pbx.extensions().sipCredentials(EXTENSION);
            pbx.followMe()
                    .update(FollowMeSettings.of(EXTENSION).numbers(List.of(EXTENSION)).build());

            Extension after =
                    pbx.extensions()
                            .update(
                                    ExtensionUpdate.of(EXTENSION)
                                            .name("Changed by a test")
                                            .acceptLoss(
                                                    Loss.DEVICE_SETTINGS,
                                                    Loss.MESSAGE_CONTEXT,
                                                    Loss.VOICEMAIL_MESSAGES,
                                                    Loss.USER_MANAGER_USER)
                                            .build());

            assertThat(after.name()).isEqualTo("Changed by a test");
            assertThat(after.outboundCallerId()).contains("5550100");
            assertThat(pbx.extensions().sipCredentials(EXTENSION)).isEqualTo(before);
            assertThat(pbx.followMe().find(EXTENSION))
                    .map(FollowMeStatus::isEnabled)
                    .contains(true);
        } finally {
            pbx.extensions().delete(EXTENSION);
        }
        assertThat(pbx.extensions().find(EXTENSION)).isEmpty();
    }

    @Test
    void makesAGroupLiveAndTakesItAway() {
        requireChanges();
        pbx.ringGroups().create(RingGroupSettings.of(GROUP).members(List.of("1#")).build());
        try {
            assertThat(pbx.ringGroups().get(GROUP).strategy()).isEqualTo(RingStrategy.RING_ALL);
            assertThat(pbx.applyConfig().duration()).isPositive();
            assertThat(pbx.system().needsApply()).isFalse();
        } finally {
            pbx.ringGroups().delete(GROUP);
        }
        assertThat(pbx.ringGroups().find(GROUP)).isEmpty();
    }

    private void requireChanges() {
        assumeTrue(mayChange(), "it may only be read; to allow changes: FREEPBX_ALLOW_CHANGES=yes");
    }
}
