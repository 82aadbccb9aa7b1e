package io.github.pbxsdk.ami.state;

import io.github.pbxsdk.testing.ami.AmiMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A PBX with traffic, without telephones: it knows what is true, and reports it as a server does,
 * in an order that differs where the server's differs.
 *
 * <p>Calls run at the same time; each is a list of steps, of which a random one is next.
 */
final class SimulatedPbx {

    private static final String[] QUEUES = {"500", "501"};

    /** How many calls run at the same time. */
    private static final int AT_ONCE = 30;

    final Map<String, Integer> offered = new HashMap<>();
    final Map<String, Integer> answered = new HashMap<>();
    final Map<String, Integer> abandoned = new HashMap<>();
    int calls;

    private final Random random;
    private final Consumer<AmiMessage> network;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Channel> channels = new LinkedHashMap<>();
    private final Map<String, String> bridges = new LinkedHashMap<>();
    private final Map<String, String> parked = new LinkedHashMap<>();
    private final Map<String, String> waiting = new LinkedHashMap<>();
    private final List<Deque<Runnable>> running = new ArrayList<>();
    private int sequence;

    /** One channel as it really is. */
    private static final class Channel {

        final String id;
        String name;
        String linkedId;
        String state = "0";
        String bridge = "";

        Channel(String id, String name, String linkedId) {
            this.id = id;
            this.name = name;
            this.linkedId = linkedId;
        }
    }

    SimulatedPbx(long seed, Consumer<AmiMessage> network) {
        this.random = new Random(seed);
        this.network = network;
    }

    /** Has the server's lists show what is true. */
    void listIn(StateLab lab) {
        answer(lab, "Status", "StatusComplete", this::statuses);
        answer(lab, "BridgeList", "BridgeListComplete", this::bridgeList);
        answer(lab, "ParkedCalls", "ParkedCallsComplete", this::parkedCalls);
        answer(lab, "QueueStatus", "QueueStatusComplete", this::queueStatus);
    }

    private void answer(StateLab lab, String action, String end, Supplier<List<AmiMessage>> items) {
        lab.server.answer(action, request -> StateLab.list(end, locked(items)));
    }

    private <T> T locked(Supplier<T> step) {
        lock.lock();
        try {
            return step.get();
        } finally {
            lock.unlock();
        }
    }

    private List<AmiMessage> statuses() {
        return channels.values().stream()
                .map(one -> Wire.status(one.name, one.id, one.linkedId, one.bridge))
                .toList();
    }

    private List<AmiMessage> bridgeList() {
        return bridges.keySet().stream()
                .map(id -> bridge(AmiMessage.of("Event", "BridgeListItem"), id))
                .toList();
    }

    private List<AmiMessage> parkedCalls() {
        return parked.entrySet().stream()
                .map(one -> parking("ParkedCall", one.getKey(), one.getValue()))
                .toList();
    }

    private List<AmiMessage> queueStatus() {
        List<AmiMessage> items = new ArrayList<>();
        for (String queue : QUEUES) {
            items.add(AmiMessage.of("Event", "QueueParams", "Queue", queue, "ServiceLevel", "20"));
        }
        waiting.forEach(
                (id, queue) ->
                        items.add(
                                AmiMessage.of(
                                        "Event",
                                        "QueueEntry",
                                        "Queue",
                                        queue,
                                        "Uniqueid",
                                        id,
                                        "Wait",
                                        "3")));
        return items;
    }

    /** Does so many steps of so many calls as there are left to do. */
    void run(int steps, int mostCalls) {
        for (int i = 0; i < steps && !isQuiet(mostCalls); i++) {
            if (running.size() < AT_ONCE && calls < mostCalls) {
                running.add(newCall());
                calls++;
            }
            Deque<Runnable> call = running.get(random.nextInt(running.size()));
            lock.lock();
            try {
                call.remove().run();
            } finally {
                lock.unlock();
            }
            if (call.isEmpty()) {
                running.remove(call);
            }
        }
    }

    boolean isQuiet(int mostCalls) {
        return running.isEmpty() && calls >= mostCalls;
    }

    private Deque<Runnable> newCall() {
        Deque<Runnable> steps = new ArrayDeque<>();
        switch (random.nextInt(7)) {
            case 0 -> unanswered(steps);
            case 1 -> blindTransfer(steps);
            case 2 -> parkAndRetrieve(steps);
            case 3, 4 -> queueCall(steps);
            case 5 -> ringGroup(steps);
            default ->
                    talk(steps, channel("PJSIP/101"), channel("PJSIP/102"), random.nextBoolean());
        }
        return steps;
    }

    private Channel channel(String device) {
        sequence++;
        String id = "1795200000." + sequence;
        return new Channel(id, device + "-" + String.format("%08x", sequence), id);
    }

    // ------------------------------------------------------------------ kinds of calls

    private void unanswered(Deque<Runnable> steps) {
        Channel caller = channel("PJSIP/101");
        Channel callee = channel("PJSIP/102");
        steps.add(() -> begin(caller, "4"));
        steps.add(() -> begin(callee, "0", caller));
        steps.add(() -> state(callee, "5"));
        steps.add(() -> hangUp(callee, caller));
    }

    private void talk(Deque<Runnable> steps, Channel caller, Channel callee, boolean recorded) {
        String bridge = "bridge-" + caller.id;
        steps.add(() -> begin(caller, "4"));
        if (recorded) {
            steps.add(() -> emit("MixMonitorStart", caller));
        }
        steps.add(() -> begin(callee, "0", caller));
        steps.add(() -> state(callee, "5"));
        steps.add(() -> state(callee, "6"));
        steps.add(() -> state(caller, "6"));
        steps.add(() -> join(bridge, callee));
        steps.add(() -> join(bridge, caller));
        steps.add(() -> emit("Hold", callee));
        steps.add(() -> emit("Unhold", callee));
        steps.add(() -> endBridge(bridge, caller, callee));
        steps.add(() -> hangUp(callee, caller));
    }

    private void blindTransfer(Deque<Runnable> steps) {
        Channel caller = channel("PJSIP/101");
        Channel callee = channel("PJSIP/102");
        Channel target = channel("PJSIP/103");
        String first = "bridge-" + caller.id;
        String second = "bridge2-" + caller.id;
        steps.add(() -> begin(caller, "4"));
        steps.add(() -> begin(callee, "0", caller));
        steps.add(() -> state(callee, "6"));
        steps.add(() -> join(first, callee));
        steps.add(() -> join(first, caller));
        steps.add(() -> endBridge(first, caller, callee));
        steps.add(() -> hangUp(callee));
        steps.add(() -> begin(target, "0", caller));
        steps.add(() -> state(target, "6"));
        steps.add(() -> join(second, target));
        steps.add(() -> join(second, caller));
        steps.add(() -> endBridge(second, caller, target));
        steps.add(() -> hangUp(target, caller));
    }

    /** The retriever takes over the id of the parked call, and no event says so. */
    private void parkAndRetrieve(Deque<Runnable> steps) {
        Channel parkee = channel("PJSIP/101");
        Channel retriever = channel("PJSIP/103");
        String space = String.valueOf(71 + random.nextInt(8));
        String bridge = "bridge-" + parkee.id;
        steps.add(() -> begin(parkee, "4"));
        steps.add(() -> state(parkee, "6"));
        steps.add(() -> park(parkee, space));
        steps.add(() -> begin(retriever, "4"));
        steps.add(() -> state(retriever, "6"));
        steps.add(() -> unpark(parkee, space));
        steps.add(() -> join(bridge, parkee));
        steps.add(
                () -> {
                    retriever.linkedId = parkee.linkedId;
                    join(bridge, retriever);
                });
        steps.add(() -> endBridge(bridge, parkee, retriever));
        steps.add(() -> hangUp(retriever, parkee));
    }

    private void queueCall(Deque<Runnable> steps) {
        Channel caller = channel("PJSIP/101");
        Channel agent = channel("PJSIP/102");
        Channel second = channel("PJSIP/103");
        String queue = QUEUES[random.nextInt(QUEUES.length)];
        String bridge = "bridge-" + caller.id;
        steps.add(() -> begin(caller, "6"));
        steps.add(() -> joinQueue(caller, queue));
        steps.add(() -> begin(agent, "0", caller));
        steps.add(() -> state(agent, "5"));
        steps.add(() -> hangUp(agent));
        if (random.nextInt(3) == 0) {
            steps.add(() -> abandon(caller, queue));
            steps.add(() -> hangUp(caller));
            return;
        }
        steps.add(() -> begin(second, "0", caller));
        steps.add(() -> state(second, "6"));
        steps.add(() -> connect(caller, queue));
        steps.add(() -> join(bridge, second));
        steps.add(() -> join(bridge, caller));
        steps.add(() -> endBridge(bridge, caller, second));
        steps.add(() -> hangUp(second, caller));
    }

    /** A {@code Local} pair leads to the telephone, and optimises itself away. */
    private void ringGroup(Deque<Runnable> steps) {
        Channel caller = channel("PJSIP/101");
        Channel one = channel("Local/102@ring-leg");
        Channel two = channel("Local/102@ring-leg");
        two.name = one.name + ";2";
        one.name += ";1";
        Channel callee = channel("PJSIP/102");
        String outer = "bridge-" + caller.id;
        String inner = "bridge2-" + caller.id;
        steps.add(() -> begin(caller, "4"));
        steps.add(() -> begin(one, "0", caller));
        steps.add(() -> begin(two, "4", caller));
        steps.add(() -> begin(callee, "0", caller));
        steps.add(() -> state(callee, "6"));
        steps.add(() -> join(inner, callee));
        steps.add(() -> join(inner, two));
        steps.add(() -> join(outer, one));
        steps.add(() -> join(outer, caller));
        steps.add(
                () -> {
                    leave(outer, caller);
                    leave(inner, two);
                    join(inner, caller);
                });
        steps.add(() -> endBridge(outer, one));
        steps.add(() -> hangUp(one, two));
        steps.add(() -> endBridge(inner, caller, callee));
        steps.add(() -> hangUp(caller, callee));
    }

    // ------------------------------------------------------------------ what happens

    private void begin(Channel channel, String state) {
        begin(channel, state, channel);
    }

    private void begin(Channel channel, String state, Channel of) {
        channel.linkedId = of.linkedId;
        channel.state = state;
        channels.put(channel.id, channel);
        emit("Newchannel", channel);
        emit("Newexten", channel);
    }

    private void state(Channel channel, String state) {
        channel.state = state;
        emit("Newstate", channel);
    }

    private void join(String bridge, Channel channel) {
        if (bridges.putIfAbsent(bridge, bridge) == null) {
            send(bridge(AmiMessage.of("Event", "BridgeCreate", "Privilege", "call,all"), bridge));
        }
        channel.bridge = bridge;
        send(bridge(event("BridgeEnter", channel), bridge));
    }

    private void leave(String bridge, Channel channel) {
        channel.bridge = "";
        send(bridge(event("BridgeLeave", channel), bridge));
    }

    private void endBridge(String bridge, Channel... members) {
        for (Channel member : members) {
            leave(bridge, member);
        }
        bridges.remove(bridge);
        send(bridge(AmiMessage.of("Event", "BridgeDestroy", "Privilege", "call,all"), bridge));
    }

    /** The order of the hangups, and of the records with them, is left to chance. */
    private void hangUp(Channel... ends) {
        List<AmiMessage> events = new ArrayList<>();
        for (Channel end : ends) {
            channels.remove(end.id);
            events.add(event("Hangup", end));
            events.add(
                    AmiMessage.of(
                            "Event",
                            "Cdr",
                            "Privilege",
                            "cdr,all",
                            "UniqueID",
                            end.id,
                            "Channel",
                            end.name));
        }
        Collections.shuffle(events, random);
        events.forEach(this::send);
    }

    private void park(Channel channel, String space) {
        parked.put(channel.id, space);
        send(parking("ParkedCall", channel.id, space));
    }

    private void unpark(Channel channel, String space) {
        parked.remove(channel.id);
        send(parking("UnParkedCall", channel.id, space));
    }

    private AmiMessage parking(String event, String id, String space) {
        Channel channel = channels.get(id);
        return AmiMessage.of(
                "Event",
                event,
                "Privilege",
                "call,all",
                "ParkeeChannel",
                channel == null ? "" : channel.name,
                "ParkeeUniqueid",
                id,
                "ParkeeLinkedid",
                channel == null ? id : channel.linkedId,
                "Parkinglot",
                "default",
                "ParkingSpace",
                space);
    }

    private void joinQueue(Channel caller, String queue) {
        waiting.put(caller.id, queue);
        offered.merge(queue, 1, Integer::sum);
        send(event("QueueCallerJoin", caller).with("Queue", queue));
    }

    private void abandon(Channel caller, String queue) {
        abandoned.merge(queue, 1, Integer::sum);
        send(event("QueueCallerAbandon", caller).with("Queue", queue).with("HoldTime", "9"));
        leaveQueue(caller, queue);
    }

    private void leaveQueue(Channel caller, String queue) {
        waiting.remove(caller.id);
        send(event("QueueCallerLeave", caller).with("Queue", queue));
    }

    private void connect(Channel caller, String queue) {
        answered.merge(queue, 1, Integer::sum);
        leaveQueue(caller, queue);
        send(event("AgentConnect", caller).with("Queue", queue).with("HoldTime", "4"));
    }

    private static AmiMessage bridge(AmiMessage message, String id) {
        return message.with("BridgeUniqueid", id)
                .with("BridgeType", "basic")
                .with("BridgeTechnology", "simple_bridge");
    }

    private AmiMessage event(String name, Channel channel) {
        return Wire.channel(
                name,
                channel.name,
                channel.id,
                channel.linkedId,
                "ChannelState",
                channel.state,
                "ChannelStateDesc",
                "x");
    }

    private void emit(String name, Channel channel) {
        send(event(name, channel));
    }

    private void send(AmiMessage message) {
        network.accept(message);
    }
}
