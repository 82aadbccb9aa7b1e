package io.github.pbxsdk.testing.ami;

import io.github.pbxsdk.core.observe.FlightRecord;
import io.github.pbxsdk.core.observe.FlightRecording;
import java.nio.file.Path;
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

/** What a server once said, sorted by the actions that brought it about. */
final class Replay {

    /** Lines by which the client names things, anew each time. */
    private static final Set<String> IDS = Set.of("actionid", "channelid", "otherchannelid");

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Deque<Exchange>> exchanges = new HashMap<>();
    private final Map<String, Exchange> last = new HashMap<>();
    private final Map<String, Exchange> byId = new HashMap<>();
    private final Map<String, String> ids = new HashMap<>();

    private Replay() {}

    /** Reads what a client's recorder has written. */
    static Replay of(FlightRecording recording) {
        Replay replay = new Replay();
        for (FlightRecord record : recording.records()) {
            boolean sent = record.direction() == FlightRecord.Direction.SENT;
            replay.take(record.connection(), sent, AmiMessage.parse(record.text()));
        }
        return replay;
    }

    /** Reads a recorded session. */
    static Replay of(Path session) {
        Replay replay = new Replay();
        RecordedBlock.in(session)
                .forEach(block -> replay.take("", block.fromClient(), block.message()));
        return replay;
    }

    private void take(String connection, boolean sent, AmiMessage message) {
        if (sent) {
            Exchange exchange = new Exchange(message);
            exchanges.computeIfAbsent(key(message), key -> new ArrayDeque<>()).add(exchange);
            last.put(connection, exchange);
            byId.put(connection + message.get("ActionID"), exchange);
            return;
        }
        Exchange asked = byId.get(connection + message.get("ActionID"));
        Exchange exchange = asked == null ? last.get(connection) : asked;
        if (exchange != null) {
            exchange.messages.add(message);
        }
    }

    private static final class Exchange {

        final AmiMessage action;
        final List<AmiMessage> messages = new ArrayList<>();

        Exchange(AmiMessage action) {
            this.action = action;
        }
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

    /**
     * Returns what is recorded for an action, in its order and under the ids of today.
     *
     * @param events whether only events are wanted, which nobody has asked for
     */
    Optional<List<AmiMessage>> messages(AmiMessage action, boolean events) {
        lock.lock();
        try {
            Deque<Exchange> recorded = exchanges.get(key(action));
            if (recorded == null) {
                return Optional.empty();
            }
            Exchange exchange = recorded.size() > 1 ? recorded.removeFirst() : recorded.getFirst();
            learnIds(exchange.action, action);
            List<AmiMessage> messages =
                    exchange.messages.stream()
                            .filter(message -> !events || isEvent(message))
                            .map(this::renamed)
                            .toList();
            exchange.messages.removeIf(Replay::isEvent);
            return Optional.of(messages);
        } finally {
            lock.unlock();
        }
    }

    /** An event of its own has a {@code Privilege}, also with the id of an action. */
    private static boolean isEvent(AmiMessage message) {
        return message.find("Privilege").isPresent();
    }

    private void learnIds(AmiMessage before, AmiMessage now) {
        for (String name : IDS) {
            before.find(name).ifPresent(id -> ids.put(id, now.get(name)));
        }
    }

    private AmiMessage renamed(AmiMessage message) {
        return new AmiMessage(message.lines().stream().map(this::renamed).toList());
    }

    private AmiMessage.Line renamed(AmiMessage.Line line) {
        return new AmiMessage.Line(line.name(), ids.getOrDefault(line.value(), line.value()));
    }
}
