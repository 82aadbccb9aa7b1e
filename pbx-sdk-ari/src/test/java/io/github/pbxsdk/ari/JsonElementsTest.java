package io.github.pbxsdk.ari;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.core.PbxProtocolException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonElementsTest {

    /** Gives one byte at a time. */
    private static InputStream drops(String text) {
        return pieces(text, 1);
    }

    /** Gives so many bytes at a time. */
    private static InputStream pieces(String text, int bytes) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(bytes, length));
            }
        };
    }

    private static List<String> cut(InputStream in) throws IOException {
        JsonElements elements = new JsonElements(in);
        List<String> all = new ArrayList<>();
        for (AriObject one = elements.next(); one != null; one = elements.next()) {
            all.add(one.toJson());
        }
        assertThat(elements.next()).isNull();
        return all;
    }

    @Test
    void cutsWhereAnObjectEndsAndNowhereElse() throws IOException {
        String text =
                " [\n{\"a\":\"}]{[\\\"\\\\\"} , {\"größe\":[{},[{}]],\"b\":{\"c\":\"😀\"}}\r\n,{}\t] ";

        assertThat(cut(drops(text)))
                .containsExactly(
                        "{\"a\":\"}]{[\\\"\\\\\"}",
                        "{\"größe\":[{},[{}]],\"b\":{\"c\":\"😀\"}}",
                        "{}");
        assertThat(cut(drops("[]"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 4096, 8192, 100_000})
    void takesPiecesThatEndAnywhereEvenWithinACharacter(int bytes) throws IOException {
        List<String> objects = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            objects.add("{\"name\":\"größe😀 " + i + "\",\"in\":{\"a\":[" + i + "]}}");
        }

        assertThat(cut(pieces("[" + String.join(",", objects) + "]", bytes))).isEqualTo(objects);
    }

    @Test
    void anObjectMayBeLongerThanTheBuffer() throws IOException {
        String longest = "{\"a\":\"" + "x".repeat(100_000) + "\"}";

        assertThat(cut(drops("[{}," + longest + "]"))).containsExactly("{}", longest);
    }

    @Test
    void whatIsInAnObjectIsFoundWhereverItStandsInTheList() throws IOException {
        JsonElements elements =
                new JsonElements(
                        drops("[{\"a\":\"größe\"}, {\"\\u0062\":[true,{\"c\":null}],\"d\":1.5}]"));

        assertThat(read(elements).text("a")).isEqualTo("größe");
        AriObject second = read(elements);
        assertThat(second.names()).containsExactly("b", "d");
        assertThat(second.objects("b").get(0).names()).containsExactly("c");
        assertThat(second.decimal("d")).hasValue(1.5);
    }

    private static AriObject read(JsonElements elements) throws IOException {
        return Objects.requireNonNull(elements.next());
    }

    /** A string is passed over in steps of eight bytes. */
    @Test
    void aStringEndsWhereverItsQuoteStands() throws IOException {
        List<String> objects = new ArrayList<>();
        for (int length = 0; length < 30; length++) {
            String plain = "x".repeat(length);
            objects.add("{\"" + plain + "\":\"ä" + plain + "!]\",\"b\":\"" + plain + "\"}");
            objects.add("{\"" + plain + "\\\"}\":\"" + plain + "\\\\\",\"c\":\"😀" + plain + "\"}");
        }

        assertThat(cut(drops("[" + String.join(",", objects) + "]"))).isEqualTo(objects);
        assertThat(cut(pieces("[" + String.join(",", objects) + "]", 8192))).isEqualTo(objects);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8192})
    void whatComesBeforeSomethingUnreadableIsHandedOut(int bytes) throws IOException {
        JsonElements elements =
                new JsonElements(pieces("[{\"a\":1}, {\"a\":{\"b\":2}}, {\"a\":oops}]", bytes));

        assertThat(read(elements).number("a")).hasValue(1);
        assertThat(read(elements).object("a").number("b")).hasValue(2);
        assertThatThrownBy(elements::next)
                .isInstanceOf(PbxProtocolException.class)
                .hasMessageContaining("an unexpected sign");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[",
                "[{}",
                "[{},",
                "[{},]",
                "[1]",
                "[{}{}]",
                "[{\"a\":\"",
                "[{\"a\":tru",
                "[{\"a\":trux}]",
                "[{\"a\":1]}",
                "[{\"a\":\"größe",
                "<html>"
            })
    void refusesWhatIsNoListOfObjects(String text) {
        assertThatThrownBy(() -> cut(drops(text))).isInstanceOf(PbxProtocolException.class);
    }
}
