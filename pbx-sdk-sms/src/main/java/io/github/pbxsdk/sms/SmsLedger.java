package io.github.pbxsdk.sms;

import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.internal.StorageKey;
import io.github.pbxsdk.core.state.StateChange;
import io.github.pbxsdk.core.state.StateConflictException;
import io.github.pbxsdk.core.state.StateEntry;
import io.github.pbxsdk.core.state.StateException;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.sms.LedgerEntry.Stage;
import io.github.pbxsdk.sms.event.SmsOrigin;
import io.github.pbxsdk.sms.provider.ProviderReceipt;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which messages went out, written before each request leaves: so none goes out twice, also after a
 * crash.
 */
final class SmsLedger {

    private static final Logger log = LoggerFactory.getLogger(SmsLedger.class);

    private static final String NAMESPACE = "sms.sent";

    private final StateStore store;
    private final SmsOrigin origin;
    private final Duration retention;

    SmsLedger(StateStore store, SmsOrigin origin, Duration retention) {
        this.store = store;
        this.origin = origin;
        this.retention = retention;
    }

    /**
     * Notes that a message is about to leave.
     *
     * @return the entry that is there: a new one in stage SENDING with its version, or an older one
     */
    Begun begin(String key, String fingerprint, Instant now) {
        LedgerEntry fresh = LedgerEntry.sending(fingerprint, now);
        try {
            while (true) {
                Optional<LedgerEntry> before = find(key);
                if (before.isPresent()) {
                    return new Begun(false, requireSame(before.get(), fingerprint));
                }
                try {
                    return new Begun(true, fresh.at(store.commit(put(key, fresh).ifAbsent())));
                } catch (StateConflictException e) {
                    log.debug("somebody else sends the same message at this moment");
                }
            }
        } catch (StateException e) {
            throw new PbxException("the ledger failed, so nothing was sent", e, false);
        }
    }

    private static LedgerEntry requireSame(LedgerEntry entry, String fingerprint) {
        if (!entry.fingerprint().equals(fingerprint)) {
            throw new IllegalArgumentException(
                    "another message was sent under this idempotency key; nothing was sent now");
        }
        return entry;
    }

    Optional<LedgerEntry> find(String key) {
        return store.find(NAMESPACE, id(key)).map(LedgerEntry::of);
    }

    /** Notes that the provider has it. */
    LedgerEntry sent(String key, LedgerEntry entry, ProviderReceipt receipt) {
        return replace(key, entry, entry.sent(receipt));
    }

    /** Notes that nobody knows. */
    void unknown(String key, LedgerEntry entry) {
        replace(key, entry, entry.unknown());
    }

    private LedgerEntry replace(String key, LedgerEntry before, LedgerEntry after) {
        try {
            return after.at(store.commit(put(key, after).ifVersion(before.version())));
        } catch (StateException e) {
            // The message is where it is. The entry says SENDING, which is read as unknown later.
            log.warn("the ledger could not note what became of a message: {}", e.getMessage());
            return after;
        }
    }

    /** Forgets a message that certainly was not sent, or that nobody will ask for. */
    void release(String key, LedgerEntry entry) {
        try {
            store.commit(StateChange.delete(NAMESPACE, id(key)).ifVersion(entry.version()));
        } catch (StateException e) {
            log.warn("the ledger could not forget a message: {}", e.getMessage());
        }
    }

    /** Returns the keys of messages of which nobody knows, and since when. */
    List<UnresolvedSend> unresolved(Instant startedBefore) {
        String prefix = StorageKey.join(origin.provider(), origin.account()) + "|";
        try (var entries = store.stream(NAMESPACE)) {
            return entries.filter(entry -> entry.key().startsWith(prefix))
                    .filter(entry -> isUnresolved(LedgerEntry.of(entry), startedBefore))
                    .map(entry -> unresolved(entry, prefix))
                    .toList();
        }
    }

    private static boolean isUnresolved(LedgerEntry entry, Instant startedBefore) {
        return entry.stage() == Stage.UNKNOWN
                || (entry.stage() == Stage.SENDING && entry.since().isBefore(startedBefore));
    }

    private static UnresolvedSend unresolved(StateEntry entry, String prefix) {
        String key = StorageKey.unescape(entry.key().substring(prefix.length()));
        return new UnresolvedSend(key, LedgerEntry.of(entry).since());
    }

    private StateChange put(String key, LedgerEntry entry) {
        return StateChange.put(NAMESPACE, id(key), entry.toJson()).ttl(retention);
    }

    private String id(String key) {
        return StorageKey.join(origin.provider(), origin.account(), key);
    }

    /**
     * What the ledger says to a call.
     *
     * @param fresh whether the call may send
     */
    record Begun(boolean fresh, LedgerEntry entry) {}
}
