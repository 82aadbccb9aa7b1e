package io.github.pbxsdk.sms.conversation;

import io.github.pbxsdk.core.RawFields;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.MediaItem;
import io.github.pbxsdk.core.message.MessageId;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.sms.SmsStatus;
import io.github.pbxsdk.sms.event.SmsOrigin;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Texts in memory: plain and slow, and what the other store is compared with. */
final class MemoryMessageStore implements MessageStore {

    private final ReentrantLock lock = new ReentrantLock();
    private final TreeMap<Long, StoredMessage> messages = new TreeMap<>();
    private final Map<String, Long> identities = new HashMap<>();
    private final Map<Reported, List<Report>> reports = new HashMap<>();

    /** Under which name others report about a text of ours. */
    private final Map<Long, Reported> reportedAs = new HashMap<>();

    private long latest;

    @Override
    public StoredMessage add(
            ConversationKey conversation,
            SmsOrigin origin,
            TextMessage message,
            @Nullable String idempotencyKey) {
        return locked(
                () -> {
                    String identity = MessageIdentity.of(origin, message, idempotencyKey);
                    Long known = identity == null ? null : identities.get(identity);
                    StoredMessage before = known == null ? null : messages.get(known);
                    if (before != null) {
                        return current(before);
                    }
                    boolean inbound = message.direction() == TextMessage.Direction.INBOUND;
                    latest++;
                    StoredMessage added =
                            new StoredMessage(
                                    latest,
                                    conversation,
                                    origin,
                                    message.toBuilder().raw(RawFields.empty()).build(),
                                    idempotencyKey,
                                    null,
                                    inbound);
                    messages.put(latest, added);
                    if (identity != null) {
                        identities.put(identity, latest);
                    }
                    return current(added);
                });
    }

    @Override
    public void sent(long number, SmsOrigin by, @Nullable MessageId id, SmsStatus status) {
        if (id != null) {
            locked(() -> reportedAs.put(number, new Reported(by, id)));
        }
        change(
                number,
                message ->
                        message.with(
                                id == null
                                        ? message.message()
                                        : message.message().toBuilder().id(id).build(),
                                status,
                                message.isUnread()));
    }

    @Override
    public void report(SmsOrigin origin, MessageId id, SmsStatus status, Instant at) {
        locked(
                () ->
                        reports.computeIfAbsent(new Reported(origin, id), key -> new ArrayList<>())
                                .add(new Report(status, at)));
    }

    @Override
    public void attach(long number, int file, byte[] content) {
        change(
                number,
                message ->
                        message.with(
                                MessageJson.withContent(message.message(), file, content),
                                message.status().orElse(null),
                                message.isUnread()));
    }

    private void change(long number, UnaryOperator<StoredMessage> step) {
        locked(() -> messages.computeIfPresent(number, (key, message) -> step.apply(message)));
    }

    @Override
    public Optional<StoredMessage> find(long number) {
        return locked(() -> Optional.ofNullable(messages.get(number)).map(this::current));
    }

    @Override
    public List<StoredMessage> list(MessageQuery query) {
        return locked(
                () ->
                        messages.values().stream()
                                .filter(matches(query))
                                .sorted(
                                        query.after() == null
                                                ? StoredMessage.BY_TIME.reversed()
                                                : Comparator.comparing(StoredMessage::number))
                                .limit(query.limit())
                                .map(this::current)
                                .toList());
    }

    private static Predicate<StoredMessage> matches(MessageQuery query) {
        StoredMessage before = query.before();
        Long after = query.after();
        return isAbout(query)
                .and(message -> before == null || isBefore(message, before))
                .and(message -> after == null || message.number() > after);
    }

    private static Predicate<StoredMessage> isAbout(MessageQuery query) {
        Set<Address> others = query.others();
        ConversationKey conversation = query.conversation();
        return message ->
                (others == null || isWith(message, others))
                        && (conversation == null || message.conversation().equals(conversation))
                        && message.message().text().toLowerCase(Locale.ROOT).contains(query.text());
    }

    private static boolean isBefore(StoredMessage message, StoredMessage other) {
        return StoredMessage.BY_TIME.compare(message, other) < 0;
    }

    private static boolean isWith(StoredMessage message, Collection<? extends Address> others) {
        return message.conversation().theirs().stream().anyMatch(others::contains);
    }

    /** The answer to the call came first, if there was one: reports are put on top of it. */
    private StoredMessage current(StoredMessage message) {
        SmsStatus status = message.status().orElse(null);
        if (message.isInbound() || message.message().id().isEmpty()) {
            return message;
        }
        Reported key = reported(message).orElseThrow();
        for (Report report : reports.getOrDefault(key, List.of())) {
            status = status == null ? report.status() : status.mergedWith(report.status());
        }
        return message.with(message.message(), status, message.isUnread());
    }

    @Override
    public List<ConversationSummary> conversations(int limit, @Nullable ConversationSummary after) {
        return locked(
                () -> {
                    Map<ConversationKey, StoredMessage> last = new LinkedHashMap<>();
                    messages.values().stream()
                            .sorted(StoredMessage.BY_TIME.reversed())
                            .forEach(message -> last.putIfAbsent(message.conversation(), message));
                    return last.values().stream()
                            .filter(message -> after == null || isBefore(message, after.last()))
                            .limit(limit)
                            .map(this::summary)
                            .toList();
                });
    }

    private ConversationSummary summary(StoredMessage last) {
        long unread =
                messages.values().stream()
                        .filter(message -> message.conversation().equals(last.conversation()))
                        .filter(StoredMessage::isUnread)
                        .count();
        return new ConversationSummary(current(last), Math.toIntExact(unread));
    }

    @Override
    public int unread(MessageQuery query) {
        return locked(
                () ->
                        Math.toIntExact(
                                messages.values().stream()
                                        .filter(StoredMessage::isUnread)
                                        .filter(isAbout(query))
                                        .count()));
    }

    @Override
    public void markRead(MessageQuery query, long upToNumber) {
        Predicate<StoredMessage> isAbout = isAbout(query);
        locked(
                () -> {
                    messages.headMap(upToNumber, true)
                            .replaceAll(
                                    (number, message) ->
                                            isAbout.test(message)
                                                    ? message.with(
                                                            message.message(),
                                                            message.status().orElse(null),
                                                            false)
                                                    : message);
                    return true;
                });
    }

    @Override
    public List<LedgerKey> ledgerKeys(Address theirs) {
        return locked(
                () ->
                        messages.values().stream()
                                .filter(message -> isWith(message, List.of(theirs)))
                                .flatMap(MemoryMessageStore::ledgerKey)
                                .toList());
    }

    private static Stream<LedgerKey> ledgerKey(StoredMessage message) {
        return message.idempotencyKey().stream().map(key -> new LedgerKey(message.origin(), key));
    }

    @Override
    public Erasure erase(Address theirs) {
        return locked(() -> remove(message -> isWith(message, List.of(theirs))));
    }

    @Override
    public Erasure eraseBefore(Instant time) {
        return locked(
                () -> {
                    Erasure erased = remove(message -> message.at().isBefore(time));
                    reports.values().forEach(list -> list.removeIf(r -> r.at().isBefore(time)));
                    reports.values().removeIf(List::isEmpty);
                    return erased;
                });
    }

    private Erasure remove(Predicate<StoredMessage> condition) {
        List<StoredMessage> removed = messages.values().stream().filter(condition).toList();
        removed.forEach(message -> messages.remove(message.number()));
        removed.stream().flatMap(message -> reported(message).stream()).forEach(reports::remove);
        reportedAs.keySet().retainAll(messages.keySet());
        identities.values().removeIf(number -> !messages.containsKey(number));
        Set<ConversationKey> gone = new HashSet<>();
        removed.forEach(message -> gone.add(message.conversation()));
        messages.values().forEach(message -> gone.remove(message.conversation()));
        long files =
                removed.stream()
                        .flatMap(message -> message.message().media().stream())
                        .filter(MediaItem::canOpen)
                        .count();
        return new Erasure(gone.size(), removed.size(), Math.toIntExact(files), 0);
    }

    private Optional<Reported> reported(StoredMessage message) {
        return Optional.ofNullable(reportedAs.get(message.number()))
                .or(() -> message.message().id().map(id -> new Reported(message.origin(), id)));
    }

    private <T extends @Nullable Object> T locked(Supplier<T> step) {
        lock.lock();
        try {
            return step.get();
        } finally {
            lock.unlock();
        }
    }

    private record Reported(SmsOrigin origin, MessageId id) {}

    private record Report(SmsStatus status, Instant at) {}
}
