package io.github.pbxsdk.sip;

import io.github.pbxsdk.core.state.StateChange;
import io.github.pbxsdk.core.state.StateConflictException;
import io.github.pbxsdk.core.state.StateEntry;
import io.github.pbxsdk.core.state.StateException;
import io.github.pbxsdk.core.state.StateStore;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Which device we are, the same after each restart. */
final class InstanceId {

    private static final String NAMESPACE = "sip.instance";
    private static final String KEY = "id";

    private final @Nullable StateStore store;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable UUID id;

    private InstanceId(@Nullable UUID id, @Nullable StateStore store) {
        this.id = id;
        this.store = store;
    }

    static InstanceId of(@Nullable UUID id, @Nullable StateStore store) {
        return new InstanceId(id, store);
    }

    /**
     * Returns the id; may read it from the store, and blocks for that the first time.
     *
     * @throws StateException if the store fails then
     */
    UUID get() {
        lock.lock();
        try {
            if (id == null) {
                id = store == null ? ofThisPlace() : stored(store);
            }
            return id;
        } finally {
            lock.unlock();
        }
    }

    private static UUID ofThisPlace() {
        String place = hostName() + '\n' + System.getProperty("user.dir", "");
        return UUID.nameUUIDFromBytes(place.getBytes(StandardCharsets.UTF_8));
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            // A machine without a name is told apart by the directory alone.
            return "";
        }
    }

    private static UUID stored(StateStore store) {
        Optional<UUID> known = find(store);
        if (known.isPresent()) {
            return known.get();
        }
        UUID fresh = UUID.randomUUID();
        try {
            store.commit(StateChange.put(NAMESPACE, KEY, fresh.toString()).ifAbsent());
            return fresh;
        } catch (StateConflictException e) {
            // Another instance of the application was quicker; they are one device.
            return find(store).orElse(fresh);
        }
    }

    private static Optional<UUID> find(StateStore store) {
        return store.find(NAMESPACE, KEY).map(StateEntry::text).map(InstanceId::read);
    }

    private static UUID read(String stored) {
        try {
            return UUID.fromString(stored);
        } catch (IllegalArgumentException e) {
            throw new StateException("the stored id of this SIP device is damaged", e, false);
        }
    }
}
