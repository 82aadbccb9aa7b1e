package io.github.pbxsdk.core.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.util.Base64;
import java.util.Objects;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PemTest {

    private static final HeldCertificate RSA = new HeldCertificate.Builder().rsa2048().build();
    private static final HeldCertificate EC = new HeldCertificate.Builder().ecdsa256().build();

    @Test
    void readsAllCertificatesOfAChainInTheirOrder() {
        String chain =
                "Bag Attributes\n" + RSA.certificatePem() + "\n# next\n" + EC.certificatePem();

        assertThat(Pem.certificates(chain)).containsExactly(RSA.certificate(), EC.certificate());
    }

    @Test
    void readsTheLineEndsOfWindows() {
        assertThat(Pem.certificates(RSA.certificatePem().replace("\n", "\r\n")))
                .containsExactly(RSA.certificate());
    }

    @Test
    void findsKeyAndCertificateInOneFile() {
        String both = EC.privateKeyPkcs8Pem() + EC.certificatePem();

        assertThat(Pem.certificates(both)).containsExactly(EC.certificate());
        assertThat(Pem.privateKey(both)).isEqualTo(EC.keyPair().getPrivate());
    }

    @Test
    void readsKeysAsPkcs8AndPkcs1() {
        PrivateKey expected = RSA.keyPair().getPrivate();

        assertThat(Pem.privateKey(RSA.privateKeyPkcs8Pem()).getEncoded())
                .isEqualTo(expected.getEncoded());
        assertThat(Pem.privateKey(RSA.privateKeyPkcs1Pem()).getEncoded())
                .isEqualTo(expected.getEncoded());
    }

    @Test
    void readsAnEdwardsKey() throws Exception {
        PrivateKey key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate();
        String pem =
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getEncoder().encodeToString(key.getEncoded())
                        + "\n-----END PRIVATE KEY-----\n";

        assertThat(Pem.privateKey(pem)).isEqualTo(key);
    }

    @Test
    void readsAnEllipticKeyAsOpensslWritesIt() throws IOException {
        assertThat(ClientKeys.ofPem(resource("ec-cert.pem"), resource("ec-sec1.pem")))
                .hasToString("shows CN=dashboard");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIF\n-----END ENCRYPTED PRIVATE KEY-----",
                "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,31A5"
                        + "\n\nMIIF\n-----END RSA PRIVATE KEY-----"
            })
    void saysThatAKeyIsEncrypted(String pem) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Pem.privateKey(pem))
                .withMessageStartingWith("the private key is encrypted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY"})
    void saysThatAKeyIsDamagedAndDoesNotShowIt(String label) {
        String pem = "-----BEGIN " + label + "-----\nc2VjcmV0\n-----END " + label + "-----";

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Pem.privateKey(pem))
                .withMessageMatching("the (EC )?private key (is damaged|does not name its curve).*")
                .withMessageNotContaining("secret")
                .withMessageNotContaining("c2VjcmV0");
    }

    @Test
    void saysThatThereIsNoKey() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Pem.privateKey(RSA.certificatePem()))
                .withMessageStartingWith("there is no private key");
    }

    private static String resource(String name) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(PemTest.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
