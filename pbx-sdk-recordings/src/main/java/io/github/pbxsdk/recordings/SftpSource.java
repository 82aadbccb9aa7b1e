package io.github.pbxsdk.recordings;

import io.github.pbxsdk.core.HostAndPort;
import io.github.pbxsdk.core.recording.RecordingContent;
import io.github.pbxsdk.core.recording.RecordingEntry;
import io.github.pbxsdk.core.recording.RecordingSource;
import io.github.pbxsdk.core.recording.SourceCapability;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The recordings in a directory of the PBX, over SFTP: nothing has to be installed there.
 *
 * <pre>{@code
 * SftpSource source = SftpSource.builder("pbx.example.com", "/var/spool/asterisk/monitor")
 *         .user("recordings")
 *         .key(Path.of("id_ed25519"))
 *         .hostKey("SHA256:uNiVztksCsDhcc0u9e8BrrJXVGDUFpzHb1e3j6SErMo")
 *         .build();
 * }</pre>
 *
 * <p>It logs in with a private key, and only to the server whose key was given: {@code ssh-keygen
 * -lf /etc/ssh/ssh_host_ed25519_key.pub} on the PBX shows it. The application brings {@code
 * org.apache.sshd:sshd-sftp} 2.16 or later of version 2.
 *
 * <p>One connection is made when it is needed, kept, and made anew when it is lost. Thread-safe;
 * close it at the end.
 */
public final class SftpSource implements RecordingSource, AutoCloseable {

    private final String host;
    private final SftpDirectory directory;

    private SftpSource(Builder builder, String user, Path key, String hostKey) {
        this.host = builder.host;
        SftpConnection connection =
                new SftpConnection(builder.host, builder.port, user, key, hostKey, builder.timeout);
        this.directory = new SftpDirectory(name(), builder.directory, connection);
    }

    /**
     * Returns a builder.
     *
     * @param host the PBX
     * @param directory its directory of recordings, before the folders of days
     */
    public static Builder builder(String host, String directory) {
        return new Builder(host, directory);
    }

    @Override
    public String name() {
        return "SFTP of " + host;
    }

    @Override
    public String road() {
        return "sftp";
    }

    @Override
    public Set<SourceCapability> capabilities() {
        return EnumSet.allOf(SourceCapability.class);
    }

    @Override
    public Stream<RecordingEntry> stream() {
        return directory.walk(new DayFolders(LocalDate.MIN));
    }

    @Override
    public Stream<RecordingEntry> streamSince(LocalDate since) {
        return directory.walk(new DayFolders(since));
    }

    @Override
    public Optional<RecordingEntry> find(String recordingName) {
        return directory.find(recordingName);
    }

    @Override
    public Optional<RecordingContent> open(RecordingEntry entry, long offset) {
        return directory.open(entry, offset);
    }

    /** Ends the connection; repeatable. */
    @Override
    public void close() {
        directory.close();
    }

    @Override
    public String toString() {
        return "SftpSource[" + host + "]";
    }

    /** Collects the settings of a {@link SftpSource}; not thread-safe. */
    public static final class Builder {

        private final String host;
        private final String directory;
        private int port = 22;
        private @Nullable String user;
        private @Nullable Path key;
        private @Nullable String hostKey;
        private Duration timeout = Duration.ofSeconds(15);

        private Builder(String host, String directory) {
            this.host = Objects.requireNonNull(host, "host");
            this.directory = Objects.requireNonNull(directory, "directory");
        }

        /** Sets the port; 22 by default. */
        public Builder port(int value) {
            this.port = new HostAndPort(host, value).port();
            return this;
        }

        /** Sets the user to log in as, who may read the directory; a must. */
        public Builder user(String value) {
            this.user = Objects.requireNonNull(value, "user");
            return this;
        }

        /** Sets the file with the private key, without a passphrase; a must. */
        public Builder key(Path value) {
            this.key = Objects.requireNonNull(value, "key");
            return this;
        }

        /**
         * Sets the fingerprint of the server's key, as OpenSSH shows it; a must.
         *
         * @throws IllegalArgumentException if it is not {@code SHA256:} and 43 letters and digits
         */
        public Builder hostKey(String value) {
            if (!value.matches("SHA256:[A-Za-z0-9+/]{43}")) {
                throw new IllegalArgumentException(
                        "hostKey(...) is a fingerprint as ssh-keygen -lf shows it, SHA256:…");
            }
            this.hostKey = value;
            return this;
        }

        /** Sets how long connecting, logging in and each answer may take; 15 seconds by default. */
        public Builder timeout(Duration value) {
            if (value.isNegative() || value.isZero()) {
                throw new IllegalArgumentException("timeout(...) must be positive: " + value);
            }
            this.timeout = value;
            return this;
        }

        /**
         * Returns the source; connects to nothing yet.
         *
         * @throws IllegalStateException if user, key or host key is missing
         */
        public SftpSource build() {
            String checkedUser = user;
            Path checkedKey = key;
            String checkedHostKey = hostKey;
            if (checkedUser == null || checkedKey == null || checkedHostKey == null) {
                throw new IllegalStateException(
                        "set user(...), key(...) and hostKey(...) before build()");
            }
            return new SftpSource(this, checkedUser, checkedKey, checkedHostKey);
        }
    }
}
