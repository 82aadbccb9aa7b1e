package io.github.pbxsdk.testing.ami;

import io.github.pbxsdk.core.observe.FlightRecord;
import io.github.pbxsdk.core.observe.FlightRecording;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What a client's recorder heard, sorted by the actions that brought it about. */
final class Replay {

    /** Lines by which the client names things, anew each time. */
    private static final Set<String> IDS = Set.of("actionid", "channelid", "otherchannelid");

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Deque<Exchange>> exchanges = new HashMap<>();
    private final Map<String, String> ids = new HashMap<>();

    private Replay() {}

    /** Reads the recording of one client, or of several with nothing in common. */
    static Replay of(FlightRecording recording) {
        Replay replay = new Replay();
        Map<String, Exchange> last = new HashMap<>();
        Map<String, Exchange> byId = new HashMap<>();
        for (FlightRecord record : recording.records()) {
            AmiMessage message = AmiMessage.parse(record.text());
            if (record.direction() == FlightRecord.Direction.SENT) {
                Exchange exchange = new Exchange(message);
                replay.add(exchange);
                last.put(record.connection(), exchange);
                byId.put(record.connection() + message.get("ActionID"), exchange);
            } else {
                Exchange asked = byId.get(record.connection() + message.get("ActionID"));
                sort(message, asked, last.get(record.connection()));
            }
        }
        return replay;
    }

    /** An event of its own has a {@code Privilege}, also with the id of an action. */
    private static void sort(
            AmiMessage message, @Nullable Exchange asked, @Nullable Exchange before) {
        if (asked != null && message.find("Privilege").isEmpty()) {
            asked.answers.add(message);
        } else if (before != null) {
            before.events.add(message);
        }
    }

    private static final class Exchange {

        final AmiMessage action;
        final List<AmiMessage> answers = new ArrayList<>();
        final List<AmiMessage> events = new ArrayList<>();

        Exchange(AmiMessage action) {
            this.action = action;
        }
    }

    private void add(Exchange exchange) {
        exchanges.computeIfAbsent(key(exchange.action), key -> new ArrayDeque<>()).add(exchange);
    }

    /** Returns what makes two actions the same: all but ids, and all of a log-in but its name. */
    private static String key(AmiMessage action) {
        String name = action.get("Action").toLowerCase(Locale.ROOT);
        if (name.equals("login")) {
            return name;
        }
        StringBuilder key = new StringBuilder(name);
        action.lines().stream()
                .filter(line -> !line.name().equalsIgnoreCase("Action"))
                .filter(line -> !IDS.contains(line.name().toLowerCase(Locale.ROOT)))
                .forEach(
                        line ->
                                key.append('\n')
                                        .append(line.name())
                                        .append(':')
                                        .append(line.value()));
        return key.toString();
    }

    /** Returns what is recorded for an action, under the ids of today. */
    Optional<Reply> reply(AmiMessage action) {
        lock.lock();
        try {
            Deque<Exchange> recorded = exchanges.get(key(action));
            if (recorded == null) {
                return Optional.empty();
            }
            Exchange exchange = recorded.size() > 1 ? recorded.removeFirst() : recorded.getFirst();
            learnIds(exchange.action, action);
            List<AmiMessage> events = renamed(exchange.events);
            exchange.events.clear();
            return exchange.answers.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Reply(renamed(exchange.answers), events));
        } finally {
            lock.unlock();
        }
    }

    private void learnIds(AmiMessage before, AmiMessage now) {
        for (String name : IDS) {
            before.find(name).ifPresent(id -> ids.put(id, now.get(name)));
        }
    }

    private List<AmiMessage> renamed(List<AmiMessage> messages) {
        return messages.stream()
                .map(
                        message ->
                                new AmiMessage(
                                        message.lines().stream()
                                                .map(
                                                        line ->
                                                                new AmiMessage.Line(
                                                                        line.name(),
                                                                        ids.getOrDefault(
                                                                                line.value(),
                                                                                line.value())))
                                                .toList()))
                .toList();
    }
}
