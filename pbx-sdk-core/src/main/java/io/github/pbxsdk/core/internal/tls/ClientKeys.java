package io.github.pbxsdk.core.internal.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/** The certificate with which a client shows who it is, and its key. */
public final class ClientKeys {

    private static final String SETTING = "TlsOptions.Builder.clientCertificate(...)";
    private static final char[] NONE = new char[0];

    private final KeyManager[] managers;
    private final String subject;

    private ClientKeys(KeyManager[] managers, String subject) {
        this.managers = managers;
        this.subject = subject;
    }

    /**
     * Reads two PEM files.
     *
     * @throws IllegalArgumentException if they do not hold a certificate and its key
     */
    public static ClientKeys ofPem(Path certificates, Path key) {
        return of(PemFiles.certificates(SETTING, certificates), PemFiles.privateKey(SETTING, key));
    }

    /**
     * Reads two PEM texts.
     *
     * @throws IllegalArgumentException if they do not hold a certificate and its key
     */
    public static ClientKeys ofPem(String certificates, String key) {
        return of(PemFiles.certificates(SETTING, certificates), PemFiles.privateKey(SETTING, key));
    }

    /**
     * Reads a PKCS#12 file.
     *
     * @throws IllegalArgumentException if it cannot be read or holds no key
     */
    public static ClientKeys ofPkcs12(Path file, char[] password) {
        byte[] bytes = PemFiles.bytes(SETTING, file);
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(bytes), password);
            for (String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias)
                        && store.getCertificate(alias) instanceof X509Certificate own) {
                    return new ClientKeys(managers(store, password), Certificates.subject(own));
                }
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    SETTING
                            + ": "
                            + file
                            + " is no PKCS#12 file, or has another password ("
                            + e.getMessage()
                            + ")",
                    e);
        }
        throw new IllegalArgumentException(SETTING + ": " + file + " holds no private key");
    }

    private static ClientKeys of(List<X509Certificate> chain, PrivateKey key) {
        X509Certificate own = chain.get(0);
        try {
            requirePair(own, key);
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("client", key, NONE, chain.toArray(new Certificate[0]));
            return new ClientKeys(managers(store, NONE), Certificates.subject(own));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    SETTING
                            + ": the private key is not the one of the certificate of "
                            + Certificates.subject(own),
                    e);
        }
    }

    /** Signs something and checks it: otherwise the server would only say "handshake failure". */
    private static void requirePair(X509Certificate own, PrivateKey key)
            throws GeneralSecurityException {
        byte[] sample = {1, 2, 3};
        Signature signature = Signature.getInstance(signatureOf(key));
        signature.initSign(key);
        signature.update(sample);
        byte[] signed = signature.sign();
        signature.initVerify(own.getPublicKey());
        signature.update(sample);
        if (!signature.verify(signed)) {
            throw new SignatureException("the signature does not fit");
        }
    }

    private static String signatureOf(PrivateKey key) {
        return switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
    }

    private static KeyManager[] managers(KeyStore store, char[] password)
            throws GeneralSecurityException {
        KeyManagerFactory factory =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, password);
        return factory.getKeyManagers();
    }

    /** Returns what goes into a context of TLS. */
    public KeyManager[] managers() {
        return managers.clone();
    }

    @Override
    public String toString() {
        return "shows " + subject;
    }
}
