package io.github.pbxsdk.core.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.pbxsdk.core.RawFields;
import io.github.pbxsdk.core.call.CallDirection;
import io.github.pbxsdk.core.message.Address;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Positive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallRecordingTest {

    private static final Instant EARLY = Instant.parse("2026-11-21T00:06:56Z");
    private static final Instant LATE = Instant.parse("2026-11-21T00:07:00Z");

    @Test
    void originsStandInTheOrderOfTrust() {
        assertThat(StartOrigin.values())
                .containsExactly(
                        StartOrigin.FINISH_EVENT,
                        StartOrigin.CALL_RECORD,
                        StartOrigin.UNIQUEID,
                        StartOrigin.NAME_STAMP,
                        StartOrigin.DIRECTORY,
                        StartOrigin.LAST_MODIFIED,
                        StartOrigin.FIRST_SEEN,
                        StartOrigin.UNKNOWN);
        assertThat(StartOrigin.UNIQUEID.isBetterThan(StartOrigin.NAME_STAMP)).isTrue();
        assertThat(StartOrigin.NAME_STAMP.isBetterThan(StartOrigin.UNIQUEID)).isFalse();
        assertThat(StartOrigin.UNIQUEID.isBetterThan(StartOrigin.UNIQUEID)).isFalse();
    }

    @Test
    void keepsTheBestStartInWhateverOrderTheyCome() {
        CallRecording worseLast =
                recording()
                        .start(EARLY, StartOrigin.UNIQUEID)
                        .start(LATE, StartOrigin.LAST_MODIFIED)
                        .build();
        CallRecording betterLast =
                worseLast.toBuilder().start(LATE, StartOrigin.CALL_RECORD).build();

        assertThat(worseLast.start()).contains(EARLY);
        assertThat(worseLast.startOrigin()).isEqualTo(StartOrigin.UNIQUEID);
        assertThat(betterLast.start()).contains(LATE);
        assertThat(betterLast.startOrigin()).isEqualTo(StartOrigin.CALL_RECORD);
    }

    @Test
    void aStartOfTheSameOriginIsReplaced() {
        assertThat(
                        recording()
                                .start(EARLY, StartOrigin.CALL_RECORD)
                                .start(LATE, StartOrigin.CALL_RECORD)
                                .build()
                                .start())
                .contains(LATE);
    }

    @Test
    void aStartComesFromSomewhere() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> recording().start(EARLY, StartOrigin.UNKNOWN));
        assertThat(recording().build().startOrigin()).isEqualTo(StartOrigin.UNKNOWN);
        assertThat(recording().build().start()).isEmpty();
    }

    @Test
    void theKeyIsWrittenTheSameWayForEver() {
        assertThat(CallRecording.builder("aa:bb", "2026/11/21/out-+61 x").revision(2).build().key())
                .isEqualTo("aa:bb|2026/11/21/out-+61%0020x|2");
    }

    @Test
    void theKeyStaysWhenMoreIsLearnt() {
        assertThat(full().key()).isEqualTo(recording().build().key());
    }

    @Property
    void differentRecordingsNeverShareAKey(
            @ForAll @NotEmpty String pbx,
            @ForAll @NotEmpty String name,
            @ForAll @Positive int revision,
            @ForAll @NotEmpty String otherPbx,
            @ForAll @NotEmpty String otherName) {
        CallRecording one = CallRecording.builder(pbx, name).revision(revision).build();
        CallRecording other = CallRecording.builder(otherPbx, otherName).revision(revision).build();

        assertThat(one.key().equals(other.key()))
                .isEqualTo(pbx.equals(otherPbx) && name.equals(otherName));
        assertThat(one.key()).matches("[!-~]+");
    }

    @Test
    void needsAPbxAndAName() {
        assertThatIllegalArgumentException().isThrownBy(() -> CallRecording.builder("", "a"));
        assertThatIllegalArgumentException().isThrownBy(() -> CallRecording.builder("a", ""));
    }

    @Test
    void refusesNumbersThatCanNotBe() {
        assertThatIllegalArgumentException().isThrownBy(() -> recording().revision(0));
        assertThatIllegalArgumentException().isThrownBy(() -> recording().size(-1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "abc",
                "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855"
            })
    void refusesWhatIsNoHash(String hash) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> recording().sha256(hash))
                .withMessageContaining("64 hexadecimal digits");
    }

    @Test
    void copiesEverythingIntoItsBuilder() {
        assertThat(full().toBuilder().build()).isEqualTo(full()).hasSameHashCodeAs(full());
    }

    @Test
    void differsInEveryPart() {
        assertThat(
                        List.of(
                                full().toBuilder().revision(2),
                                full().toBuilder().uniqueid("x"),
                                full().toBuilder().linkedid("x"),
                                full().toBuilder().source("x"),
                                full().toBuilder().road("x"),
                                full().toBuilder().direction(CallDirection.INBOUND),
                                full().toBuilder().from(Address.extension("9")),
                                full().toBuilder().to(Address.extension("9")),
                                full().toBuilder().start(LATE, StartOrigin.CALL_RECORD),
                                full().toBuilder().duration(Duration.ZERO),
                                full().toBuilder().format("mp3"),
                                full().toBuilder().size(0),
                                full().toBuilder().sha256("b".repeat(64)),
                                full().toBuilder().raw(RawFields.empty())))
                .allSatisfy(other -> assertThat(other.build()).isNotEqualTo(full()));
    }

    @Test
    void showsNoCallerInLogs() {
        CallRecording recording =
                CallRecording.builder("pbx", "in-61491570110-61491570156-20261121-000656-1.2")
                        .uniqueid("1.2")
                        .from(Address.phone("+61491570156"))
                        .build();
        RecordingEntry entry = RecordingEntry.of(recording.name());
        RecordingEnded ended = RecordingEnded.builder().file(recording.name()).build();

        assertThat(recording.toString()).contains("1.2").doesNotContain("61491570");
        assertThat(entry.toString()).doesNotContain("61491570");
        assertThat(ended.toString()).doesNotContain("61491570");
    }

    @Test
    void aSignalNamesAFileOrAChannel() {
        assertThatIllegalStateException()
                .isThrownBy(() -> RecordingEnded.builder().build())
                .withMessage("set file(...) or uniqueid(...) before build()");
        RecordingEnded ended =
                RecordingEnded.builder().uniqueid("1.2").linkedid("1.1").endedAt(LATE).build();

        assertThat(ended.uniqueid()).contains("1.2");
        assertThat(ended.file()).isEmpty();
        assertThat(ended)
                .isEqualTo(
                        RecordingEnded.builder()
                                .uniqueid("1.2")
                                .linkedid("1.1")
                                .endedAt(LATE)
                                .build())
                .isNotEqualTo(RecordingEnded.builder().uniqueid("1.2").build());
    }

    private static CallRecording.Builder recording() {
        return CallRecording.builder("pbx", "2026/11/21/internal-102-101-1795219616.168");
    }

    private static CallRecording full() {
        return recording()
                .uniqueid("1795219616.168")
                .linkedid("1795219616.168")
                .source("ari pbx.example.com")
                .road("ari")
                .direction(CallDirection.INTERNAL)
                .from(Address.extension("101"))
                .to(Address.extension("102"))
                .start(EARLY, StartOrigin.CALL_RECORD)
                .duration(Duration.ofMillis(4020))
                .format("wav")
                .size(64364)
                .sha256("a".repeat(64))
                .raw(RawFields.of(Map.of("name", "x")))
                .build();
    }
}
