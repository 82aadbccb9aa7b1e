package io.github.pbxsdk.core.internal.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Decides about the certificate of a server, and says in one sentence why not.
 *
 * <p>It is an <em>extended</em> trust manager in all its kinds: around a plain one, Java would put
 * its own check of the host's name.
 */
public abstract class ServerTrust extends X509ExtendedTrustManager {

    private ServerTrust() {}

    /**
     * Returns a trust in authorities, which also checks dates and the host's name.
     *
     * @param signers the authorities in words, for the message
     */
    public static ServerTrust inAuthorities(X509ExtendedTrustManager authorities, String signers) {
        return new InAuthorities(authorities, signers);
    }

    /** Returns a trust in the very certificates that have one of these fingerprints. */
    public static ServerTrust inCertificates(Set<String> fingerprints) {
        return new InCertificates(fingerprints);
    }

    /** Returns a trust in everything. */
    public static ServerTrust inEverything() {
        return new InEverything();
    }

    /** Decides with the check of the host's name, where the peer's connection asks for it. */
    abstract void check(X509Certificate[] chain, String authType, Peer peer)
            throws CertificateException;

    @Override
    public final void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        check(chain, authType, new Peer(socket, null));
    }

    @Override
    public final void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(chain, authType, new Peer(null, engine));
    }

    @Override
    public final void checkServerTrusted(X509Certificate[] chain, String authType)
            throws CertificateException {
        check(chain, authType, new Peer(null, null));
    }

    @Override
    public final void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw onlyForServers();
    }

    @Override
    public final void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw onlyForServers();
    }

    @Override
    public final void checkClientTrusted(X509Certificate[] chain, String authType)
            throws CertificateException {
        throw onlyForServers();
    }

    private static CertificateException onlyForServers() {
        return new CertificateException("TlsOptions are for clients, which judge servers");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }

    /** The connection on which a certificate was shown: a socket, an engine, or neither known. */
    private record Peer(@Nullable Socket socket, @Nullable SSLEngine engine) {

        String name() {
            SSLSession session = null;
            if (socket instanceof SSLSocket secure) {
                session = secure.getHandshakeSession();
            } else if (engine != null) {
                session = engine.getHandshakeSession();
            }
            String host = session == null ? null : session.getPeerHost();
            return host == null ? "the server" : host;
        }
    }

    private static final class InAuthorities extends ServerTrust {

        private final X509ExtendedTrustManager authorities;
        private final String signers;

        InAuthorities(X509ExtendedTrustManager authorities, String signers) {
            this.authorities = authorities;
            this.signers = signers;
        }

        @Override
        void check(X509Certificate[] chain, String authType, Peer peer)
                throws CertificateException {
            // Java does not look at the dates of a certificate that is an authority itself.
            requireInTime(chain[0], peer);
            try {
                delegate(chain, authType, peer);
            } catch (CertificateException e) {
                throw explain(chain, authType, peer, e);
            }
        }

        private void delegate(X509Certificate[] chain, String authType, Peer peer)
                throws CertificateException {
            if (peer.socket() != null) {
                authorities.checkServerTrusted(chain, authType, peer.socket());
            } else if (peer.engine() != null) {
                authorities.checkServerTrusted(chain, authType, peer.engine());
            } else {
                authorities.checkServerTrusted(chain, authType);
            }
        }

        private CertificateException explain(
                X509Certificate[] chain, String authType, Peer peer, CertificateException why) {
            try {
                for (X509Certificate certificate : chain) {
                    requireInTime(certificate, peer);
                }
                authorities.checkServerTrusted(chain, authType);
            } catch (RefusedCertificateException outOfTime) {
                return outOfTime;
            } catch (CertificateException untrusted) {
                return untrusted(chain[0], peer, untrusted);
            }
            // All is well without the name, so it was the name.
            return foreign(chain[0], peer, why);
        }

        private static void requireInTime(X509Certificate certificate, Peer peer)
                throws RefusedCertificateException {
            try {
                certificate.checkValidity();
            } catch (CertificateExpiredException e) {
                throw new RefusedCertificateException(
                        peer.name()
                                + " shows a certificate that expired on "
                                + Certificates.day(certificate.getNotAfter())
                                + "; renew it there",
                        e);
            } catch (CertificateNotYetValidException e) {
                throw new RefusedCertificateException(
                        peer.name()
                                + " shows a certificate that is not valid before "
                                + Certificates.day(certificate.getNotBefore())
                                + "; compare the clocks of both machines",
                        e);
            }
        }

        private static CertificateException foreign(
                X509Certificate certificate, Peer peer, CertificateException why) {
            return new RefusedCertificateException(
                    peer.name()
                            + " shows a certificate for "
                            + String.join(", ", Certificates.hosts(certificate))
                            + "; connect by that name, or trust this very certificate with"
                            + " TlsOptions.pinnedCertificate(...)",
                    why);
        }

        private CertificateException untrusted(
                X509Certificate certificate, Peer peer, CertificateException why) {
            return new RefusedCertificateException(
                    peer.name()
                            + " shows a certificate that was not signed by "
                            + signers
                            + " but by "
                            + Certificates.issuer(certificate)
                            + "; name that authority with TlsOptions.ca(...), or trust this very"
                            + " certificate with TlsOptions.pinnedCertificate(...)",
                    why);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return authorities.getAcceptedIssuers();
        }
    }

    private static final class InCertificates extends ServerTrust {

        private final Set<String> fingerprints;

        InCertificates(Set<String> fingerprints) {
            this.fingerprints = Set.copyOf(fingerprints);
        }

        @Override
        void check(X509Certificate[] chain, String authType, Peer peer)
                throws CertificateException {
            String shown = Certificates.fingerprint(chain[0]);
            if (!fingerprints.contains(shown)) {
                throw new RefusedCertificateException(
                        peer.name()
                                + " shows a certificate that is not the pinned one: "
                                + Certificates.subject(chain[0])
                                + " with the SHA-256 fingerprint "
                                + shown
                                + "; if it was renewed there, set TlsOptions.pinnedCertificate(...)"
                                + " or pinnedFingerprint(...) anew",
                        null);
            }
        }
    }

    private static final class InEverything extends ServerTrust {

        @Override
        void check(X509Certificate[] chain, String authType, Peer peer) {
            // Everything is accepted: the user has said so in a loud word.
        }
    }
}
