package io.github.pbxsdk.core.internal.tls;

import io.github.pbxsdk.core.PbxConnectionException;
import java.io.EOFException;
import java.net.SocketTimeoutException;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says in one sentence why TLS did not come about. */
public final class TlsFailures {

    private static final String CLIENT_CERTIFICATE =
            "; if it asks for a client certificate, see TlsOptions.Builder.clientCertificate(...)";

    private TlsFailures() {}

    /**
     * Returns the failure of a handshake in the words of this SDK.
     *
     * @param failure what the socket threw
     */
    public static PbxConnectionException handshake(String host, int port, Throwable failure) {
        return new PbxConnectionException(handshakeSentence(host, port, failure), failure);
    }

    /** Returns the sentence for a handshake that failed. */
    public static String handshakeSentence(String host, int port, Throwable failure) {
        return sentence(host, port, failure).orElseGet(() -> unnamed(host + ":" + port, failure));
    }

    private static String unnamed(String peer, Throwable failure) {
        if (failure instanceof SocketTimeoutException) {
            return peer + " stays silent in the TLS handshake; does this port speak TLS?";
        }
        return "the TLS handshake with " + peer + " broke off (" + failure.getMessage() + ")";
    }

    /** Returns the sentence for a failure that comes from TLS, also later than the handshake. */
    public static Optional<String> sentence(String host, int port, Throwable failure) {
        RefusedCertificateException refused = find(failure, RefusedCertificateException.class);
        if (refused != null) {
            return Optional.ofNullable(refused.getMessage());
        }
        SSLException tls = find(failure, SSLException.class);
        return tls == null ? Optional.empty() : Optional.of(describe(host + ":" + port, tls));
    }

    /**
     * Adds the hint that a client certificate may be missing to the sentence for a TLS connection
     * that was lost before the peer said anything: in TLS 1.3 a server misses one only after the
     * handshake, and often just hangs up.
     */
    public static String orMissingCertificate(String sentence) {
        return sentence + CLIENT_CERTIFICATE;
    }

    private static String describe(String peer, SSLException failure) {
        String words = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        if (words.contains("unsupported or unrecognized ssl message")
                || words.contains("plaintext connection")) {
            return peer + " does not speak TLS; use its TLS port, or the URL without TLS";
        }
        if (words.contains("protocol_version") || words.contains("handshake_failure")) {
            return peer
                    + " and this Java have no TLS in common (1.2 or 1.3 is needed), or it asks for a"
                    + " client certificate: see TlsOptions.Builder.clientCertificate(...) ("
                    + failure.getMessage()
                    + ")";
        }
        if (words.contains("certificate_required")
                || words.contains("bad_certificate")
                || words.contains("certificate_unknown")
                || words.contains("unknown_ca")) {
            return peer
                    + " does not accept our client certificate, or misses one: see"
                    + " TlsOptions.Builder.clientCertificate(...) ("
                    + failure.getMessage()
                    + ")";
        }
        if (find(failure, EOFException.class) != null) {
            return peer + " hung up in the TLS handshake; does this port speak TLS?";
        }
        return "TLS with " + peer + " failed (" + failure.getMessage() + ")";
    }

    private static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> kind) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < 16; depth++) {
            if (kind.isInstance(cause)) {
                return kind.cast(cause);
            }
            cause = cause.getCause();
        }
        return null;
    }
}
