package io.github.pbxsdk.ami;

import io.github.pbxsdk.ami.action.CoreSettingsResult;
import io.github.pbxsdk.ami.action.CoreStatusResult;
import io.github.pbxsdk.core.AsteriskVersion;
import io.github.pbxsdk.core.HostAndPort;
import io.github.pbxsdk.core.ServerIdentity;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who answers: the server at the other end of a connection.
 *
 * <p>More than the greeting is known only where the AMI user may read {@code system} or {@code
 * reporting}. Immutable.
 */
public final class AmiServer {

    private final HostAndPort host;
    private final String user;
    private final String greeting;
    private final AsteriskVersion version;
    private final String systemName;
    private final @Nullable LocalDateTime startedAt;

    private AmiServer(
            HostAndPort host,
            String user,
            String greeting,
            AsteriskVersion version,
            String systemName,
            @Nullable LocalDateTime startedAt) {
        this.host = host;
        this.user = user;
        this.greeting = greeting;
        this.version = version;
        this.systemName = systemName;
        this.startedAt = startedAt;
    }

    /** Puts together what was learnt; what the user may not read is null. */
    static AmiServer of(
            HostAndPort host,
            String user,
            String greeting,
            @Nullable CoreSettingsResult settings,
            @Nullable CoreStatusResult status) {
        return new AmiServer(
                host,
                user,
                greeting,
                AsteriskVersion.of(settings == null ? "" : settings.asteriskVersion()),
                settings == null ? "" : settings.systemName(),
                status == null ? null : start(status));
    }

    private static @Nullable LocalDateTime start(CoreStatusResult status) {
        try {
            return LocalDateTime.parse(status.startupDate() + "T" + status.startupTime());
        } catch (DateTimeException e) {
            // Not told, or in another form: then a restart is not noticed, which is documented.
            return null;
        }
    }

    /** Returns which of the client's hosts it is. */
    public HostAndPort host() {
        return host;
    }

    /** Returns who logged in there; empty where that was not us. */
    String user() {
        return user;
    }

    /** Returns its first line, such as {@code Asterisk Call Manager/11.0.0}; forks differ. */
    public String greeting() {
        return greeting;
    }

    /** Returns its version; where it isn't told, one that counts as the newest. */
    public AsteriskVersion version() {
        return version;
    }

    /** Returns the name from its asterisk.conf, which also begins its unique ids, if it has one. */
    public Optional<String> systemName() {
        return systemName.isEmpty() ? Optional.empty() : Optional.of(systemName);
    }

    /** Returns when it was started, in its own time zone, if it is told. */
    public Optional<LocalDateTime> startedAt() {
        return Optional.ofNullable(startedAt);
    }

    /**
     * Returns what tells it from others. AMI does not tell the server's time zone; read as UTC, the
     * start is off by some hours at most, and the same each time.
     */
    @Nullable ServerIdentity identity() {
        if (startedAt == null) {
            return null;
        }
        String name = systemName.isEmpty() ? host.toString() : systemName;
        return ServerIdentity.of(name, startedAt.toInstant(ZoneOffset.UTC));
    }

    @Override
    public String toString() {
        return "Asterisk " + version + " on " + host;
    }
}
