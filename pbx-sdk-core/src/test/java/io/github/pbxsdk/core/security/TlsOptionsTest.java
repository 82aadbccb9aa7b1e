package io.github.pbxsdk.core.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.core.HostAndPort;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.http.HttpRequest;
import io.github.pbxsdk.core.http.OkHttpTransport;
import io.github.pbxsdk.core.http.OkHttpTransports;
import io.github.pbxsdk.core.internal.StreamConnection;
import io.github.pbxsdk.core.internal.tls.Certificates;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TlsOptionsTest {

    private static final HeldCertificate AUTHORITY =
            new HeldCertificate.Builder().certificateAuthority(0).commonName("Clinic CA").build();

    private static final HeldCertificate STRANGER =
            new HeldCertificate.Builder().certificateAuthority(0).commonName("Stranger").build();

    private static final TlsOptions TRUSTED = TlsOptions.ca(AUTHORITY.certificatePem());

    @TempDir Path folder;

    /** The two ways on which our clients speak TLS; both must judge alike. */
    enum Way {
        HTTP {
            @Override
            String ask(TlsOptions options, String host, int port) {
                try (OkHttpTransport http = OkHttpTransport.builder().tls(options).build()) {
                    return http.send(
                                    HttpRequest.builder("GET", "https://" + host + ":" + port)
                                            .build())
                            .text(100);
                }
            }
        },
        SOCKET {
            @Override
            String ask(TlsOptions options, String host, int port) {
                try (PbxResources resources = PbxResources.create();
                        StreamConnection connection =
                                StreamConnection.open(
                                        new HostAndPort(host, port),
                                        options,
                                        Duration.ofSeconds(10),
                                        resources.time(),
                                        socket -> {})) {
                    connection.write(new byte[10], Duration.ofSeconds(10));
                    return answer(connection).substring(38);
                }
            }

            private String answer(StreamConnection connection) {
                byte[] answer = new byte[40];
                for (int read = 0; read < answer.length; ) {
                    int count = connection.read(answer, read);
                    assertThat(count).isPositive();
                    read += count;
                }
                return new String(answer, StandardCharsets.US_ASCII);
            }
        };

        abstract String ask(TlsOptions options, String host, int port);
    }

    private static HeldCertificate.Builder server() {
        return new HeldCertificate.Builder().commonName("pbx").signedBy(AUTHORITY);
    }

    private static String ask(Way way, TlsOptions options, HeldCertificate server)
            throws IOException {
        try (TlsServer running = TlsServer.showing(server)) {
            return way.ask(options, "127.0.0.1", running.port());
        }
    }

    @Nested
    class Authorities {

        @ParameterizedTest
        @EnumSource
        void acceptAServerThatTheySigned(Way way) throws IOException {
            HeldCertificate server = server().addSubjectAlternativeName("127.0.0.1").build();

            assertThat(ask(way, TRUSTED, server)).isEqualTo("ok");
        }

        @ParameterizedTest
        @EnumSource
        void canBeTheSelfSignedCertificateItself(Way way) throws IOException {
            HeldCertificate server =
                    new HeldCertificate.Builder().addSubjectAlternativeName("127.0.0.1").build();
            Path file = Files.writeString(folder.resolve("pbx.pem"), server.certificatePem());

            assertThat(ask(way, TlsOptions.ca(file), server)).isEqualTo("ok");
        }

        @ParameterizedTest
        @EnumSource
        void acceptTheNameOfTheHostInTheSubjectAlone(Way way) throws IOException {
            HeldCertificate server =
                    new HeldCertificate.Builder()
                            .commonName("localhost")
                            .signedBy(AUTHORITY)
                            .build();

            try (TlsServer running = TlsServer.showing(server)) {
                assertThat(way.ask(TRUSTED, "localhost", running.port())).isEqualTo("ok");
            }
        }

        @ParameterizedTest
        @EnumSource
        void refuseAServerThatAnotherOneSigned(Way way) {
            HeldCertificate server =
                    new HeldCertificate.Builder()
                            .addSubjectAlternativeName("127.0.0.1")
                            .signedBy(STRANGER)
                            .build();

            assertThatThrownBy(() -> ask(way, TRUSTED, server))
                    .isInstanceOf(PbxConnectionException.class)
                    .hasMessageContaining(
                            "127.0.0.1 shows a certificate that was not signed by an authority"
                                    + " given to TlsOptions.ca(...) but by CN=Stranger")
                    .extracting(e -> ((PbxConnectionException) e).mayHaveBeenSent())
                    .isEqualTo(false);
        }

        @ParameterizedTest
        @EnumSource
        void ofTheSystemRefuseAPrivateOne(Way way) {
            HeldCertificate server = server().addSubjectAlternativeName("127.0.0.1").build();

            assertThatThrownBy(() -> ask(way, TlsOptions.system(), server))
                    .hasMessageContaining("not signed by an authority that this Java knows")
                    .hasMessageContaining("TlsOptions.ca(...)");
        }

        @ParameterizedTest
        @EnumSource
        void refuseAnExpiredCertificate(Way way) {
            HeldCertificate server =
                    server().addSubjectAlternativeName("127.0.0.1")
                            .validityInterval(
                                    0, Instant.parse("2026-01-02T12:00:00Z").toEpochMilli())
                            .build();

            assertThatThrownBy(() -> ask(way, TRUSTED, server))
                    .isInstanceOf(PbxConnectionException.class)
                    .hasMessageContaining(
                            "127.0.0.1 shows a certificate that expired on 2026-01-02; renew it");
        }

        @ParameterizedTest
        @EnumSource
        void refuseAnExpiredSelfSignedCertificate(Way way) {
            HeldCertificate server =
                    new HeldCertificate.Builder()
                            .addSubjectAlternativeName("127.0.0.1")
                            .validityInterval(0, 1_000_000_000_000L)
                            .build();

            assertThatThrownBy(() -> ask(way, TlsOptions.ca(server.certificatePem()), server))
                    .hasMessageContaining("expired on 2001-09-09");
        }

        @ParameterizedTest
        @EnumSource
        void refuseACertificateOfTheFuture(Way way) {
            Instant now = Instant.now();
            HeldCertificate server =
                    server().addSubjectAlternativeName("127.0.0.1")
                            .validityInterval(
                                    now.plus(9, ChronoUnit.DAYS).toEpochMilli(),
                                    now.plus(99, ChronoUnit.DAYS).toEpochMilli())
                            .build();

            assertThatThrownBy(() -> ask(way, TRUSTED, server))
                    .hasMessageContaining("127.0.0.1 shows a certificate that is not valid before")
                    .hasMessageContaining("compare the clocks");
        }

        @ParameterizedTest
        @EnumSource
        void refuseTheCertificateOfAnotherHost(Way way) {
            HeldCertificate server =
                    server().addSubjectAlternativeName("pbx.example.com")
                            .addSubjectAlternativeName("10.0.0.7")
                            .build();

            assertThatThrownBy(() -> ask(way, TRUSTED, server))
                    .isInstanceOf(PbxConnectionException.class)
                    .hasMessageContaining(
                            "127.0.0.1 shows a certificate for pbx.example.com, 10.0.0.7; connect"
                                    + " by that name");
        }
    }

    @Nested
    class Pins {

        private final HeldCertificate foreignAndExpired =
                new HeldCertificate.Builder()
                        .addSubjectAlternativeName("pbx.example.com")
                        .validityInterval(0, 1_000_000_000_000L)
                        .build();

        @ParameterizedTest
        @EnumSource
        void acceptTheCertificateWhateverItSays(Way way) throws IOException {
            TlsOptions options = TlsOptions.pinnedCertificate(foreignAndExpired.certificatePem());

            assertThat(ask(way, options, foreignAndExpired)).isEqualTo("ok");
        }

        @ParameterizedTest
        @EnumSource
        void acceptAFingerprint(Way way) throws IOException {
            String fingerprint = Certificates.fingerprint(foreignAndExpired.certificate());

            assertThat(ask(way, TlsOptions.pinnedFingerprint(fingerprint), foreignAndExpired))
                    .isEqualTo("ok");
        }

        @ParameterizedTest
        @EnumSource
        void acceptTheOldAndTheNewWhileACertificateIsReplaced(Way way) throws IOException {
            TlsOptions both =
                    TlsOptions.builder()
                            .pinnedCertificate(STRANGER.certificatePem())
                            .pinnedCertificate(foreignAndExpired.certificatePem())
                            .build();

            assertThat(ask(way, both, foreignAndExpired)).isEqualTo("ok");
        }

        @ParameterizedTest
        @EnumSource
        void refuseEveryOtherCertificate(Way way) {
            HeldCertificate other =
                    server().commonName("other").addSubjectAlternativeName("127.0.0.1").build();
            TlsOptions options = TlsOptions.pinnedCertificate(foreignAndExpired.certificatePem());

            assertThatThrownBy(() -> ask(way, options, other))
                    .isInstanceOf(PbxConnectionException.class)
                    .hasMessageContaining(
                            "127.0.0.1 shows a certificate that is not the pinned one")
                    .hasMessageContaining(Certificates.fingerprint(other.certificate()));
        }

        @ParameterizedTest
        @ValueSource(strings = {"%s", "sha256:%s", "SHA256 Fingerprint=%s", " %s "})
        void areReadInTheFormsInWhichToolsWriteThem(String form) {
            String plain = "ab".repeat(32);

            assertThat(Certificates.fingerprint(form.formatted(plain)))
                    .isEqualTo("AB" + ":AB".repeat(31));
        }

        @Test
        void mustBeOfSha256() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> TlsOptions.pinnedFingerprint("ab:cd"))
                    .withMessageStartingWith("TlsOptions.pinnedFingerprint(...): not a SHA-256");
        }
    }

    @ParameterizedTest
    @EnumSource
    void trustEverythingInsecurelyDoesThat(Way way) throws IOException {
        HeldCertificate server =
                new HeldCertificate.Builder()
                        .addSubjectAlternativeName("elsewhere.example.com")
                        .validityInterval(0, 1_000_000_000_000L)
                        .build();

        assertThat(ask(way, TlsOptions.trustEverythingInsecurely(), server)).isEqualTo("ok");
    }

    @ParameterizedTest
    @EnumSource
    void aPortWithoutTlsIsNamed(Way way) throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread answering =
                    new Thread(
                            () -> {
                                try (Socket socket = plain.accept();
                                        OutputStream out = socket.getOutputStream()) {
                                    out.write(
                                            "Asterisk Call Manager/9.0.0\r\n"
                                                    .getBytes(
                                                            java.nio.charset.StandardCharsets
                                                                    .US_ASCII));
                                    out.flush();
                                    socket.getInputStream().readAllBytes();
                                } catch (IOException e) {
                                    // The client has gone.
                                }
                            });
            answering.start();

            assertThatThrownBy(() -> way.ask(TRUSTED, "127.0.0.1", plain.getLocalPort()))
                    .isInstanceOf(PbxConnectionException.class)
                    .hasMessageContaining(plain.getLocalPort() + " does not speak TLS");
            answering.join(TimeUnit.SECONDS.toMillis(10));
        }
    }

    @Test
    void theHostIsCheckedOnAClientOfTheUserThatDoesNotCare() throws IOException {
        HandshakeCertificates trust =
                new HandshakeCertificates.Builder()
                        .addTrustedCertificate(AUTHORITY.certificate())
                        .build();
        OkHttpClient careless =
                new OkHttpClient.Builder()
                        .sslSocketFactory(trust.sslSocketFactory(), trust.trustManager())
                        .hostnameVerifier((host, session) -> true)
                        .build();
        HeldCertificate other = server().addSubjectAlternativeName("other.example.com").build();
        try (TlsServer running = TlsServer.showing(other);
                OkHttpTransport http = OkHttpTransports.using(careless).build()) {
            HttpRequest get =
                    HttpRequest.builder("GET", "https://127.0.0.1:" + running.port()).build();

            assertThatThrownBy(() -> http.send(get)).isInstanceOf(PbxConnectionException.class);
        }
    }

    @Nested
    class ClientCertificates {

        private final HeldCertificate own = server().addSubjectAlternativeName("127.0.0.1").build();
        private final HeldCertificate client =
                new HeldCertificate.Builder().commonName("dashboard").rsa2048().build();

        @ParameterizedTest
        @EnumSource
        void areShownFromPem(Way way) throws IOException {
            Path certificate =
                    Files.writeString(folder.resolve("cert.pem"), client.certificatePem());
            Path key = Files.writeString(folder.resolve("key.pem"), client.privateKeyPkcs8Pem());

            assertThat(ask(way, TRUSTED.toBuilder().clientCertificate(certificate, key)))
                    .isEqualTo("ok");
        }

        @ParameterizedTest
        @EnumSource
        void areShownFromTextWithAnRsaKeyOfOpenssl(Way way) throws IOException {
            assertThat(
                            ask(
                                    way,
                                    TRUSTED.toBuilder()
                                            .clientCertificate(
                                                    client.certificatePem(),
                                                    client.privateKeyPkcs1Pem())))
                    .isEqualTo("ok");
        }

        @ParameterizedTest
        @EnumSource
        void areShownFromPkcs12(Way way) throws Exception {
            Path file = pkcs12("changeit");

            assertThat(
                            ask(
                                    way,
                                    TRUSTED.toBuilder()
                                            .clientCertificate(file, "changeit".toCharArray())))
                    .isEqualTo("ok");
        }

        @ParameterizedTest
        @EnumSource
        void areAskedForInTheFailureWhenOneIsMissing(Way way) {
            assertThatThrownBy(() -> ask(way, TRUSTED.toBuilder()))
                    .isInstanceOf(PbxConnectionException.class)
                    .hasMessageContaining("TlsOptions.Builder.clientCertificate(...)");
        }

        private String ask(Way way, TlsOptions.Builder options) throws IOException {
            try (TlsServer server = TlsServer.askingFor(client, own)) {
                return way.ask(options.build(), "127.0.0.1", server.port());
            }
        }

        @Test
        void mustBelongToTheirKey() {
            assertThatIllegalArgumentException()
                    .isThrownBy(
                            () ->
                                    TlsOptions.builder()
                                            .clientCertificate(
                                                    client.certificatePem(),
                                                    STRANGER.privateKeyPkcs8Pem()))
                    .withMessageContaining("the private key is not the one of the certificate of")
                    .withMessageContaining("CN=dashboard");
        }

        @Test
        void nameTheFileWhosePasswordIsAnother() throws Exception {
            Path file = pkcs12("changeit");

            assertThatIllegalArgumentException()
                    .isThrownBy(
                            () ->
                                    TlsOptions.builder()
                                            .clientCertificate(file, "wrong".toCharArray()))
                    .withMessageContaining("clientCertificate(...)")
                    .withMessageContaining(
                            "client.p12 is no PKCS#12 file, or has another password");
        }

        private Path pkcs12(String password) throws Exception {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(
                    "client",
                    client.keyPair().getPrivate(),
                    password.toCharArray(),
                    new Certificate[] {client.certificate()});
            Path file = folder.resolve("client.p12");
            try (OutputStream out = Files.newOutputStream(file)) {
                store.store(out, password.toCharArray());
            }
            return file;
        }
    }

    @Nested
    class Mistakes {

        @Test
        void aMissingFileIsNamedWithItsSetting() {
            Path file = folder.resolve("nowhere.pem");

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> TlsOptions.ca(file))
                    .withMessage("TlsOptions.ca(...): there is no file " + file);
        }

        @Test
        void aFileThatIsNoPemIsNamedWithItsSetting() throws IOException {
            Path file = Files.write(folder.resolve("ca.der"), new byte[] {0x30, 1, 2});

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> TlsOptions.ca(file))
                    .withMessageStartingWith("TlsOptions.ca(...): " + file)
                    .withMessageContaining("no certificate");
        }

        @Test
        void aDamagedCertificateIsSaidToBe() {
            assertThatIllegalArgumentException()
                    .isThrownBy(
                            () ->
                                    TlsOptions.ca(
                                            "-----BEGIN CERTIFICATE-----\nAAAA\n"
                                                    + "-----END CERTIFICATE-----"))
                    .withMessage("TlsOptions.ca(...): a certificate is damaged");
        }

        @Test
        void aKeyInPlaceOfACertificateIsNotShown() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> TlsOptions.pinnedCertificate(AUTHORITY.privateKeyPkcs8Pem()))
                    .withMessageStartingWith("TlsOptions.pinnedCertificate(...): there is no")
                    .withMessageNotContaining(AUTHORITY.privateKeyPkcs8Pem().substring(40, 60));
        }

        @Test
        void twoKindsOfTrustContradict() {
            assertThatIllegalStateException()
                    .isThrownBy(
                            () ->
                                    TlsOptions.builder()
                                            .ca(AUTHORITY.certificatePem())
                                            .trustEverythingInsecurely()
                                            .build())
                    .withMessageContaining("set one of ca(...)");
        }
    }

    @Test
    void toStringSaysWhomTheyTrust() {
        assertThat(TlsOptions.system()).hasToString("TlsOptions[trusts the system]");
        assertThat(TlsOptions.trustEverythingInsecurely().toString()).contains("insecurely");
        assertThat(
                        TRUSTED.toBuilder()
                                .clientCertificate(
                                        STRANGER.certificatePem(), STRANGER.privateKeyPkcs8Pem())
                                .build())
                .hasToString("TlsOptions[trusts 1 CA, shows CN=Stranger]");
    }
}
