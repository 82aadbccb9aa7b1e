package io.github.pbxsdk.core.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** What version 1 of the formats looks like, for ever: these texts must always open. */
class SealedFormatTest {

    private static final SecretField FIELD = SecretField.of("acme", "pbx-7", "ami.secret");
    private static final VaultKey KEY = SecretVaultTest.key("2025", 0);

    private static final String TEXT =
            "pbx1.2025.AAECAwQFBgcICQoL.NDG1aaCR79gxbGcUP05MfPw_paqYtWQ0lSDx73RX";

    private static final String EMPTY_TEXT = "pbx1.2025.AAECAwQFBgcICQoL.HSdbttH0Z1UsxDkvHi8Y0g";

    private static final String STREAM_HEADER =
            "pbxs1.2025.AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    private static final String STREAM_CHUNK =
            "a8b8b006347750fe307a0a7751cf6030327e5301babab5a7608d434664ed";

    private final SecretVault vault = SecretVault.of(KEY);

    @Test
    void textOfVersion1Opens() {
        assertThat(vault.open(FIELD, TEXT)).isEqualTo("s3cret-ü-🎧");
        assertThat(vault.open(FIELD, EMPTY_TEXT)).isEmpty();
    }

    @Test
    void textOfVersion1IsWrittenAsEver() {
        byte[] nonce = HexFormat.of().parseHex("000102030405060708090a0b");

        assertThat(SealedText.seal(KEY, FIELD, "s3cret-ü-🎧", nonce)).hasToString(TEXT);
        assertThat(SealedText.seal(KEY, FIELD, "", nonce)).hasToString(EMPTY_TEXT);
    }

    @Test
    void streamOfVersion1Opens() throws IOException {
        try (InputStream in = vault.opening(FIELD, new ByteArrayInputStream(goldenStream()))) {
            assertThat(in.readAllBytes())
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo("RIFF and so on");
        }
    }

    @Test
    void streamOfVersion1IsWrittenAsEver() throws IOException {
        assertThat(streamWithFixedSalt()).isEqualTo(goldenStream());
    }

    private static byte[] goldenStream() {
        byte[] header = (STREAM_HEADER + "\n").getBytes(StandardCharsets.US_ASCII);
        byte[] chunk = HexFormat.of().parseHex(STREAM_CHUNK);
        byte[] all = new byte[header.length + chunk.length];
        System.arraycopy(header, 0, all, 0, header.length);
        System.arraycopy(chunk, 0, all, header.length, chunk.length);
        return all;
    }

    private static byte[] streamWithFixedSalt() throws IOException {
        byte[] plain = "RIFF and so on".getBytes(StandardCharsets.UTF_8);
        byte[] salt = new byte[32];
        salt[0] = 1;
        try (InputStream in =
                new SealingStream(KEY, FIELD, new ByteArrayInputStream(plain), salt)) {
            return in.readAllBytes();
        }
    }
}
