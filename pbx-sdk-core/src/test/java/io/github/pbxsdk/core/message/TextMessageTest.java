package io.github.pbxsdk.core.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.core.RawFields;
import io.github.pbxsdk.core.message.TextMessage.Direction;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextMessageTest {

    private static final PhoneNumber PATIENT = Address.phone("+61491570156");
    private static final PhoneNumber CLINIC = Address.phone("+61491570110");

    @Test
    void aClinicWritesAReminder() {
        TextMessage reminder =
                TextMessage.to(PATIENT)
                        .from(Address.senderName("EyeCare"))
                        .text("See you tomorrow at 3 pm")
                        .reference("appointment-1214")
                        .build();

        assertThat(reminder.direction()).isEqualTo(Direction.OUTBOUND);
        assertThat(reminder.to()).containsExactly(PATIENT);
        assertThat(reminder.from()).contains(Address.senderName("eyecare"));
        assertThat(reminder.text()).isEqualTo("See you tomorrow at 3 pm");
        assertThat(reminder.reference()).contains("appointment-1214");
        assertThat(reminder.id()).isEmpty();
        assertThat(reminder.media()).isEmpty();
    }

    @Test
    void aSoftphoneAnswersAnotherExtension() {
        TextMessage question =
                received(Address.extension("102"), Address.extension("101")).text("Free?").build();

        TextMessage answer = question.reply("Yes").build();

        assertThat(answer.to()).containsExactly(Address.extension("102"));
        assertThat(answer.from()).contains(Address.extension("101"));
        assertThat(answer.text()).isEqualTo("Yes");
        assertThat(answer.direction()).isEqualTo(Direction.OUTBOUND);
    }

    @Test
    void anAlarmCentreSendsToAGroupWhileItMatters() {
        TextMessage alarm =
                TextMessage.to(Address.extension("201"), Address.extension("202"))
                        .text("Smoke, hall 3")
                        .validFor(Duration.ofMinutes(5))
                        .putAttribute("Priority", "emergency")
                        .build();

        assertThat(alarm.to()).hasSize(2);
        assertThat(alarm.validFor()).contains(Duration.ofMinutes(5));
        assertThat(alarm.attributes()).containsExactly(Map.entry("Priority", "emergency"));
    }

    @Test
    void aReceivedMessageKeepsWhateverThePeerSent() {
        TextMessage broken =
                TextMessage.builder(Direction.INBOUND)
                        .from(Address.unparsed("Anonymous"))
                        .text("half an emoji \ud83d")
                        .sentAt(Instant.EPOCH)
                        .raw(RawFields.builder().add("Via", "a").add("Via", "b").build())
                        .build();

        assertThat(broken.text()).endsWith("\ud83d");
        assertThat(broken.to()).isEmpty();
        assertThat(broken.sentAt()).contains(Instant.EPOCH);
        assertThat(broken.raw().all("via")).containsExactly("a", "b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud83d", "ab\ude00", "\ude00\ud83d", "ok \ud83d ok", "😀\ud83d"})
    void refusesToSendHalfACharacter(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TextMessage.to(PATIENT).text(text).build())
                .withMessageContaining("lone surrogate");
    }

    @Test
    void saysWhereTheHalfCharacterIs() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TextMessage.to(PATIENT).text("😀b\ud83d").build())
                .withMessageContaining("position 3");
    }

    @Test
    void sendsWholeCharactersOfAnyKind() {
        String text = "Zoë 👩‍⚕️ 🇦🇺 \r\n\u0000";

        assertThat(TextMessage.to(PATIENT).text(text).build().text()).isEqualTo(text);
    }

    @Test
    void asksForATextOrAFile() {
        TextMessage.Builder empty = TextMessage.to(PATIENT);

        assertThatIllegalStateException()
                .isThrownBy(empty::build)
                .withMessage("set text(...) or addMedia(...) before build()");
        assertThat(empty.text("").build().text()).isEmpty();
        assertThat(
                        TextMessage.to(PATIENT)
                                .addMedia(MediaItem.of(URI.create("https://a.example/x.png")))
                                .build()
                                .text())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1})
    void isValidForSomeTime(long seconds) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TextMessage.to(PATIENT).validFor(Duration.ofSeconds(seconds)))
                .withMessageContaining("validFor");
    }

    @Test
    void doesNotChangeWithItsBuilder() {
        TextMessage.Builder builder = TextMessage.to(PATIENT).text("one").putAttribute("a", "1");
        TextMessage first = builder.build();

        builder.addTo(CLINIC).text("two").putAttribute("b", "2");

        assertThat(first.to()).containsExactly(PATIENT);
        assertThat(first.text()).isEqualTo("one");
        assertThat(first.attributes()).containsOnlyKeys("a");
        assertThatThrownBy(() -> first.attributes().put("c", "3"))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void copiesEverythingIntoItsBuilder() {
        TextMessage full = full();

        assertThat(full.toBuilder().build()).isEqualTo(full).hasSameHashCodeAs(full);
    }

    @Test
    void differsInEveryPart() {
        TextMessage full = full();

        assertThat(
                        List.of(
                                full.toBuilder().id(MessageId.of("other")),
                                full.toBuilder().from(CLINIC),
                                full.toBuilder().to(List.of(CLINIC)),
                                full.toBuilder().text("other"),
                                full.toBuilder().media(List.of()),
                                full.toBuilder().reference("other"),
                                full.toBuilder().inReplyTo(MessageId.of("other")),
                                full.toBuilder().thread("other"),
                                full.toBuilder().via("other"),
                                full.toBuilder().scheduledAt(Instant.MAX),
                                full.toBuilder().validFor(Duration.ofDays(9)),
                                full.toBuilder().sentAt(Instant.MAX),
                                full.toBuilder().receivedAt(Instant.MAX),
                                full.toBuilder().attributes(Map.of()),
                                full.toBuilder().raw(RawFields.empty())))
                .allSatisfy(other -> assertThat(other.build()).isNotEqualTo(full));
    }

    @Property
    void neverShowsTextOrWholeNumbersInLogs(
            @ForAll("phoneNumbers") PhoneNumber from,
            @ForAll("phoneNumbers") PhoneNumber to,
            @ForAll @AlphaChars @StringLength(min = 12, max = 40) String text) {
        TextMessage message =
                TextMessage.to(to)
                        .from(from)
                        .text(text)
                        .reference("ref" + text)
                        .putAttribute("X-Text", text)
                        .raw(RawFields.of(Map.of("Body", text)))
                        .addMedia(
                                MediaItem.builder()
                                        .url(URI.create("https://a.example/" + text))
                                        .name(text)
                                        .build())
                        .build();

        assertThat(message.toString())
                .doesNotContain(text, from.e164(), to.e164())
                .contains(from.masked(), to.masked(), text.length() + " characters", "1 files");
    }

    @Provide
    Arbitrary<PhoneNumber> phoneNumbers() {
        return Addresses.phoneNumbers();
    }

    private static TextMessage.Builder received(Address from, Address to) {
        return TextMessage.builder(Direction.INBOUND).from(from).addTo(to);
    }

    private static TextMessage full() {
        return TextMessage.builder(Direction.OUTBOUND)
                .id(MessageId.of("SM1"))
                .from(Address.senderName("EyeCare"))
                .to(List.of(PATIENT, Address.phone("+61491570157")))
                .text("Hello")
                .media(List.of(MediaItem.of("x".getBytes(StandardCharsets.UTF_8), "text/plain")))
                .reference("r-1")
                .inReplyTo(MessageId.of("SM0"))
                .thread("t-1")
                .via("twilio AC1")
                .scheduledAt(Instant.EPOCH)
                .validFor(Duration.ofMinutes(5))
                .sentAt(Instant.EPOCH.plusSeconds(1))
                .receivedAt(Instant.EPOCH.plusSeconds(2))
                .attributes(Map.of("a", "1"))
                .raw(RawFields.of(Map.of("b", "2")))
                .build();
    }

    @Nested
    class AnAnswer {

        @Test
        void belongsToTheMessageAndItsConversation() {
            TextMessage question =
                    received(PATIENT, CLINIC).id(MessageId.of("SM1")).thread("t-1").build();

            TextMessage answer = question.reply("Yes").build();

            assertThat(answer.inReplyTo()).contains(MessageId.of("SM1"));
            assertThat(answer.thread()).contains("t-1");
            assertThat(answer.id()).isEmpty();
            assertThat(answer.raw().isEmpty()).isTrue();
        }

        @Test
        void leavesTheSenderToTheRoadWhereItIsNotClear() {
            TextMessage toAGroup =
                    received(PATIENT, CLINIC).addTo(Address.extension("102")).build();

            assertThat(toAGroup.reply("Yes").build().from()).isEmpty();
        }

        @Test
        void isNotPossibleToANameOrNobody() {
            TextMessage fromAName = received(Address.senderName("Bank"), CLINIC).build();
            TextMessage fromNobody = TextMessage.builder(Direction.INBOUND).build();

            assertThatIllegalStateException()
                    .isThrownBy(() -> fromAName.reply("Yes"))
                    .withMessageContaining("from a name");
            assertThatIllegalStateException()
                    .isThrownBy(() -> fromNobody.reply("Yes"))
                    .withMessageContaining("from nobody");
        }

        @Test
        void isNotPossibleToAMessageOfOurOwn() {
            TextMessage own = TextMessage.to(PATIENT).text("Hello").build();

            assertThatIllegalStateException().isThrownBy(() -> own.reply("Hello me"));
        }
    }
}
