package io.github.pbxsdk.recordings;

import io.github.pbxsdk.core.PbxAuthenticationException;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.jspecify.annotations.Nullable;

/** One connection to an SFTP server, made when it is needed. Thread-safe. */
final class SftpConnection implements AutoCloseable {

    private final ReentrantLock lock = new ReentrantLock();
    private final String host;
    private final int port;
    private final String user;
    private final Path key;
    private final String hostKey;
    private final Duration timeout;
    private @Nullable SshClient ssh;
    private @Nullable SftpClient sftp;
    private boolean closed;

    /** Told by a thread of the SSH library while the keys are exchanged. */
    private volatile boolean isStranger;

    SftpConnection(String host, int port, String user, Path key, String hostKey, Duration timeout) {
        this.host = host;
        this.port = port;
        this.user = user;
        this.key = key;
        this.hostKey = hostKey;
        this.timeout = timeout;
    }

    /**
     * Returns the client.
     *
     * @throws PbxException if there is no way to the server, or it is another one, or it does not
     *     let us in
     */
    SftpClient client() {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("this SftpSource is closed");
            }
            SftpClient known = sftp;
            if (known != null && known.isOpen()) {
                return known;
            }
            SftpClient opened = open();
            sftp = opened;
            return opened;
        } finally {
            lock.unlock();
        }
    }

    private SftpClient open() {
        isStranger = false;
        ClientSession session = null;
        try {
            session = started().connect(user, host, port).verify(timeout).getSession();
            session.setKeyIdentityProvider(KeyIdentityProvider.wrapKeyPairs(identity()));
            session.auth().verify(timeout);
            return SftpClientFactory.instance().createSftpClient(session).singleSessionInstance();
        } catch (IOException e) {
            if (session != null) {
                session.close(true);
            }
            throw failure(e);
        }
    }

    private boolean isExpected(PublicKey found) {
        isStranger = !hostKey.equals(KeyUtils.getFingerPrint(BuiltinDigests.sha256, found));
        return !isStranger;
    }

    /** Nothing is taken from the user's own SSH settings and keys. */
    private SshClient started() {
        SshClient known = ssh;
        if (known != null) {
            return known;
        }
        SshClient client = SshClient.setUpDefaultClient();
        client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
        client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        client.setUserAuthFactoriesNameList("publickey");
        client.setServerKeyVerifier((session, address, found) -> isExpected(found));
        CoreModuleProperties.HEARTBEAT_INTERVAL.set(client, Duration.ofSeconds(30));
        CoreModuleProperties.HEARTBEAT_NO_REPLY_MAX.set(client, 2);
        client.start();
        ssh = client;
        return client;
    }

    private Iterable<KeyPair> identity() throws IOException {
        try (var stream = Files.newInputStream(key)) {
            return SecurityUtils.loadKeyPairIdentities(
                    null, () -> "the private key", stream, FilePasswordProvider.EMPTY);
        } catch (GeneralSecurityException e) {
            throw new IOException("the private key can't be read", e);
        }
    }

    private PbxException failure(IOException e) {
        String where = "SFTP of " + host + ":" + port;
        if (isStranger) {
            return new PbxAuthenticationException(
                    where
                            + " shows another key than hostKey(...): it was set up anew, or"
                            + " somebody is in between");
        }
        boolean isRefused =
                e instanceof SshException && String.valueOf(e.getMessage()).contains("auth");
        return isRefused
                ? new PbxAuthenticationException(
                        where + " does not let " + user + " in with this key")
                : new PbxConnectionException("can't reach " + where, e, false);
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            if (ssh != null) {
                ssh.stop();
            }
        } finally {
            lock.unlock();
        }
    }
}
