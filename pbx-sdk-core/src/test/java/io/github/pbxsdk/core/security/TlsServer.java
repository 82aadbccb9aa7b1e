package io.github.pbxsdk.core.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/** A server on loopback that speaks TLS, reads a little and answers in HTTP. */
final class TlsServer implements AutoCloseable {

    private final SSLServerSocket listening;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private TlsServer(HandshakeCertificates certificates, boolean asksForCertificate) {
        try {
            listening =
                    (SSLServerSocket)
                            certificates
                                    .sslContext()
                                    .getServerSocketFactory()
                                    .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
            listening.setNeedClientAuth(asksForCertificate);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    static TlsServer showing(HeldCertificate certificate) {
        return new TlsServer(
                new HandshakeCertificates.Builder().heldCertificate(certificate).build(), false);
    }

    static TlsServer askingFor(HeldCertificate client, HeldCertificate own) {
        return new TlsServer(
                new HandshakeCertificates.Builder()
                        .heldCertificate(own)
                        .addTrustedCertificate(client.certificate())
                        .build(),
                true);
    }

    int port() {
        return listening.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                SSLSocket socket = (SSLSocket) listening.accept();
                threads.execute(() -> serve(socket));
            }
        } catch (IOException | RejectedExecutionException e) {
            // The test is over.
        }
    }

    private static void serve(SSLSocket socket) {
        try (socket) {
            socket.setSoTimeout((int) Duration.ofSeconds(10).toMillis());
            byte[] request = new byte[4096];
            if (socket.getInputStream().read(request) > 0) {
                socket.getOutputStream()
                        .write(
                                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
                                        .getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().flush();
                socket.getInputStream().read(request);
            }
        } catch (IOException e) {
            // A client that refuses us hangs up; that is what many of the tests are about.
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        threads.shutdownNow();
    }
}
