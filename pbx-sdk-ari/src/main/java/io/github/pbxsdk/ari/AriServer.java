package io.github.pbxsdk.ari;

import io.github.pbxsdk.ari.model.AsteriskInfo;
import io.github.pbxsdk.ari.model.StatusInfo;
import io.github.pbxsdk.ari.model.SystemInfo;
import io.github.pbxsdk.core.AsteriskVersion;
import io.github.pbxsdk.core.HostAndPort;
import io.github.pbxsdk.core.ServerIdentity;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who answers: the server at the other end of a connection. Immutable. */
public final class AriServer {

    private final HostAndPort host;
    private final AsteriskVersion version;
    private final String entityId;
    private final @Nullable Instant startedAt;

    private AriServer(
            HostAndPort host,
            AsteriskVersion version,
            String entityId,
            @Nullable Instant startedAt) {
        this.host = host;
        this.version = version;
        this.entityId = entityId;
        this.startedAt = startedAt;
    }

    static AriServer of(HostAndPort host, AsteriskInfo info) {
        return new AriServer(
                host,
                AsteriskVersion.of(info.system().map(SystemInfo::version).orElse("")),
                info.system().map(SystemInfo::entityId).orElse(""),
                info.status().flatMap(StatusInfo::startupTime).orElse(null));
    }

    /** Returns where it listens. */
    public HostAndPort host() {
        return host;
    }

    /** Returns its version; where it isn't told, one that counts as the newest. */
    public AsteriskVersion version() {
        return version;
    }

    Optional<Release> release() {
        return Release.of(version);
    }

    /** Returns its id, often a MAC address, which tells it from others. */
    public String entityId() {
        return entityId;
    }

    /** Returns when it was started, if it tells. */
    public Optional<Instant> startedAt() {
        return Optional.ofNullable(startedAt);
    }

    @Nullable ServerIdentity identity() {
        if (entityId.isEmpty()) {
            return null;
        }
        return startedAt == null
                ? ServerIdentity.of(entityId)
                : ServerIdentity.of(entityId, startedAt);
    }

    @Override
    public String toString() {
        return "Asterisk " + version + " on " + host;
    }
}
