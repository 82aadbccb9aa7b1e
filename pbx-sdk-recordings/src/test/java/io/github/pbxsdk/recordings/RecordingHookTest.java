package io.github.pbxsdk.recordings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.pbxsdk.core.event.Subscription;
import io.github.pbxsdk.core.recording.RecordingEnded;
import io.github.pbxsdk.core.time.ManualTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordingHookTest {

    private static final String KEY = "0123456789abcdef";
    private static final String BODY =
            "{\"file\":\"in-1-2-20261121-030000-1795230000.168.wav\","
                    + "\"uniqueid\":\"1795230000.168\",\"linkedid\":\"1795230000.167\","
                    + "\"time\":1795230060}";

    private final ManualTime time = ManualTime.startingAt(Instant.ofEpochSecond(1795230061));
    private final RecordingHook hook = RecordingHook.of(KEY, time);
    private final List<RecordingEnded> told = new ArrayList<>();
    private final Subscription subscription = hook.subscribe(told::add);

    private static String signature(String body) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return "sha256="
                + HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
    }

    private int receive(String body, String signature) {
        return hook.receive(body.getBytes(StandardCharsets.UTF_8), signature);
    }

    @Test
    void tellsWhichRecordingIsComplete() throws Exception {
        assertThat(receive(BODY, signature(BODY))).isEqualTo(204);

        assertThat(told)
                .singleElement()
                .satisfies(
                        ended -> {
                            assertThat(ended.uniqueid()).contains("1795230000.168");
                            assertThat(ended.linkedid()).contains("1795230000.167");
                            assertThat(ended.file())
                                    .contains("in-1-2-20261121-030000-1795230000.168.wav");
                        });
        subscription.close();
        assertThat(receive(BODY, signature(BODY))).isEqualTo(204);
        assertThat(told).hasSize(1);
    }

    @Test
    void aWrongSignatureIsRefused() throws Exception {
        assertThat(receive(BODY.replace("168", "169"), signature(BODY))).isEqualTo(401);
        assertThat(receive(BODY, "")).isEqualTo(401);
        assertThat(told).isEmpty();
    }

    @Test
    void anOldCallIsRefused() throws Exception {
        time.advance(Duration.ofMinutes(11));

        assertThat(receive(BODY, signature(BODY))).isEqualTo(408);
        assertThat(told).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"uniqueid\":\"../x\",\"time\":1795230060}"})
    void whatCanNotBeReadIsRefused(String body) throws Exception {
        assertThat(receive(body, signature(body))).isEqualTo(400);
        assertThat(told).isEmpty();
    }

    @Test
    void aPathIsNotTaken() throws Exception {
        String body = BODY.replace("in-1-2", "../../etc/in-1-2");

        assertThat(receive(body, signature(body))).isEqualTo(204);
        assertThat(told.get(0).file()).isEmpty();
    }

    @Test
    void theScriptIsGivenIdsOnly() {
        assertThat(RecordingHook.COMMAND).doesNotContain("FILENAME", "$");
        assertThat(RecordingHook.script()).startsWith("#!/bin/sh\n");
        assertThat(RecordingHook.script().lines().filter(line -> !line.startsWith("#")).count())
                .isLessThanOrEqualTo(10);
        assertThatIllegalArgumentException().isThrownBy(() -> RecordingHook.of("short"));
    }
}
