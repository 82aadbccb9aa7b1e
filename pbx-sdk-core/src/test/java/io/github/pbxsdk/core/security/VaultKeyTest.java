package io.github.pbxsdk.core.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VaultKeyTest {

    private static final String BASE64 = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwd+/8=";

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                BASE64,
                "  " + BASE64 + "\r\n",
                "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwd+/8",
                "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwd-_8",
                "000102030405060708090a0b0c0d0e0f101112131415161718191A1B1C1DFBFF"
            })
    void readsBase64AndHex(String text) {
        assertThat(VaultKey.parse("a", text).encoded()).isEqualTo(BASE64);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "changeit", "AAECAwQFBgcICQoLDA0ODw==", "00010203", "!!!notakey!!!"})
    void whatIsNoKeyIsRefusedWithoutBeingShown(String text) {
        assertThatThrownBy(() -> VaultKey.parse("2026", text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause()
                .hasMessage(
                        "the text of key 2026 does not hold a key: put in 32 random bytes as Base64"
                                + " or hex, such as openssl rand -base64 32 prints");
    }

    @Test
    void readsTheEnvironment() {
        VaultKey key = VaultKey.fromEnvironment("2026", "VAULT", Map.of("VAULT", BASE64)::get);

        assertThat(key.encoded()).isEqualTo(BASE64);
        assertThat(key.id()).isEqualTo("2026");
    }

    @Test
    void missingVariableIsNamed() {
        assertThatThrownBy(() -> VaultKey.fromEnvironment("2026", "NO_SUCH_VARIABLE_OF_PBX_SDK"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "key 2026 is missing: set the environment variable"
                                + " NO_SUCH_VARIABLE_OF_PBX_SDK to 32 random bytes");
    }

    @Test
    void readsAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("vault.key"), BASE64 + "\n");

        assertThat(VaultKey.fromFile("2026", file).encoded()).isEqualTo(BASE64);
    }

    @Test
    void missingFileIsNamed() {
        assertThatThrownBy(() -> VaultKey.fromFile("2026", folder.resolve("none")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("key 2026 cannot be read from the file")
                .hasMessageContaining("none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.b", "a b", "ä"})
    void idThatDoesNotFitIntoATextIsRefused(String id) {
        assertThatThrownBy(() -> VaultKey.parse(id, BASE64))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the id of a key is 1 to 64 letters, digits, - or _");
    }

    @Test
    void bytesAreCopied() {
        byte[] bytes = new byte[32];
        VaultKey key = VaultKey.of("a", bytes);
        String before = key.encoded();
        bytes[0] = 1;

        assertThat(key.encoded()).isEqualTo(before);
    }

    @Test
    void randomKeysDiffer() {
        assertThat(VaultKey.random("a").encoded()).isNotEqualTo(VaultKey.random("a").encoded());
    }
}
