package io.github.pbxsdk.it.ari;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.ari.AriClient;
import io.github.pbxsdk.it.lab.Asterisk;
import io.github.pbxsdk.it.lab.OnAsterisk;
import io.github.pbxsdk.samples.AriIvr;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The sample {@code ari-ivr}, a process of its own, and a telephone that calls it. */
@OnAsterisk
@Timeout(90)
class AriIvrIT {

    private static final int PHONE = 1016;

    private static Process ivr(Asterisk asterisk) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        AriIvr.class.getName(),
                        "--json",
                        "--ari-url",
                        asterisk.ari().toString(),
                        "--ari-user",
                        asterisk.ariCredentials().user(),
                        "--ari-password",
                        asterisk.ariCredentials().secret(),
                        "--application",
                        "lab",
                        "--greeting",
                        "beep",
                        "--message",
                        "2s")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    @Test
    void aTelephoneIsAnsweredReadRecordedAndHungUpOn(Asterisk asterisk) throws Exception {
        Process ivr = ivr(asterisk);
        try (BufferedReader said = ivr.inputReader(StandardCharsets.UTF_8);
                SipPhone phone = SipPhone.register(asterisk.sip(), asterisk.extension(PHONE))) {
            assertThat(said.readLine()).isEqualTo("{\"ready\":\"lab\"}");

            String number = asterisk.setting("NUMBER_STASIS");
            try (SipCall call = phone.call(number)) {
                assertThat(said.readLine()).contains("\"from\":\"" + PHONE + "\"");
                call.press("1234#");
                assertThat(said.readLine()).isEqualTo("{\"digits\":\"1234\"}");
                phone.awaitHangup();
            }

            assertThatTheMessageIsThere(asterisk, said.readLine());
            assertThat(said.readLine()).startsWith("{\"ended\":");
        } finally {
            ivr.destroy();
        }
    }

    private static void assertThatTheMessageIsThere(Asterisk asterisk, String line) {
        Matcher message =
                Pattern.compile("\\{\"message\":\\{\"name\":\"(messages/[^\"]+)\",\"seconds\":2}}")
                        .matcher(line);
        assertThat(message.matches()).as(line).isTrue();
        try (AriClient ari =
                AriClient.builder()
                        .baseUri(asterisk.ari())
                        .credentials(asterisk.ariCredentials())
                        .build()) {
            String name = message.group(1);
            assertThat(ari.storedRecordings().get(name).format()).isEqualTo("wav");
            ari.storedRecordings().delete(name);
        }
    }
}
