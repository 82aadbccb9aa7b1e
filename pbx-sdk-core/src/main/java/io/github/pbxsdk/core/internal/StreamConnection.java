package io.github.pbxsdk.core.internal;

import io.github.pbxsdk.core.HostAndPort;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxTimeoutException;
import io.github.pbxsdk.core.internal.tls.TlsFailures;
import io.github.pbxsdk.core.internal.tls.TlsSockets;
import io.github.pbxsdk.core.security.TlsOptions;
import io.github.pbxsdk.core.time.Time;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * One TCP or TLS connection with blocking reads and writes, each with a deadline.
 *
 * <p>One thread reads, any number write: writes are whole and do not mix. Failures are in the words
 * of this SDK. How much is read at most is the matter of the buffer that the reader brings.
 */
public final class StreamConnection implements Outbox.Wire {

    private final HostAndPort peer;
    private final Time time;
    private final Socket socket;
    private final InputStream input;
    private final OutputStream output;
    private final ReentrantLock writing = new ReentrantLock();
    private final boolean overTls;
    private volatile boolean heard;
    private volatile Instant lastRead;

    private StreamConnection(HostAndPort peer, Time time, Socket tcp, Socket socket)
            throws IOException {
        this.peer = peer;
        this.time = time;
        this.socket = tcp;
        this.overTls = socket != tcp;
        this.input = socket.getInputStream();
        this.output = socket.getOutputStream();
        this.lastRead = time.now();
    }

    /**
     * Connects; blocks.
     *
     * @param tls what to trust, or null for plain TCP
     * @param timeout for all of it: addresses, connection, TLS
     * @param onSocket is given the socket before it connects, so that somebody can close it
     * @throws PbxConnectionException if there is no connection; the message says why in a sentence
     */
    public static StreamConnection open(
            HostAndPort peer,
            @Nullable TlsOptions tls,
            Duration timeout,
            Time time,
            Consumer<AutoCloseable> onSocket) {
        return open(peer, peer.host(), tls, timeout, time, onSocket);
    }

    /**
     * Connects as {@link #open(HostAndPort, TlsOptions, Duration, Time, Consumer)} does, to a host
     * that stands in for another.
     *
     * @param name the name that the certificate must hold
     */
    public static StreamConnection open(
            HostAndPort peer,
            String name,
            @Nullable TlsOptions tls,
            Duration timeout,
            Time time,
            Consumer<AutoCloseable> onSocket) {
        long deadline = time.nanos() + timeout.toNanos();
        Socket tcp = connectToAny(peer, addresses(peer), deadline, time, onSocket);
        try {
            Socket socket =
                    tls == null ? tcp : handshake(peer, name, tcp, tls, left(deadline, time));
            socket.setSoTimeout(0);
            return new StreamConnection(peer, time, tcp, socket);
        } catch (IOException e) {
            closeQuietly(tcp);
            throw new PbxConnectionException(peer + " broke off while connecting", e);
        } catch (PbxException e) {
            closeQuietly(tcp);
            throw e;
        }
    }

    private static InetAddress[] addresses(HostAndPort peer) {
        try {
            return InetAddress.getAllByName(peer.host());
        } catch (UnknownHostException e) {
            throw new PbxConnectionException(
                    "there is no host " + peer.host() + "; check its name and the DNS", e);
        }
    }

    private static Socket connectToAny(
            HostAndPort peer,
            InetAddress[] addresses,
            long deadline,
            Time time,
            Consumer<AutoCloseable> onSocket) {
        IOException failure = new ConnectException("no address");
        for (InetAddress address : addresses) {
            Socket socket = new Socket();
            try {
                // Makes the system's socket now: one that is closed before that would still
                // connect.
                socket.setTcpNoDelay(true);
                socket.setKeepAlive(true);
                onSocket.accept(socket);
                int millis = Math.toIntExact(left(deadline, time).toMillis());
                socket.connect(new InetSocketAddress(address, peer.port()), millis);
                return socket;
            } catch (IOException e) {
                closeQuietly(socket);
                failure = e;
            }
        }
        throw notConnected(peer, failure);
    }

    /** Returns the time left, at least a millisecond: zero would mean no limit. */
    private static Duration left(long deadline, Time time) {
        return Duration.ofNanos(Math.max(1_000_000, deadline - time.nanos()));
    }

    private static PbxConnectionException notConnected(HostAndPort peer, IOException failure) {
        if (failure instanceof SocketTimeoutException) {
            return new PbxConnectionException(
                    peer + " does not answer; is the host up, and the port open in its firewall?",
                    failure);
        }
        if (failure instanceof ConnectException) {
            return new PbxConnectionException(
                    "nothing listens on " + peer + " (" + failure.getMessage() + ")", failure);
        }
        return new PbxConnectionException(
                "cannot connect to " + peer + " (" + failure.getMessage() + ")", failure);
    }

    private static Socket handshake(
            HostAndPort peer, String name, Socket tcp, TlsOptions tls, Duration timeout) {
        try {
            TlsSockets sockets = new TlsSockets(tls, timeout);
            SSLSocket secure = sockets.createSocket(tcp, name, peer.port(), true);
            secure.startHandshake();
            return secure;
        } catch (IOException e) {
            throw TlsFailures.handshake(peer.host(), peer.port(), e);
        }
    }

    /**
     * Reads what has come, at least one byte; waits for it as long as it takes.
     *
     * @return how many bytes were read, or -1 when the peer has closed the connection
     * @throws PbxConnectionException if the connection was lost or closed
     */
    public int read(byte[] buffer, int from) {
        try {
            int count = input.read(buffer, from, buffer.length - from);
            lastRead = time.now();
            heard = true;
            return count;
        } catch (IOException e) {
            throw lost(e);
        }
    }

    /**
     * Has everything end with a time-out unless the returned alarm is cancelled before; for a phase
     * such as the log-in, in which the peer must not stay silent.
     */
    public Time.Alarm limit(Duration timeout) {
        return time.schedule(timeout, this::close);
    }

    /**
     * Writes all bytes.
     *
     * @throws PbxTimeoutException if the peer does not take them in time; the connection is closed
     * @throws PbxConnectionException if the connection was lost or closed
     */
    @Override
    public void write(byte[] bytes, Duration timeout) {
        writing.lock();
        try {
            Deadline deadline = new Deadline(timeout);
            try {
                output.write(bytes);
                output.flush();
            } catch (IOException e) {
                throw deadline.passed ? notTaken(timeout, e) : lost(e);
            } finally {
                deadline.alarm.cancel();
            }
        } finally {
            writing.unlock();
        }
    }

    private PbxTimeoutException notTaken(Duration timeout, IOException cause) {
        return new PbxTimeoutException(
                peer + " did not take our data within " + timeout.toMillis() + " ms", cause, true);
    }

    private PbxConnectionException lost(IOException cause) {
        String words = "the connection to " + peer + " was lost (" + cause.getMessage() + ")";
        if (overTls && !heard) {
            words =
                    TlsFailures.sentence(peer.host(), peer.port(), cause)
                            .orElse(TlsFailures.orMissingCertificate(words));
        }
        return new PbxConnectionException(words, cause, true);
    }

    /** Returns when something was last read. */
    public Instant lastRead() {
        return lastRead;
    }

    /** Returns our end of it. */
    public HostAndPort local() {
        // An address of this link only is followed by the name of the interface.
        String address = socket.getLocalAddress().getHostAddress().replaceFirst("%.*", "");
        return new HostAndPort(address, socket.getLocalPort());
    }

    @Override
    public HostAndPort peer() {
        return peer;
    }

    /**
     * Ends the connection at once, also under a thread that reads or writes.
     *
     * <p>The TCP socket is closed, not the TLS one, which could wait for a peer that takes nothing.
     */
    @Override
    public void close() {
        closeQuietly(socket);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // There is nothing left to do with it.
        }
    }

    /** Closes the connection when a write takes too long; a blocked write has no time-out. */
    private final class Deadline {

        private final Time.Alarm alarm;
        private volatile boolean passed;

        Deadline(Duration timeout) {
            this.alarm = time.schedule(timeout, this::pass);
        }

        private void pass() {
            passed = true;
            close();
        }
    }
}
