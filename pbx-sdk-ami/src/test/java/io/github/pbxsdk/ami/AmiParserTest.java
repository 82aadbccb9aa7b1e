package io.github.pbxsdk.ami;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.core.PbxProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AmiParserTest {

    @ParameterizedTest
    @MethodSource("io.github.pbxsdk.ami.RecordedSession#all")
    void readsAndWritesRecordedSessionsWithoutALoss(RecordedSession session) {
        List<AmiFields> messages = parse(session.serverText(), 1400);

        assertThat(messages).isNotEmpty();
        StringBuilder written = new StringBuilder();
        for (AmiFields message : messages) {
            for (AmiFields.Field field : message) {
                written.append(field.name().isEmpty() ? "" : field.name() + ": ");
                written.append(field.value()).append("\r\n");
            }
            written.append("\r\n");
        }
        assertThat(withoutEmptyMessages(written.toString()))
                .isEqualTo(withoutEmptyMessages(session.serverText()));
    }

    @Property(tries = 50)
    void itDoesNotMatterHowTheBytesAreCut(
            @ForAll("sessions") RecordedSession session,
            @ForAll @IntRange(min = 1, max = 200) int size) {
        assertThat(parse(session.serverText(), size))
                .isEqualTo(parse(session.serverText(), Integer.MAX_VALUE));
    }

    @Provide
    Arbitrary<RecordedSession> sessions() {
        return Arbitraries.of(RecordedSession.all().toList());
    }

    @Property
    void whatCanBeSentIsReadAsItWasMeant(@ForAll("lines") List<AmiFields.Field> lines) {
        AmiFields sent = AmiFields.of(lines);
        byte[] wire;
        try {
            wire = AmiEncoder.encode(sent);
        } catch (IllegalArgumentException refused) {
            assertThat(lines).anyMatch(AmiParserTest::isUnfit);
            return;
        }

        assertThat(lines).noneMatch(AmiParserTest::isUnfit);
        assertThat(parse(new String(wire, StandardCharsets.UTF_8), 7)).containsExactly(sent);
    }

    @Provide
    Arbitrary<List<AmiFields.Field>> lines() {
        Arbitrary<String> names = Arbitraries.strings().ascii().ofMaxLength(8);
        Arbitrary<String> proper = Arbitraries.strings().alpha().numeric().ofMinLength(1);
        Arbitrary<String> values =
                Arbitraries.strings().withCharRange('\0', '\ud7ff').ascii().ofMaxLength(20);
        return Combinators.combine(
                        Arbitraries.frequencyOf(Tuple.of(1, names), Tuple.of(9, proper)), values)
                .as(AmiFields.Field::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(5);
    }

    private static boolean isUnfit(AmiFields.Field line) {
        return !line.name().matches("[!-9;-~]+") || line.value().matches("(?s).*[\r\n\0].*");
    }

    @Test
    void splitsAtTheFirstColonAndTakesOneBlank() {
        AmiFields fields =
                one("Event: X\r\nA:1\r\nB: 2: 3\r\nC:  two blanks\r\nD: \r\nE:\r\nF : odd\r\n\r\n");

        assertThat(fields.get("A")).isEqualTo("1");
        assertThat(fields.get("B")).isEqualTo("2: 3");
        assertThat(fields.get("C")).isEqualTo(" two blanks");
        assertThat(fields.get("D")).isEmpty();
        assertThat(fields.get("E")).isEmpty();
        assertThat(fields.get("F ")).isEqualTo("odd");
    }

    @Test
    void takesLinesThatEndWithLineFeedOnly() {
        List<AmiFields> messages =
                parse("Response: Success\nA: 1\n\nEvent: B\r\n\r\n\nEvent: C\r\n\n", 7);

        assertThat(messages)
                .containsExactly(
                        AmiFields.of("Response", "Success", "A", "1"),
                        AmiFields.of("Event", "B"),
                        AmiFields.of("Event", "C"));
    }

    @Test
    void keepsRepeatedNamesInOrder() {
        AmiFields fields = one("Event: X\r\nOutput: a\r\nVariable: v\r\nOutput: b\r\n\r\n");

        assertThat(fields.all("output")).containsExactly("a", "b");
        assertThat(fields.get("OUTPUT")).isEqualTo("a");
    }

    @Test
    void keepsALineWithoutAColon() {
        AmiFields fields = one("Event: X\r\nsome table row\r\nA: 1\r\n\r\n");

        assertThat(fields)
                .contains(new AmiFields.Field("", "some table row"), new AmiFields.Field("A", "1"));
    }

    @Test
    void readsCommandOutputOfOldServers() {
        AmiFields fields =
                parse(
                                "Response: Follows\r\nPrivilege: Command\r\nActionID: 7\r\n"
                                        + "Channel: Location\n\n0 active channels\n--END COMMAND--\r\n\r\n"
                                        + "Event: Next\r\n\r\n",
                                Integer.MAX_VALUE)
                        .get(0);

        assertThat(fields.get("ActionID")).isEqualTo("7");
        assertThat(fields.all(""))
                .containsExactly("Channel: Location", "", "0 active channels", "--END COMMAND--");
    }

    @Test
    void replacesWhatIsNotUtf8() {
        AmiParser parser = new AmiParser();
        feed(parser, new byte[] {'A', ':', ' ', (byte) 0xFF, 'x', '\n', '\n'}, 0, 7);

        assertThat(parser.next()).isEqualTo(AmiFields.of("A", "\uFFFDx"));
    }

    @Test
    void readsTheGreeting() {
        AmiParser parser = new AmiParser();
        byte[] bytes =
                "Asterisk Call Manager/5.0.4\r\nEvent: A\r\n\r\n".getBytes(StandardCharsets.UTF_8);
        feed(parser, bytes, 0, 10);
        assertThat(parser.nextLine()).isNull();
        feed(parser, bytes, 10, bytes.length);

        assertThat(parser.nextLine()).isEqualTo("Asterisk Call Manager/5.0.4");
        assertThat(parser.next()).isEqualTo(AmiFields.of("Event", "A"));
    }

    @Test
    void refusesALineWithoutAnEnd() {
        String endless = "A: " + "x".repeat(AmiParser.MAX_LINE_BYTES + 10);

        assertThatThrownBy(() -> parse(endless, 8192))
                .isInstanceOf(PbxProtocolException.class)
                .hasMessageContaining("a line of more than 1048576 bytes");
    }

    @Test
    void refusesAMessageWithoutAnEnd() {
        String line = "A: " + "x".repeat(1000) + "\r\n";

        assertThatThrownBy(() -> parse(line.repeat(20_000), 8192))
                .isInstanceOf(PbxProtocolException.class)
                .hasMessageContaining("a message of more than");
    }

    @Test
    void refusesTooManyLines() {
        assertThatThrownBy(() -> parse("A: \n".repeat(300_000), 8192))
                .isInstanceOf(PbxProtocolException.class)
                .hasMessageContaining("250000 lines");
    }

    private static AmiFields one(String text) {
        return parse(text, Integer.MAX_VALUE).get(0);
    }

    private static List<AmiFields> parse(String text, int size) {
        AmiParser parser = new AmiParser();
        List<AmiFields> messages = new ArrayList<>();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < bytes.length; ) {
            at = feed(parser, bytes, at, (int) Math.min((long) at + size, bytes.length));
            for (AmiFields next = parser.next(); next != null; next = parser.next()) {
                messages.add(next);
            }
        }
        return messages;
    }

    /** Feeds as much as the parser has room for; returns how far it came. */
    private static int feed(AmiParser parser, byte[] bytes, int from, int to) {
        byte[] buffer = parser.buffer();
        int count = Math.min(to - from, buffer.length - parser.writeFrom());
        System.arraycopy(bytes, from, buffer, parser.writeFrom(), count);
        parser.fed(count);
        return from + count;
    }

    private static String withoutEmptyMessages(String text) {
        return text.replaceAll("(\r\n){3,}", "\r\n\r\n").strip();
    }
}
