package io.github.pbxsdk.testing;

import io.github.pbxsdk.testing.ami.AmiMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Queues with their callers and members, as events have told of them and a manager interface lists
 * them. Not thread-safe.
 */
final class ToldQueues {

    /** What a member's device does, by number: nothing is known of it, or it is not in use. */
    private static final Set<String> FREE = Set.of("0", "1");

    /** The device is wrong, or not there. */
    private static final Set<String> AWAY = Set.of("4", "5");

    private final ToldChannels channels;
    private final Map<String, Queue> queues = new LinkedHashMap<>();

    /** Creates it with the channels of the callers. */
    ToldQueues(ToldChannels channels) {
        this.channels = channels;
    }

    /** A queue, as it was told of last. */
    private static final class Queue {

        final Map<String, AmiMessage> callers = new LinkedHashMap<>();
        final Map<String, AmiMessage> members = new LinkedHashMap<>();
        int completed;
        int abandoned;
    }

    /** Adds a member of a queue, as one that is free. */
    void add(String queue, String device, String name) {
        queue(queue)
                .members
                .put(
                        device,
                        AmiMessage.of(
                                "MemberName", name,
                                "Interface", device,
                                "StateInterface", device,
                                "Membership", "static",
                                "Penalty", "0",
                                "CallsTaken", "0",
                                "LastCall", "0",
                                "LastPause", "0",
                                "LoginTime", "" + Instant.now().getEpochSecond(),
                                "InCall", "0",
                                "Status", "1",
                                "Paused", "0",
                                "PausedReason", "",
                                "Wrapuptime", "0"));
    }

    private Queue queue(String name) {
        return queues.computeIfAbsent(name, key -> new Queue());
    }

    /** Takes over what an event says. */
    void take(AmiMessage event) {
        String queue = event.get("Queue");
        String member = event.get("Interface");
        String caller = event.get("Uniqueid");
        switch (event.get("Event")) {
            case "QueueCallerJoin" -> queue(queue).callers.put(caller, event);
            case "QueueCallerLeave" -> queue(queue).callers.remove(caller);
            case "QueueCallerAbandon" -> queue(queue).abandoned++;
            case "AgentComplete" -> queue(queue).completed++;
            case "QueueMemberAdded",
                    "QueueMemberStatus",
                    "QueueMemberPause",
                    "QueueMemberPenalty",
                    "QueueMemberRinginuse" ->
                    queue(queue).members.put(member, event);
            case "QueueMemberRemoved" -> queue(queue).members.remove(member);
            default -> {
                // Tells nothing of a queue.
            }
        }
    }

    /**
     * Returns the items of {@code QueueStatus}.
     *
     * @param wanted the only queue wanted; empty for all
     * @param member the only member wanted; empty for all
     */
    Stream<AmiMessage> status(String wanted, String member) {
        return queues.entrySet().stream()
                .filter(entry -> wanted.isEmpty() || entry.getKey().equals(wanted))
                .flatMap(entry -> status(entry.getKey(), entry.getValue(), member));
    }

    private Stream<AmiMessage> status(String name, Queue queue, String member) {
        List<AmiMessage> items = new ArrayList<>();
        items.add(parameters(name, queue));
        queue.members.forEach(
                (device, told) -> {
                    if (member.isEmpty() || device.equals(member)) {
                        items.add(member(name, told));
                    }
                });
        queue.callers.values().forEach(told -> items.add(entry(name, told, position(queue, told))));
        return items.stream();
    }

    /** Who has joined moves up when those before leave, without being told of. */
    private static int position(Queue queue, AmiMessage caller) {
        return 1 + List.copyOf(queue.callers.values()).indexOf(caller);
    }

    private static AmiMessage parameters(String name, Queue queue) {
        return AmiMessage.of(
                "Event", "QueueParams",
                "Queue", name,
                "Max", "0",
                "Strategy", "linear",
                "Calls", "" + queue.callers.size(),
                "Holdtime", "0",
                "TalkTime", "0",
                "Completed", "" + queue.completed,
                "Abandoned", "" + queue.abandoned,
                "ServiceLevel", "0",
                "ServicelevelPerf", "0.0",
                "ServicelevelPerf2", "0.0",
                "Weight", "0");
    }

    private static AmiMessage member(String queue, AmiMessage told) {
        return AmiMessage.of(
                "Event", "QueueMember",
                "Queue", queue,
                "Name", told.get("MemberName"),
                "Location", told.get("Interface"),
                "StateInterface", told.get("StateInterface"),
                "Membership", told.get("Membership"),
                "Penalty", told.get("Penalty"),
                "CallsTaken", told.get("CallsTaken"),
                "LastCall", told.get("LastCall"),
                "LastPause", told.get("LastPause"),
                "LoginTime", told.get("LoginTime"),
                "InCall", told.get("InCall"),
                "Status", told.get("Status"),
                "Paused", told.get("Paused"),
                "PausedReason", told.get("PausedReason"),
                "Wrapuptime", told.get("Wrapuptime"));
    }

    private AmiMessage entry(String queue, AmiMessage told, int position) {
        String id = told.get("Uniqueid");
        return AmiMessage.of(
                "Event",
                "QueueEntry",
                "Queue",
                queue,
                "Position",
                "" + position,
                "Channel",
                told.get("Channel"),
                "Uniqueid",
                id,
                "CallerIDNum",
                known(channels.line(id, "CallerIDNum")),
                "CallerIDName",
                known(channels.line(id, "CallerIDName")),
                "ConnectedLineNum",
                known(channels.line(id, "ConnectedLineNum")),
                "ConnectedLineName",
                known(channels.line(id, "ConnectedLineName")),
                "Wait",
                "" + EventTime.secondsSince(EventTime.of(told)),
                "Priority",
                "0");
    }

    /** The list has a word of its own for what is not known. */
    private static String known(String text) {
        return text.isEmpty() || text.equals("<unknown>") ? "unknown" : text;
    }

    /** Returns the items of {@code QueueSummary}. */
    Stream<AmiMessage> summary(String wanted) {
        return queues.entrySet().stream()
                .filter(entry -> wanted.isEmpty() || entry.getKey().equals(wanted))
                .map(entry -> summary(entry.getKey(), entry.getValue()));
    }

    private static AmiMessage summary(String name, Queue queue) {
        Collection<AmiMessage> members = queue.members.values();
        long there = members.stream().filter(one -> !AWAY.contains(one.get("Status"))).count();
        long free =
                members.stream()
                        .filter(one -> FREE.contains(one.get("Status")))
                        .filter(one -> !one.get("Paused").equals("1"))
                        .count();
        long longest =
                queue.callers.values().stream()
                        .map(EventTime::of)
                        .min(Comparator.naturalOrder())
                        .map(EventTime::secondsSince)
                        .orElse(0L);
        return AmiMessage.of(
                "Event",
                "QueueSummary",
                "Queue",
                name,
                "LoggedIn",
                "" + there,
                "Available",
                "" + free,
                "Callers",
                "" + queue.callers.size(),
                "HoldTime",
                "0",
                "TalkTime",
                "0",
                "LongestHoldTime",
                "" + longest);
    }
}
