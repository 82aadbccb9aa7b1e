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
        for (JsonText one = elements.next(); one != null; one = elements.next()) {
            all.add(one.source(JsonText.ROOT));
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
        return new AriObject(Objects.requireNonNull(elements.next()), JsonText.ROOT);
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
