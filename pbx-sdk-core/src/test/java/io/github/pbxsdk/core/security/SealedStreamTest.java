package io.github.pbxsdk.core.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.core.security.SecretVaultException.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealedStreamTest {

    private static final int CHUNK = 64 * 1024;
    private static final int SEALED_CHUNK = CHUNK + 16;
    private static final SecretField FIELD = SecretField.of("acme", "pbx-7", "recording.q-1");
    private static final VaultKey OLD = SecretVaultTest.key("2025", 0);
    private static final VaultKey NEW = SecretVaultTest.key("2026-11", 100);

    private final SecretVault vault = SecretVault.of(NEW, OLD);
    private final int headerLength = "pbxs1.2026-11.".length() + 43 + 1;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 17})
    void opensWhatItSealed(int length) throws IOException {
        byte[] plain = bytes(length);

        byte[] sealed = seal(plain);

        assertThat(open(sealed)).isEqualTo(plain);
        int chunks = Math.max(1, (length + CHUNK - 1) / CHUNK);
        assertThat(sealed).hasSize(headerLength + length + 16 * chunks);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 17})
    void whatIsWrittenIsSealedAlike(int length) throws IOException {
        byte[] plain = bytes(length);
        ByteArrayOutputStream sealed = new ByteArrayOutputStream();
        try (OutputStream out = vault.sealing(FIELD, sealed)) {
            for (int from = 0; from < length; from += 5000) {
                out.write(plain, from, Math.min(5000, length - from));
            }
        }

        assertThat(open(sealed.toByteArray())).isEqualTo(plain);
        assertThat(sealed.size()).isEqualTo(seal(plain).length);
    }

    @Test
    void whatWasNotWrittenToItsEndDoesNotOpen() throws IOException {
        ByteArrayOutputStream sealed = new ByteArrayOutputStream();
        OutputStream out = vault.sealing(FIELD, sealed);
        out.write(bytes(2 * CHUNK + 1));
        byte[] cut = sealed.toByteArray();
        out.close();

        assertThat(kindOf(cut)).isEqualTo(Kind.CUT_OFF);
        assertThatThrownBy(() -> out.write(1)).hasMessage("this stream is closed");
    }

    @Test
    void headerNamesFormatAndKey() throws IOException {
        assertThat(new String(seal(bytes(10)), StandardCharsets.ISO_8859_1))
                .matches("(?s)pbxs1\\.2026-11\\.[A-Za-z0-9_-]{43}\n.{26}");
    }

    @Test
    void readsByteByByte() throws IOException {
        byte[] plain = bytes(CHUNK + 3);
        try (InputStream in = vault.opening(FIELD, new ByteArrayInputStream(seal(plain)))) {
            for (byte expected : plain) {
                assertThat((byte) in.read()).isEqualTo(expected);
            }
            assertThat(in.read()).isEqualTo(-1);
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    @Property(tries = 100)
    void everyCutIsFoundOut(@ForAll @IntRange(min = 0, max = 200_000) int at) throws IOException {
        byte[] sealed = seal(bytes(2 * CHUNK + 100));
        byte[] cut = Arrays.copyOf(sealed, at % sealed.length);

        assertThat(kindOf(cut)).isIn(Kind.NOT_SEALED, Kind.CUT_OFF, Kind.DAMAGED_OR_MOVED);
    }

    @Test
    void cutBetweenChunksIsCalledACut() throws IOException {
        byte[] sealed = seal(bytes(2 * CHUNK + 100));

        for (int kept = 0; kept < 3; kept++) {
            assertThat(kindOf(Arrays.copyOf(sealed, headerLength + kept * SEALED_CHUNK)))
                    .isEqualTo(Kind.CUT_OFF);
        }
    }

    @Property(tries = 100)
    void everyChangedBitIsFoundOut(
            @ForAll @IntRange(min = 0, max = 200_000) int at,
            @ForAll @IntRange(min = 0, max = 7) int bit)
            throws IOException {
        byte[] sealed = seal(bytes(2 * CHUNK + 100));
        sealed[at % sealed.length] ^= (byte) (1 << bit);

        assertThat(kindOf(sealed))
                .isIn(Kind.NOT_SEALED, Kind.NEWER_FORMAT, Kind.UNKNOWN_KEY, Kind.DAMAGED_OR_MOVED);
    }

    @Test
    void chunksThatChangedPlacesAreRefused() throws IOException {
        byte[] sealed = seal(bytes(3 * CHUNK));
        byte[] swapped = sealed.clone();
        System.arraycopy(sealed, headerLength, swapped, headerLength + SEALED_CHUNK, SEALED_CHUNK);
        System.arraycopy(sealed, headerLength + SEALED_CHUNK, swapped, headerLength, SEALED_CHUNK);

        assertThat(kindOf(swapped)).isEqualTo(Kind.DAMAGED_OR_MOVED);
    }

    @Test
    void whatWasAddedToTheEndIsRefused() throws IOException {
        byte[] sealed = seal(bytes(CHUNK));

        assertThat(kindOf(Arrays.copyOf(sealed, sealed.length + 40)))
                .isEqualTo(Kind.DAMAGED_OR_MOVED);
    }

    @Test
    void streamMovedToAnotherPlaceIsRefused() throws IOException {
        byte[] sealed = seal(bytes(10));
        SecretField elsewhere = SecretField.of("other", "pbx-7", "recording.q-1");

        assertThatThrownBy(
                        () ->
                                vault.opening(elsewhere, new ByteArrayInputStream(sealed))
                                        .readAllBytes())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("does not open with key 2026-11")
                .cause()
                .isInstanceOf(SecretVaultException.class);
    }

    @Test
    void newerFormatAndUnknownKeyAreTold() throws IOException {
        byte[] unknown;
        try (InputStream in =
                SecretVault.of(SecretVaultTest.key("2019", 1))
                        .sealing(FIELD, new ByteArrayInputStream(bytes(5)))) {
            unknown = in.readAllBytes();
        }

        assertThat(kindOf("pbxs2.whatever\n".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(Kind.NEWER_FORMAT);
        assertThat(kindOf("RIFF".getBytes(StandardCharsets.US_ASCII))).isEqualTo(Kind.NOT_SEALED);
        assertThat(kindOf(unknown)).isEqualTo(Kind.UNKNOWN_KEY);
    }

    @Test
    void oldKeyStillOpens() throws IOException {
        byte[] plain = bytes(100);
        byte[] sealed;
        try (InputStream in = SecretVault.of(OLD).sealing(FIELD, new ByteArrayInputStream(plain))) {
            sealed = in.readAllBytes();
        }

        assertThat(open(sealed)).isEqualTo(plain);
    }

    @Test
    void sourceThatFailsLeavesNothingThatLooksWhole() throws IOException {
        InputStream broken = new BrokenAfter(bytes(CHUNK + 10));
        byte[] sealed = new byte[3 * CHUNK];
        int length = 0;
        try (InputStream in = vault.sealing(FIELD, broken)) {
            for (int next = in.read(); next >= 0; next = in.read()) {
                sealed[length++] = (byte) next;
            }
        } catch (IOException e) {
            assertThat(e).hasMessage("the disk is gone");
        }

        assertThat(kindOf(Arrays.copyOf(sealed, length))).isEqualTo(Kind.CUT_OFF);
    }

    @Test
    void failureIsRepeatedRatherThanTakenForTheEnd() throws IOException {
        byte[] cut = Arrays.copyOf(seal(bytes(2 * CHUNK)), headerLength + SEALED_CHUNK);
        InputStream in = vault.opening(FIELD, new ByteArrayInputStream(cut));

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(in::read)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("is missing")
                    .hasCauseInstanceOf(SecretVaultException.class);
        }
    }

    private byte[] seal(byte[] plain) throws IOException {
        try (InputStream in = vault.sealing(FIELD, new ByteArrayInputStream(plain))) {
            return in.readAllBytes();
        }
    }

    private byte[] open(byte[] sealed) throws IOException {
        try (InputStream in = vault.opening(FIELD, new ByteArrayInputStream(sealed))) {
            return in.readAllBytes();
        }
    }

    private Kind kindOf(byte[] sealed) {
        return SecretVaultTest.kindOf(
                () -> {
                    try {
                        open(sealed);
                    } catch (IOException e) {
                        throw e.getCause();
                    }
                });
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static final class BrokenAfter extends ByteArrayInputStream {

        BrokenAfter(byte[] bytes) {
            super(bytes);
        }

        @Override
        public byte[] readNBytes(int length) throws IOException {
            byte[] next = super.readNBytes(length);
            if (next.length < length) {
                throw new IOException("the disk is gone");
            }
            return next;
        }
    }
}
