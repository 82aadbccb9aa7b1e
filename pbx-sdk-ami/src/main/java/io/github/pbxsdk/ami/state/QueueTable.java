package io.github.pbxsdk.ami.state;

import io.github.pbxsdk.ami.AmiFields;
import io.github.pbxsdk.ami.event.AgentConnectEvent;
import io.github.pbxsdk.ami.event.AmiEvent;
import io.github.pbxsdk.ami.event.ChannelSnapshot;
import io.github.pbxsdk.ami.event.QueueCallerAbandonEvent;
import io.github.pbxsdk.ami.event.QueueCallerJoinEvent;
import io.github.pbxsdk.ami.event.QueueCallerLeaveEvent;
import io.github.pbxsdk.ami.event.QueueEntryEvent;
import io.github.pbxsdk.ami.event.QueueMemberAddedEvent;
import io.github.pbxsdk.ami.event.QueueMemberEvent;
import io.github.pbxsdk.ami.event.QueueMemberPauseEvent;
import io.github.pbxsdk.ami.event.QueueMemberPenaltyEvent;
import io.github.pbxsdk.ami.event.QueueMemberRemovedEvent;
import io.github.pbxsdk.ami.event.QueueMemberRingInUseEvent;
import io.github.pbxsdk.ami.event.QueueMemberStatusEvent;
import io.github.pbxsdk.ami.event.QueueParamsEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The queues with their callers and members, and what they did today. Not thread-safe.
 *
 * <p>A caller leaves before the answer by an agent is reported, so one who has left is remembered
 * as long as the call lives.
 */
final class QueueTable {

    private static final int MOST_MEMBERS = 10_000;

    private final Watch watch;
    private final CallTable calls;
    private final Map<String, QueueModel> queues = new LinkedHashMap<>();
    private final Set<QueueModel> touched = new LinkedHashSet<>();
    private final Handlers handlers =
            new Handlers()
                    .on(QueueMemberAddedEvent.class, this::added)
                    .on(QueueMemberRemovedEvent.class, this::removed)
                    .on(QueueMemberStatusEvent.class, this::changed)
                    .on(QueueMemberPauseEvent.class, this::changed)
                    .on(QueueMemberPenaltyEvent.class, this::changed)
                    .on(QueueMemberRingInUseEvent.class, this::changed);

    /** What was taken over and counted once must not be gone through again: no list undoes it. */
    private final Handlers handlersOnce =
            new Handlers()
                    .on(QueueCallerJoinEvent.class, this::joined)
                    .on(QueueCallerLeaveEvent.class, e -> left(e.queue(), e.channel()))
                    .on(QueueCallerAbandonEvent.class, this::abandoned)
                    .on(AgentConnectEvent.class, this::connected);

    QueueTable(Watch watch, CallTable calls) {
        this.watch = watch;
        this.calls = calls;
    }

    /**
     * Takes over what an event says.
     *
     * @param isNew whether it isn't gone through again
     */
    void apply(AmiEvent event, boolean isNew) {
        handlers.handle(event);
        if (isNew) {
            handlersOnce.handle(event);
        }
    }

    private void joined(QueueCallerJoinEvent event) {
        ChannelSnapshot seen = event.channel();
        queue(event.queue())
                .ifPresent(
                        queue ->
                                calls.known(seen.uniqueId())
                                        .ifPresent(channel -> join(queue, channel, seen)));
    }

    private void join(QueueModel queue, ChannelModel channel, ChannelSnapshot seen) {
        QueueModel.Waiting before = queue.callers.get(channel.uniqueId);
        if (before != null && before.waits) {
            return;
        }
        waits(queue, channel, seen.callerIdNumber(), seen.callerIdName(), watch.now());
        queue.countOffered();
    }

    private void waits(
            QueueModel queue, ChannelModel channel, String number, String name, Instant since) {
        QueueCaller caller = new Values.Caller(queue.name, channel.uniqueId, number, name, since);
        queue.callers.put(channel.uniqueId, new QueueModel.Waiting(caller, watch.position()));
        channel.queue = queue.name;
        calls.touch(channel.call);
        touched.add(queue);
    }

    private void left(String queueName, ChannelSnapshot seen) {
        queue(queueName).ifPresent(queue -> leave(queue, seen.uniqueId()));
    }

    private void leave(QueueModel queue, String channelId) {
        QueueModel.Waiting caller = queue.callers.get(channelId);
        if (caller == null) {
            calls.known(channelId);
            return;
        }
        caller.waits = false;
        caller.leftAt = watch.position();
        touched.add(queue);
        calls.channel(channelId)
                .ifPresent(
                        channel -> {
                            channel.queue = null;
                            calls.touch(channel.call);
                        });
    }

    private void abandoned(QueueCallerAbandonEvent event) {
        Duration wait = event.holdTime().orElse(Duration.ZERO);
        decide(event.queue(), event.channel(), queue -> queue.countAbandoned(wait));
        left(event.queue(), event.channel());
    }

    private void connected(AgentConnectEvent event) {
        Duration wait = event.holdTime().orElse(Duration.ZERO);
        decide(event.queue(), event.channel(), queue -> queue.countAnswered(wait));
        left(event.queue(), event.channel());
    }

    /** Counts what became of a caller, once for each time that one joined. */
    private void decide(String queueName, ChannelSnapshot seen, Consumer<QueueModel> count) {
        queue(queueName)
                .ifPresent(
                        queue -> {
                            QueueModel.Waiting caller = queue.callers.get(seen.uniqueId());
                            if (caller == null || caller.decided) {
                                return;
                            }
                            caller.decided = true;
                            count.accept(queue);
                            touched.add(queue);
                        });
    }

    private Optional<QueueModel> queue(String name) {
        QueueModel queue = queues.get(name);
        if (queue == null) {
            watch.doubt(StatePart.QUEUES, "an event about a queue that is not known");
        }
        return Optional.ofNullable(queue);
    }

    private void added(QueueMemberAddedEvent event) {
        queue(event.queue())
                .filter(queue -> queue.members.size() < MOST_MEMBERS)
                .ifPresent(queue -> put(queue, event.memberInterface(), event.fields()));
    }

    private void removed(QueueMemberRemovedEvent event) {
        queue(event.queue())
                .filter(queue -> queue.members.remove(event.memberInterface()) != null)
                .ifPresent(touched::add);
    }

    private void changed(AmiEvent event) {
        AmiFields fields = event.fields();
        String memberInterface = fields.text("Interface");
        queue(fields.text("Queue"))
                .ifPresent(
                        queue -> {
                            if (queue.members.containsKey(memberInterface)) {
                                put(queue, memberInterface, fields);
                            } else {
                                watch.doubt(StatePart.QUEUES, "a member that is not known");
                            }
                        });
    }

    private void put(QueueModel queue, String memberInterface, AmiFields fields) {
        queue.members.put(memberInterface, Members.of(queue.name, memberInterface, fields));
        touched.add(queue);
    }

    /** Forgets the callers of a call that is over. */
    void forget(CallModel call) {
        for (QueueModel queue : queues.values()) {
            for (String channelId : call.gone.keySet()) {
                QueueModel.Waiting caller = queue.callers.remove(channelId);
                if (caller != null && caller.waits) {
                    touched.add(queue);
                }
            }
        }
    }

    /**
     * Takes over the queues that the server has.
     *
     * @param began how many events had come when the server was asked: who joined since stays, and
     *     who left since doesn't wait again
     */
    void replace(List<AmiEvent> items, long began) {
        Set<String> listed = new HashSet<>();
        Set<String> waiting = new HashSet<>();
        items.stream()
                .filter(QueueParamsEvent.class::isInstance)
                .map(QueueParamsEvent.class::cast)
                .forEach(item -> listed.add(settings(item).name));
        queues.keySet().retainAll(listed);
        queues.values().forEach(queue -> queue.members.clear());
        for (AmiEvent item : items) {
            if (item instanceof QueueMemberEvent member) {
                queue(member.queue())
                        .ifPresent(queue -> put(queue, member.memberInterface(), item.fields()));
            } else if (item instanceof QueueEntryEvent entry) {
                waiting.add(entry.queue() + '\n' + entry.uniqueId());
                queue(entry.queue()).ifPresent(queue -> found(queue, entry, began));
            }
        }
        for (QueueModel queue : queues.values()) {
            queue.callers.forEach(
                    (id, caller) -> {
                        if (caller.waits
                                && caller.joinedAt <= began
                                && !waiting.contains(queue.name + '\n' + id)) {
                            leave(queue, id);
                        }
                    });
        }
    }

    private QueueModel settings(QueueParamsEvent item) {
        QueueModel queue =
                queues.computeIfAbsent(item.queue(), name -> new QueueModel(name, watch.now()));
        queue.settings(item.strategy(), item.serviceLevel().orElse(Duration.ZERO));
        touched.add(queue);
        return queue;
    }

    private void found(QueueModel queue, QueueEntryEvent entry, long began) {
        QueueModel.Waiting known = queue.callers.get(entry.uniqueId());
        if (known != null && (known.waits || known.leftAt > began)) {
            return;
        }
        Instant since = watch.now().minus(entry.waitTime().orElse(Duration.ZERO));
        calls.channel(entry.uniqueId())
                .ifPresent(
                        channel -> {
                            String number = Members.told(entry.callerIdNumber());
                            String name = Members.told(entry.callerIdName());
                            waits(queue, channel, number, name, since);
                            queue.countOffered();
                        });
    }

    /** Starts to count anew. */
    void startDay(Instant midnight, boolean nothingMissing) {
        queues.values().forEach(queue -> queue.startDay(midnight, nothingMissing));
        touched.addAll(queues.values());
    }

    /** Notes that events are missing. */
    void incomplete() {
        queues.values().forEach(QueueModel::incomplete);
        touched.addAll(queues.values());
    }

    void tell(Consumer<StateEvent> out) {
        for (QueueModel queue : touched) {
            LiveQueue now = queue.value(watch.now());
            if (!now.equals(queue.told) && queues.containsKey(queue.name)) {
                queue.told = now;
                out.accept(new QueueChangedEvent(now));
            }
        }
        touched.clear();
    }

    List<LiveQueue> queues() {
        return queues.values().stream().map(queue -> queue.value(watch.now())).toList();
    }

    Optional<LiveQueue> find(String name) {
        return Optional.ofNullable(queues.get(name)).map(queue -> queue.value(watch.now()));
    }

    /** Returns how many callers are remembered, for tests of what is kept. */
    int size() {
        return queues.values().stream().mapToInt(queue -> queue.callers.size()).sum();
    }
}
