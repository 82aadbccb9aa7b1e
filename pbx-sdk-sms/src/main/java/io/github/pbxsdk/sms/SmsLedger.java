package io.github.pbxsdk.sms;

import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.internal.StorageKey;
import io.github.pbxsdk.core.state.Batch;
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
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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
    private final Duration retention;

    /** What all keys of the account begin with. */
    private final String prefix;

    SmsLedger(StateStore store, SmsOrigin origin, Duration retention) {
        this.store = store;
        this.prefix = StorageKey.join(origin.provider(), origin.account(), "");
        this.retention = retention;
    }

    /**
     * Notes that a message is about to leave.
     *
     * @return the entry that is there: a new one in stage SENDING with its version, or an older one
     */
    Begun begin(Draft draft, Instant now) {
        String fingerprint = fingerprintOf(draft);
        Begun begun = beginAny(draft.key(), fingerprint, now);
        requireSame(begun.entry(), fingerprint);
        return begun;
    }

    /** Without its files a text can't be compared, and may be the one that is known. */
    private String fingerprintOf(Draft draft) {
        try {
            return draft.fingerprint();
        } catch (PbxException unreadable) {
            if (isNew(draft.key())) {
                throw unreadable;
            }
            throw new PbxException(
                    "a file of the text can't be read, and a text may have been sent under this"
                            + " idempotency key before; nothing was sent now, reconcile(...) it",
                    unreadable,
                    true);
        }
    }

    /** Tells whether nothing was sent under a key for certain. */
    private boolean isNew(String key) {
        try {
            return find(key).isEmpty();
        } catch (StateException e) {
            log.warn("the ledger could not be asked about a message: {}", e.getMessage());
            return false;
        }
    }

    private Begun beginAny(String key, String fingerprint, Instant now) {
        LedgerEntry fresh = LedgerEntry.sending(fingerprint, now);
        try {
            while (true) {
                try {
                    return new Begun(true, fresh.at(store.commit(put(key, fresh).ifAbsent())));
                } catch (StateConflictException e) {
                    log.debug("there is an entry for this key");
                }
                Optional<LedgerEntry> before = find(key);
                if (before.isPresent()) {
                    return new Begun(false, before.get());
                }
            }
        } catch (StateException e) {
            throw new PbxException("the ledger failed, so nothing was sent", e, false);
        }
    }

    /**
     * Notes that several messages are about to leave, in one step unless some of them are there.
     *
     * @return what {@link #begin} returns, in the order of the drafts; an entry of another message
     *     is one that is not fresh
     */
    List<Begun> beginAll(List<Draft> drafts, Instant now) {
        Batch.Builder batch = Batch.builder();
        List<LedgerEntry> fresh =
                drafts.stream().map(each -> LedgerEntry.sending(each.fingerprint(), now)).toList();
        for (int i = 0; i < drafts.size(); i++) {
            batch.add(put(drafts.get(i).key(), fresh.get(i)).ifAbsent());
        }
        try {
            long version = store.commit(batch.build());
            return fresh.stream().map(entry -> new Begun(true, entry.at(version))).toList();
        } catch (StateConflictException e) {
            return drafts.stream()
                    .map(each -> beginAny(each.key(), each.fingerprint(), now))
                    .toList();
        } catch (StateException e) {
            throw new PbxException("the ledger failed, so nothing was sent", e, false);
        }
    }

    /** Returns the entries of those of the keys that have one. */
    Map<String, LedgerEntry> findAll(Collection<String> keys) {
        Map<String, String> byId = new HashMap<>();
        keys.forEach(key -> byId.put(id(key), key));
        Map<String, LedgerEntry> found = new HashMap<>();
        store.findAll(NAMESPACE, byId.keySet())
                .forEach((id, entry) -> found.put(byId.get(id), LedgerEntry.of(entry)));
        return found;
    }

    /** Notes in one step what became of several messages. */
    void end(List<Ending> endings) {
        if (endings.isEmpty()) {
            return;
        }
        Batch.Builder batch = Batch.builder();
        endings.forEach(ending -> batch.add(change(ending)));
        try {
            store.commit(batch.build());
        } catch (StateConflictException e) {
            // Somebody took a key back meanwhile: that one is his, the others are ours.
            endings.forEach(this::end);
        } catch (StateException e) {
            // The messages are where they are. The entries say SENDING: read as unknown later.
            log.warn("the ledger could not note what became of messages: {}", e.getMessage());
        }
    }

    private void end(Ending ending) {
        if (ending.after() == null) {
            release(ending.key(), ending.before());
        } else {
            replace(ending.key(), ending.before(), ending.after());
        }
    }

    private StateChange change(Ending ending) {
        StateChange change =
                ending.after() == null
                        ? StateChange.delete(NAMESPACE, id(ending.key()))
                        : put(ending.key(), ending.after());
        return change.ifVersion(ending.before().version());
    }

    private static void requireSame(LedgerEntry entry, String fingerprint) {
        if (!entry.fingerprint().equals(fingerprint)) {
            throw new IllegalArgumentException(
                    "another message was sent under this idempotency key; nothing was sent now");
        }
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
        try (var entries = store.stream(NAMESPACE)) {
            return entries.filter(entry -> entry.key().startsWith(prefix))
                    .filter(entry -> isUnresolved(LedgerEntry.of(entry), startedBefore))
                    .map(this::unresolved)
                    .toList();
        }
    }

    private static boolean isUnresolved(LedgerEntry entry, Instant startedBefore) {
        return entry.stage() == Stage.UNKNOWN
                || (entry.stage() == Stage.SENDING && entry.since().isBefore(startedBefore));
    }

    private UnresolvedSend unresolved(StateEntry entry) {
        String key = StorageKey.unescape(entry.key().substring(prefix.length()));
        return new UnresolvedSend(key, LedgerEntry.of(entry).since());
    }

    private StateChange put(String key, LedgerEntry entry) {
        return StateChange.put(NAMESPACE, id(key), entry.toJson()).ttl(retention);
    }

    private String id(String key) {
        return prefix + StorageKey.escape(key);
    }

    /**
     * What became of a message.
     *
     * @param after what is noted, or null if the message is forgotten
     */
    record Ending(String key, LedgerEntry before, @Nullable LedgerEntry after) {}

    /**
     * What the ledger says to a call.
     *
     * @param fresh whether the call may send
     */
    record Begun(boolean fresh, LedgerEntry entry) {}
}
