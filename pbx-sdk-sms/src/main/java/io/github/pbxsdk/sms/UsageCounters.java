package io.github.pbxsdk.sms;

import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.internal.StorageKey;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.state.Batch;
import io.github.pbxsdk.core.state.StateChange;
import io.github.pbxsdk.core.state.StateConflictException;
import io.github.pbxsdk.core.state.StateEntry;
import io.github.pbxsdk.core.state.StateException;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.sms.SendPolicy.Refusal;
import io.github.pbxsdk.sms.internal.json.StoredJson;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Counts the texts of a day against the limits of a policy, for all who share the store. */
final class UsageCounters {

    private static final String NAMESPACE = "sms.usage";

    /** A scheduled text counts on its day, which may be far off. */
    private static final Duration RETENTION = Duration.ofDays(3);

    private final StateStore store;
    private final SendPolicy policy;

    /** Threads of one process would only meet in the store. */
    private final ReentrantLock lock = new ReentrantLock();

    UsageCounters(StateStore store, SendPolicy policy) {
        this.store = store;
        this.policy = policy;
    }

    /** Counts a text, or says which limit it would pass; then nothing is counted. */
    Optional<Refusal> take(TextMessage message, Instant now) {
        return change(limits(message, now), 1, retention(message, now));
    }

    /** Takes back what was counted for a text that certainly was not sent. */
    void giveBack(TextMessage message, Instant takenAt) {
        change(limits(message, takenAt), -1, retention(message, takenAt));
    }

    private static Duration retention(TextMessage message, Instant now) {
        return message.scheduledAt()
                .filter(later -> later.isAfter(now))
                .map(later -> Duration.between(now, later).plus(RETENTION))
                .orElse(RETENTION);
    }

    private List<Limit> limits(TextMessage message, Instant now) {
        String day = policy.dayOf(message, now).toString();
        List<Limit> limits = new ArrayList<>();
        for (Address to : message.to()) {
            add(limits, Refusal.RECIPIENT_LIMIT, policy.recipientLimit(), day, to.key());
        }
        String from = message.from().map(Address::key).orElse("");
        add(limits, Refusal.SENDER_LIMIT, policy.senderLimit(), day, from);
        add(limits, Refusal.TENANT_LIMIT, policy.tenantLimit(), day, "");
        return limits;
    }

    private void add(List<Limit> limits, Refusal refusal, int most, String day, String whose) {
        if (most < Integer.MAX_VALUE) {
            String key = StorageKey.join(policy.tenant(), refusal.name(), day, whose);
            limits.add(new Limit(refusal, key, most));
        }
    }

    private Optional<Refusal> change(List<Limit> limits, int amount, Duration retention) {
        if (limits.isEmpty()) {
            return Optional.empty();
        }
        lock.lock();
        try {
            while (true) {
                try {
                    return tryToChange(limits, amount, retention);
                } catch (StateConflictException e) {
                    // Another process counted at the same moment: count on from there.
                }
            }
        } catch (StateException e) {
            throw new PbxException("the limits can't be counted, so nothing was sent", e, false);
        } finally {
            lock.unlock();
        }
    }

    private Optional<Refusal> tryToChange(List<Limit> limits, int amount, Duration retention) {
        Map<String, StateEntry> counted =
                store.findAll(NAMESPACE, limits.stream().map(Limit::key).toList());
        Batch.Builder batch = Batch.builder();
        for (Limit limit : limits) {
            StateEntry before = counted.get(limit.key());
            int count = (before == null ? 0 : counted(before)) + amount;
            if (count > limit.most() && amount > 0) {
                return Optional.of(limit.refusal());
            }
            StateChange change =
                    StateChange.put(NAMESPACE, limit.key(), String.valueOf(Math.max(0, count)))
                            .ttl(retention);
            batch.add(before == null ? change.ifAbsent() : change.ifVersion(before.version()));
        }
        store.commit(batch.build());
        return Optional.empty();
    }

    private static int counted(StateEntry entry) {
        return StoredJson.undamaged("a counter of texts", () -> Integer.valueOf(entry.text()));
    }

    /** How many texts somebody may have. */
    private record Limit(Refusal refusal, String key, int most) {}
}
