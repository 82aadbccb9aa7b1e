package io.github.pbxsdk.core.internal.tls;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** What we look at in a certificate. */
public final class Certificates {

    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    private Certificates() {}

    /** Returns the SHA-256 fingerprint as {@code openssl x509 -fingerprint} writes it. */
    public static String fingerprint(X509Certificate certificate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("a certificate that has no encoding", e);
        }
    }

    /**
     * Reads a fingerprint with or without colons, blanks and a prefix such as {@code sha256:}.
     *
     * @throws IllegalArgumentException if it is not one of SHA-256
     */
    public static String fingerprint(String text) {
        String digits =
                text.strip()
                        .replaceFirst("(?i)^sha-?256( fingerprint)?[:=]", "")
                        .replaceAll("[:\\s]", "")
                        .toUpperCase(Locale.ROOT);
        if (!digits.matches("[0-9A-F]{64}")) {
            throw new IllegalArgumentException(
                    "not a SHA-256 fingerprint of 64 hexadecimal digits: " + text);
        }
        return digits.replaceAll("(..)(?!$)", "$1:");
    }

    /** Returns for which hosts a certificate is, in the order of the certificate. */
    static List<String> hosts(X509Certificate certificate) {
        List<String> hosts = new ArrayList<>();
        for (List<?> name : alternativeNames(certificate)) {
            boolean host = name.get(0).equals(DNS_NAME) || name.get(0).equals(IP_ADDRESS);
            if (host && name.get(1) instanceof String text) {
                hosts.add(text);
            }
        }
        return hosts.isEmpty() ? List.of(subject(certificate)) : hosts;
    }

    private static Collection<List<?>> alternativeNames(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null ? List.of() : names;
        } catch (CertificateParsingException e) {
            // Names that cannot be read are as good as none.
            return List.of();
        }
    }

    static String subject(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }

    static String issuer(X509Certificate certificate) {
        return certificate.getIssuerX500Principal().getName();
    }

    static LocalDate day(Date date) {
        return LocalDate.ofInstant(date.toInstant(), ZoneOffset.UTC);
    }
}
