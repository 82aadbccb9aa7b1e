package io.github.pbxsdk.ari;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.ari.model.Channel;
import io.github.pbxsdk.ari.model.ChannelState;
import io.github.pbxsdk.ari.model.RtpStatistics;
import io.github.pbxsdk.core.PbxProtocolException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AriObjectTest {

    @Test
    void keepsWhatItDoesNotKnow() {
        Channel channel =
                Channel.fromJson(
                        "{\"id\":\"1.1\",\"state\":\"Hovering\",\"novelty\":{\"deep\":[1,2.5,null,true]}}");

        assertThat(channel.id()).isEqualTo("1.1");
        assertThat(channel.state()).isEqualTo(ChannelState.OTHER);
        assertThat(channel.stateText()).isEqualTo("Hovering");
        assertThat(channel.protocolId()).isEmpty();
        assertThat(channel.caller().name()).isEmpty();
        assertThat(channel.creationTime()).isEmpty();
        assertThat(channel.raw().object("novelty").toJson())
                .isEqualTo("{\"deep\":[1,2.5,null,true]}");
    }

    @Test
    void readsTimesWithoutAColonInTheirOffset() {
        Channel channel = Channel.fromJson("{\"creationtime\":\"2026-11-20T23:03:26.110+0100\"}");
        assertThat(channel.creationTime()).contains(Instant.parse("2026-11-20T22:03:26.110Z"));
        channel = Channel.fromJson("{\"creationtime\":\"2026-11-20T23:03:26.110+0000\"}");
        assertThat(channel.creationTime()).contains(Instant.parse("2026-11-20T23:03:26.110Z"));
        channel = Channel.fromJson("{\"creationtime\":\"2026-11-20T23:03:26+0000\"}");
        assertThat(channel.creationTime()).contains(Instant.parse("2026-11-20T23:03:26Z"));
        assertThat(Channel.fromJson("{\"creationtime\":\"soon\"}").creationTime()).isEmpty();
        assertThat(Channel.fromJson("{\"creationtime\":\"2026-13-20T23:03:26.110+0000\"}"))
                .satisfies(wrong -> assertThat(wrong.creationTime()).isEmpty());
        assertThat(Channel.fromJson("{\"creationtime\":\"202x-11-20T23:03:26.110+0000\"}"))
                .satisfies(wrong -> assertThat(wrong.creationTime()).isEmpty());
    }

    @Test
    void numbersMayBeLongerThanAnInt() {
        RtpStatistics rtp =
                RtpStatistics.fromJson(
                        "{\"local_ssrc\":4294967295,\"rtt\":0.015,\"txcount\":1e999999999999}");
        assertThat(rtp.localSsrc()).hasValue(4294967295L);
        assertThat(rtp.rtt()).hasValue(0.015);
        assertThat(rtp.txcount()).isEmpty();
        assertThat(rtp.raw().text("txcount")).isEqualTo("1e999999999999");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "[]", "{\"a\":1", "{\"a\":1} x", "{a:1}", "<html>"})
    void refusesWhatIsNoObjectAndDoesNotQuoteIt(String text) {
        assertThatThrownBy(() -> AriObject.parse(text))
                .isInstanceOfSatisfying(
                        PbxProtocolException.class, e -> assertThat(e.rawText()).isEqualTo(text))
                .hasMessageNotContaining("html");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{,}", "{\"a\":[1,]}", "{\"a\":[1",
                        "{\"a\":tru}",
                "{\"a\":\"\\x\"}", "{\"a\":\"\\u12g4\"}", "{\"a\":\"", "{\"a\":\"\\", "{\"a\":@}",
                        "{", "  "
            })
    void refusesWhatIsBroken(String text) {
        assertThatThrownBy(() -> AriObject.parse(text)).isInstanceOf(PbxProtocolException.class);
        assertThatThrownBy(() -> AriFrame.of(text)).isInstanceOf(PbxProtocolException.class);
    }

    @Test
    void readsEscapesInNamesAndValuesAndBlanksAnywhere() {
        AriObject object =
                AriObject.parse(
                        " {\t\"a\\\"\\u0062\" : \"x\\n\\/\\\\\\ud83d\\ude00\" ,\r\n \"e\":{ } , \"l\":[ ] , \"n\":null}");

        assertThat(object.names()).containsExactly("a\"b", "e", "l", "n");
        assertThat(object.text("a\"b")).isEqualTo("x\n/\\😀");
        assertThat(object.object("e").isEmpty()).isTrue();
        assertThat(object.texts("l")).isEmpty();
        assertThat(object.has("n")).isFalse();
        assertThat(object.text("a")).isEmpty();
        assertThat(AriFrame.of("{\"a\":{\"type\":\"no\"}, \"type\" : \"yes\"}").type())
                .isEqualTo("yes");
        assertThat(AriFrame.of("{\"a\":\"type\",\"type\":1}").type()).isEmpty();
    }

    @Test
    void findsAMemberByItsWholeNameInWhateverLettersItIs() {
        AriObject object = AriObject.parse("{\"größe\":\"1\",\"na\":\"2\",\"name\":\"😀\"}");

        assertThat(object.text("größe")).isEqualTo("1");
        assertThat(object.text("grö")).isEmpty();
        assertThat(object.text("name")).isEqualTo("😀");
        assertThat(object.text("nam")).isEmpty();
        assertThat(object.has("na\":\"2")).isFalse();
        assertThat(object.has("name\":\"😀\"}")).isFalse();
    }

    @Test
    void anObjectAsDeepAsAWellIsRefused() {
        String deep = "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000);
        assertThatThrownBy(() -> AriObject.parse(deep)).isInstanceOf(PbxProtocolException.class);
    }

    @Test
    void printsNamesAndNoValues() {
        AriObject object = AriObject.parse("{\"Authorization\":\"Digest secret\"}");
        assertThat(object.toString()).isEqualTo("[Authorization]");
    }

    static Iterable<String> frames() {
        return RecordedEvents.all().limit(300).toList();
    }

    @ParameterizedTest
    @MethodSource("frames")
    void writesWhatItRead(String frame) {
        AriObject object = AriObject.parse(frame);
        assertThat(AriObject.parse(object.toJson())).isEqualTo(object);
        assertThat(object.toJson()).isEqualTo(frame);
    }
}
