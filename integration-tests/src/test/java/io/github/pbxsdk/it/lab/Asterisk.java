package io.github.pbxsdk.it.lab;

import static org.awaitility.Awaitility.await;

import io.github.pbxsdk.core.Credentials;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A real Asterisk on loopback.
 *
 * <p>The accessors hold what most tests need; {@link #setting} has all that {@code lab/asterisk
 * env} prints.
 */
public final class Asterisk {

    private final LabScript script;
    private final int major;
    private final Ownership ownership;
    private volatile Map<String, String> settings;
    private volatile boolean takenDown;

    Asterisk(LabScript script, int major) {
        this.script = script;
        this.major = major;
        settings = script.environment(major);
        ownership = Ownership.take(path("PBX_LAB_PID_FILE").resolveSibling("tests"), pid());
        start();
    }

    /** Returns 16 or 22. */
    public int major() {
        return major;
    }

    /** Returns the whole version, such as {@code 22.10.1}. */
    public String version() {
        return setting("PBX_LAB_VERSION");
    }

    /** Returns where AMI listens. */
    public InetSocketAddress ami() {
        return address("AMI_HOST", "AMI_PORT");
    }

    /** Returns where AMI over TLS listens. */
    public InetSocketAddress amiTls() {
        return address("AMI_HOST", "AMI_TLS_PORT");
    }

    /** Returns a manager user who may do everything. */
    public Credentials amiCredentials() {
        return Credentials.of(setting("AMI_USER"), setting("AMI_SECRET"));
    }

    /** Returns the address of ARI, without a slash at the end. */
    public URI ari() {
        return URI.create(setting("ARI_URL"));
    }

    /** Returns the address of ARI over TLS, without a slash at the end. */
    public URI ariTls() {
        return URI.create(setting("ARI_TLS_URL"));
    }

    /** Returns an ARI user who may do everything. */
    public Credentials ariCredentials() {
        return Credentials.of(setting("ARI_USER"), setting("ARI_PASSWORD"));
    }

    /** Returns an ARI user who may only read. */
    public Credentials ariReadOnlyCredentials() {
        return Credentials.of(setting("ARI_READONLY_USER"), setting("ARI_READONLY_PASSWORD"));
    }

    /** Returns where SIP listens, over UDP and over TCP. */
    public InetSocketAddress sip() {
        return address("SIP_SERVER", "SIP_UDP_PORT");
    }

    /** Returns where SIP over TLS listens. */
    public InetSocketAddress sipTls() {
        return address("SIP_SERVER", "SIP_TLS_PORT");
    }

    /** Returns the address of SIP over WebSocket. */
    public URI sipWs() {
        return URI.create(setting("SIP_WS_URL"));
    }

    /** Returns the address of SIP over WebSocket and TLS. */
    public URI sipWss() {
        return URI.create(setting("SIP_WSS_URL"));
    }

    /** Returns the credentials of an extension, such as 1001. */
    public Credentials extension(int number) {
        return Credentials.of(Integer.toString(number), setting("SIP_PASSWORD_PREFIX") + number);
    }

    /** Returns what trusts the lab's certificate authority, and nobody else. */
    public SSLContext trust() {
        try (InputStream file = Files.newInputStream(path("PBX_CA"))) {
            Certificate authority =
                    CertificateFactory.getInstance("X.509").generateCertificate(file);
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry("lab", authority);
            TrustManagerFactory trust =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("the lab's certificate cannot be read", e);
        }
    }

    /**
     * Returns a line of {@code lab/asterisk env}.
     *
     * @throws IllegalArgumentException if there is no such line, or no value in it
     */
    public String setting(String name) {
        String value = settings.get(name);
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException(
                    "the lab has no " + name + ", only " + new TreeMap<>(settings).keySet());
        }
        return value;
    }

    /** Returns a path among the settings. */
    public Path path(String name) {
        return Path.of(setting(name));
    }

    /** Runs a CLI command, such as {@code core show channels}, and returns what it printed. */
    public String cli(String command) {
        return script.cli(major, command);
    }

    /** Ends the server as a power cut does; returns when the process is gone. */
    public void kill9() {
        ProcessHandle process = process().orElseThrow();
        takenDown = true;
        process.destroyForcibly();
        awaitEnd(process);
    }

    /** Stops the server; returns when the process is gone. */
    public void stop() {
        Optional<ProcessHandle> process = process();
        takenDown = true;
        script.stop(major);
        process.ifPresent(Asterisk::awaitEnd);
    }

    /** Starts the server if it does not run; returns when it is booted and all services answer. */
    public void start() {
        script.start(major);
        settings = script.environment(major);
        ownership.started(pid());
        takenDown = false;
    }

    /** Starts the server again if the test took it down. */
    void restore() {
        if (takenDown) {
            start();
        } else if (process().isEmpty()) {
            start();
            throw new IllegalStateException(
                    "Asterisk " + major + " died in this test; see " + setting("PBX_LAB_LOG_FILE"));
        }
    }

    /** Leaves the server as it was found. */
    void leave() {
        if (ownership.isOurs()) {
            script.stop(major);
        }
        ownership.giveUp();
    }

    /** A process that ends gives its memory back first and its ports later. */
    private static void awaitEnd(ProcessHandle process) {
        await("end of " + process.pid())
                .atMost(10, TimeUnit.SECONDS)
                .pollInterval(10, TimeUnit.MILLISECONDS)
                .until(() -> !process.isAlive() || isZombie(process.pid()));
    }

    /**
     * Where process 1 buries nobody, as in some containers, a dead process keeps its number. Its
     * first thread may die before the others, and they hold the ports.
     */
    private static boolean isZombie(long pid) throws IOException {
        Path process = Path.of("/proc", Long.toString(pid));
        try (Stream<Path> threads = Files.list(process.resolve("task"))) {
            String status = Files.readString(process.resolve("stat"));
            boolean dead = status.substring(status.lastIndexOf(')')).startsWith(") Z");
            return dead && threads.count() == 1;
        } catch (NoSuchFileException e) {
            return true;
        }
    }

    private InetSocketAddress address(String host, String port) {
        return new InetSocketAddress(setting(host), Integer.parseInt(setting(port)));
    }

    private Optional<ProcessHandle> process() {
        return ProcessHandle.of(Long.parseLong(setting("PBX_LAB_PID")))
                .filter(ProcessHandle::isAlive);
    }

    private String pid() {
        return settings.getOrDefault("PBX_LAB_PID", "");
    }
}
