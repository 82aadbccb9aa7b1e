package io.github.pbxsdk.testing.sip;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** An authority of its own for each fake, whose certificates nobody else trusts. */
final class LoopbackAuthority {

    private static final String SUBJECT_NAMES = "2.5.29.17";
    private static final String BASIC_CONSTRAINTS = "2.5.29.19";
    private static final String COMMON_NAME = "2.5.4.3";
    private static final byte[] ECDSA_SHA256 = Der.sequence(Der.identifier("1.2.840.10045.4.3.2"));
    private static final byte[] ISSUER = name("Fake SIP authority");
    private static final char[] NO_PASSWORD = new char[0];
    private static final int DNS_NAME = 0x82;
    private static final int IP_ADDRESS = 0x87;

    private final KeyPair keys = newKeys();
    private final Certificate certificate =
            sign(ISSUER, keys.getPublic(), BASIC_CONSTRAINTS, Der.sequence(Der.isTrue()));

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no elliptic curves", e);
        }
    }

    /** Returns the authority's certificate, for those who are to trust it. */
    String pem() {
        try {
            Base64.Encoder encoder =
                    Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
            String text = encoder.encodeToString(certificate.getEncoded());
            return "-----BEGIN CERTIFICATE-----\n" + text + "\n-----END CERTIFICATE-----\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate that we made is unreadable", e);
        }
    }

    /** Returns what shows a certificate for {@code localhost} and 127.0.0.1. */
    SSLContext loopback() {
        byte[] address = InetAddress.getLoopbackAddress().getAddress();
        return showing(
                Der.sequence(
                        Der.tagged(DNS_NAME, "localhost".getBytes(StandardCharsets.US_ASCII)),
                        Der.tagged(IP_ADDRESS, address)));
    }

    /** Returns what shows a certificate for another host. */
    SSLContext elsewhere() {
        return showing(
                Der.sequence(
                        Der.tagged(
                                DNS_NAME, "elsewhere.test".getBytes(StandardCharsets.US_ASCII))));
    }

    private SSLContext showing(byte[] names) {
        try {
            KeyPair own = newKeys();
            Certificate shown = sign(name("Fake SIP"), own.getPublic(), SUBJECT_NAMES, names);
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, NO_PASSWORD);
            store.setKeyEntry(
                    "fake", own.getPrivate(), NO_PASSWORD, new Certificate[] {shown, certificate});
            KeyManagerFactory managers =
                    KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(store, NO_PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("no certificate could be made", e);
        }
    }

    private Certificate sign(byte[] subject, PublicKey key, String extension, byte[] value) {
        Instant now = Instant.now();
        byte[] validity =
                Der.sequence(
                        Der.time(now.minus(Duration.ofDays(1))),
                        Der.time(now.plus(Duration.ofDays(30))));
        byte[] extensions =
                Der.sequence(Der.sequence(Der.identifier(extension), Der.octets(value)));
        byte[] content =
                Der.sequence(
                        Der.tagged(0xA0, Der.integer(2)),
                        Der.integer(System.nanoTime() & Long.MAX_VALUE),
                        ECDSA_SHA256,
                        ISSUER,
                        validity,
                        subject,
                        key.getEncoded(),
                        Der.tagged(0xA3, extensions));
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            signature.update(content);
            byte[] whole = Der.sequence(content, ECDSA_SHA256, Der.bits(signature.sign()));
            return CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(whole));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no certificate could be made", e);
        }
    }

    private static byte[] name(String commonName) {
        return Der.sequence(
                Der.set(Der.sequence(Der.identifier(COMMON_NAME), Der.text(commonName))));
    }
}
