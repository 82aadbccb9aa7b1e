package io.github.pbxsdk.core.security;

import io.github.pbxsdk.core.internal.tls.Certificates;
import io.github.pbxsdk.core.internal.tls.ClientKeys;
import io.github.pbxsdk.core.internal.tls.PemFiles;
import io.github.pbxsdk.core.internal.tls.ServerTrust;
import io.github.pbxsdk.core.internal.tls.TrustedAuthorities;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Whom a client trusts on TLS, and how it shows who it is.
 *
 * <p>Without any, the authorities of this Java are trusted. A PBX mostly has a certificate of its
 * own, for which one line does:
 *
 * <pre>{@code
 * TlsOptions.ca(Path.of("/etc/pbx/ca.pem"))              // signed by the company's own authority
 * TlsOptions.pinnedCertificate(Path.of("pbx.pem"))       // self-signed: this very certificate
 * TlsOptions.pinnedFingerprint("5E:8F:…:1A")             // the same, from openssl x509 -fingerprint
 * }</pre>
 *
 * <p>What is checked:
 *
 * <table>
 *   <caption>Checks for each kind of trust</caption>
 *   <tr><th>trust</th><th>signature</th><th>dates</th><th>name of the host</th></tr>
 *   <tr><td>the system's, {@code ca}</td><td>yes</td><td>yes</td><td>yes</td></tr>
 *   <tr><td>{@code pinned…}</td><td>the certificate itself</td><td>no</td><td>no</td></tr>
 *   <tr><td>{@code trustEverythingInsecurely}</td><td>no</td><td>no</td><td>no</td></tr>
 * </table>
 *
 * <p>A pinned certificate is the identity: it is accepted wherever its owner shows it, by whatever
 * name or address you reach it, until you pin another. Revocation is not looked up. Only TLS 1.2
 * and 1.3 are spoken.
 *
 * <p>Files are read when they are named; a later change needs new options. Immutable, thread-safe.
 */
public final class TlsOptions {

    private static final String CA = "TlsOptions.ca(...)";
    private static final String PINNED = "TlsOptions.pinnedCertificate(...)";

    private final List<X509Certificate> authorities;
    private final Set<String> fingerprints;
    private final boolean everything;
    private final @Nullable ClientKeys clientKeys;
    private final ServerTrust trust;
    private final SSLContext context;

    private TlsOptions(Builder builder) {
        this.authorities = List.copyOf(builder.authorities);
        this.fingerprints = Set.copyOf(builder.fingerprints);
        this.everything = builder.everything;
        this.clientKeys = builder.clientKeys;
        this.trust = trust();
        this.context = context(trust, clientKeys);
    }

    private ServerTrust trust() {
        if (everything) {
            return ServerTrust.inEverything();
        }
        if (!fingerprints.isEmpty()) {
            return ServerTrust.inCertificates(fingerprints);
        }
        return authorities.isEmpty()
                ? ServerTrust.inAuthorities(
                        TrustedAuthorities.ofThisJava(), "an authority that this Java knows")
                : ServerTrust.inAuthorities(
                        TrustedAuthorities.of(authorities), "an authority given to " + CA);
    }

    private static SSLContext context(ServerTrust trust, @Nullable ClientKeys clientKeys) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            KeyManager[] keys = clientKeys == null ? new KeyManager[0] : clientKeys.managers();
            context.init(keys, new TrustManager[] {trust}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("TLS does not work on this Java", e);
        }
    }

    /** Returns options that trust the authorities of this Java, which is what clients do anyway. */
    public static TlsOptions system() {
        return SystemTrust.OPTIONS;
    }

    /** Returns options that trust an authority of one's own; see {@link Builder#ca(Path)}. */
    public static TlsOptions ca(Path pem) {
        return builder().ca(pem).build();
    }

    /** Returns options that trust an authority of one's own; see {@link Builder#ca(String)}. */
    public static TlsOptions ca(String pem) {
        return builder().ca(pem).build();
    }

    /** Returns options that trust one certificate; see {@link Builder#pinnedCertificate(Path)}. */
    public static TlsOptions pinnedCertificate(Path pem) {
        return builder().pinnedCertificate(pem).build();
    }

    /**
     * Returns options that trust one certificate; see {@link Builder#pinnedCertificate(String)}.
     */
    public static TlsOptions pinnedCertificate(String pem) {
        return builder().pinnedCertificate(pem).build();
    }

    /** Returns options that trust one certificate; see {@link Builder#pinnedFingerprint}. */
    public static TlsOptions pinnedFingerprint(String sha256) {
        return builder().pinnedFingerprint(sha256).build();
    }

    /**
     * Returns options that trust everybody; see {@link Builder#trustEverythingInsecurely}.
     *
     * <p>Pinning the certificate is as quick, and safe.
     */
    public static TlsOptions trustEverythingInsecurely() {
        return builder().trustEverythingInsecurely().build();
    }

    /** Returns a builder. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns a builder that has these settings already. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.authorities = authorities;
        builder.fingerprints.addAll(fingerprints);
        builder.everything = everything;
        builder.clientKeys = clientKeys;
        return builder;
    }

    /**
     * Returns a context with these settings, for an HTTP library of one's own.
     *
     * <p>The name of the host is checked in the handshake of connections that ask for it with
     * {@link javax.net.ssl.SSLParameters#setEndpointIdentificationAlgorithm}, as {@code
     * java.net.http} does by itself.
     */
    public SSLContext sslContext() {
        return context;
    }

    /** Returns what judges the certificates of servers, for an HTTP library of one's own. */
    public X509TrustManager trustManager() {
        return trust;
    }

    @Override
    public String toString() {
        return "TlsOptions["
                + describeTrust()
                + (clientKeys == null ? "]" : ", " + clientKeys + "]");
    }

    private String describeTrust() {
        if (everything) {
            return "trusts everything, insecurely";
        }
        if (!fingerprints.isEmpty()) {
            return "trusts certificates " + fingerprints;
        }
        return authorities.isEmpty() ? "trusts the system" : "trusts " + authorities.size() + " CA";
    }

    /** Read when first needed: the system's authorities are many. */
    private static final class SystemTrust {

        static final TlsOptions OPTIONS = builder().build();
    }

    /** Collects the settings of {@link TlsOptions}; not thread-safe. */
    public static final class Builder {

        private List<X509Certificate> authorities = List.of();
        private final Set<String> fingerprints = new LinkedHashSet<>();
        private boolean everything;
        private @Nullable ClientKeys clientKeys;

        private Builder() {}

        /**
         * Trusts the authorities in a PEM file, and no others.
         *
         * @throws IllegalArgumentException if the file cannot be read or holds no certificate
         */
        public Builder ca(Path pem) {
            this.authorities = PemFiles.certificates(CA, pem);
            return this;
        }

        /**
         * Trusts the authorities in a PEM text, and no others.
         *
         * @throws IllegalArgumentException if the text holds no certificate
         */
        public Builder ca(String pem) {
            this.authorities = PemFiles.certificates(CA, pem);
            return this;
        }

        /**
         * Trusts the first certificate in a PEM file, whatever it says about dates and names.
         *
         * <p>May be called again: each one is accepted, for the days in which a server gets
         * another.
         *
         * @throws IllegalArgumentException if the file cannot be read or holds no certificate
         */
        public Builder pinnedCertificate(Path pem) {
            return pin(PemFiles.certificates(PINNED, pem));
        }

        /**
         * Trusts the first certificate in a PEM text, whatever it says about dates and names.
         *
         * @throws IllegalArgumentException if the text holds no certificate
         */
        public Builder pinnedCertificate(String pem) {
            return pin(PemFiles.certificates(PINNED, pem));
        }

        private Builder pin(List<X509Certificate> chain) {
            fingerprints.add(Certificates.fingerprint(chain.get(0)));
            return this;
        }

        /**
         * Trusts the certificate that has a fingerprint, whatever it says about dates and names.
         *
         * <p>May be called again: each one is accepted.
         *
         * @param sha256 64 hexadecimal digits, with or without colons
         * @throws IllegalArgumentException if it is not such a fingerprint
         */
        public Builder pinnedFingerprint(String sha256) {
            try {
                fingerprints.add(Certificates.fingerprint(sha256));
                return this;
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "TlsOptions.pinnedFingerprint(...): " + e.getMessage(), e);
            }
        }

        /**
         * Trusts everybody who answers, so that anyone on the way can read and change everything.
         *
         * <p>For a look at a test machine, never for credentials that matter.
         */
        public Builder trustEverythingInsecurely() {
            this.everything = true;
            return this;
        }

        /**
         * Shows a certificate to servers that ask for one.
         *
         * @param certificates a PEM file, our certificate first, then those that signed it
         * @param key a PEM file with its private key, not encrypted
         * @throws IllegalArgumentException if a file cannot be read or does not hold what it should
         */
        public Builder clientCertificate(Path certificates, Path key) {
            this.clientKeys = ClientKeys.ofPem(certificates, key);
            return this;
        }

        /**
         * Shows a certificate to servers that ask for one.
         *
         * @param certificates PEM text, our certificate first, then those that signed it
         * @param key PEM text with its private key, not encrypted
         * @throws IllegalArgumentException if a text does not hold what it should
         */
        public Builder clientCertificate(String certificates, String key) {
            this.clientKeys = ClientKeys.ofPem(certificates, key);
            return this;
        }

        /**
         * Shows a certificate to servers that ask for one.
         *
         * @param pkcs12 a PKCS#12 file ({@code .p12}, {@code .pfx}) with the certificate and its
         *     key
         * @param password of the file; it is not kept
         * @throws IllegalArgumentException if the file cannot be read, the password is not its own,
         *     or it holds no key
         */
        public Builder clientCertificate(Path pkcs12, char[] password) {
            this.clientKeys = ClientKeys.ofPkcs12(pkcs12, password);
            return this;
        }

        /**
         * Returns the options.
         *
         * @throws IllegalStateException if more than one kind of trust is set
         */
        public TlsOptions build() {
            int kinds =
                    (authorities.isEmpty() ? 0 : 1)
                            + (fingerprints.isEmpty() ? 0 : 1)
                            + (everything ? 1 : 0);
            if (kinds > 1) {
                throw new IllegalStateException(
                        "set one of ca(...), pinnedCertificate(...) or pinnedFingerprint(...), and"
                                + " trustEverythingInsecurely(): together they contradict");
            }
            return new TlsOptions(this);
        }
    }
}
