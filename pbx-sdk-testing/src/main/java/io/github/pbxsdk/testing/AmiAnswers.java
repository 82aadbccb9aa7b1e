package io.github.pbxsdk.testing;

import io.github.pbxsdk.testing.ami.AmiMessage;
import io.github.pbxsdk.testing.ami.FakeAmi;
import io.github.pbxsdk.testing.sip.Binding;
import io.github.pbxsdk.testing.sip.FakeSip;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What the manager interface of a {@link FakePbx} answers: its people, a queue, and what its events
 * say is alive.
 */
final class AmiAnswers {

    private static final String QUEUE = "500";
    private static final List<String> AGENTS = List.of("1002", "1003");

    private static final String ENDPOINTS =
            "A listing of Endpoints follows, presented as EndpointList events";
    private static final String CONTACTS =
            "A listing of Contacts follows, presented as ContactList events";

    private final FakeSip sip;
    private final Collection<String> extensions;

    /** An event is told on the thread of who makes it, and asked for on that of a session. */
    private final ReentrantLock lock = new ReentrantLock();

    private final ToldChannels channels = new ToldChannels();
    private final ToldQueues queues = new ToldQueues(channels);
    private final ToldStates states;

    AmiAnswers(FakeSip sip, Map<String, String> people) {
        this.sip = sip;
        this.extensions = List.copyOf(people.keySet());
        this.states = new ToldStates(extensions);
        AGENTS.forEach(
                agent -> queues.add(QUEUE, "PJSIP/" + agent, people.getOrDefault(agent, agent)));
    }

    /** Tells whether somebody is an agent of the queue. */
    static boolean isAgent(String device) {
        return AGENTS.stream().anyMatch(agent -> device.equals("PJSIP/" + agent));
    }

    /** Tells whether there is a channel of this name. */
    boolean lists(String channel) {
        lock.lock();
        try {
            return !channel.isEmpty() && channels.status(channel, List.of()).findAny().isPresent();
        } finally {
            lock.unlock();
        }
    }

    void give(FakeAmi ami) {
        ami.onEvent(this::take);
        ami.answer("Status", action -> locked(() -> status(action)));
        ami.answer("BridgeInfo", action -> locked(() -> bridgeInfo(action)));
        ami.answer(
                "PJSIPShowRegistrationsOutbound",
                AmiMessage.of("Response", "Error", "Message", "No active registrations"));
        list(ami, "PJSIPShowEndpoints", "EndpointListComplete", ENDPOINTS, a -> endpoints());
        list(ami, "PJSIPShowContacts", "ContactListComplete", CONTACTS, a -> contacts());
        list(ami, "CoreShowChannels", "Channels", a -> channels.coreShowChannels());
        list(ami, "BridgeList", "Bridge listing", a -> channels.bridgeList());
        list(ami, "ParkedCalls", "Parked calls", a -> Stream.empty());
        list(ami, "QueueStatus", "Queue status", this::queueStatus);
        list(ami, "QueueSummary", "Queue summary", a -> queues.summary(a.get("Queue")));
        list(ami, "ExtensionStateList", "Extension Statuses", a -> states.extensionStateList());
        list(ami, "DeviceStateList", "Device State Changes", a -> states.deviceStateList());
        list(ami, "PresenceStateList", "Presence State Changes", a -> Stream.empty());
    }

    private void list(
            FakeAmi ami,
            String action,
            String what,
            Function<AmiMessage, Stream<AmiMessage>> items) {
        list(ami, action, action + "Complete", what + " will follow", items);
    }

    private void list(
            FakeAmi ami,
            String action,
            String end,
            String words,
            Function<AmiMessage, Stream<AmiMessage>> items) {
        ami.answer(action, asked -> locked(() -> list(end, words, items.apply(asked))));
    }

    private List<AmiMessage> locked(Supplier<List<AmiMessage>> answer) {
        lock.lock();
        try {
            return answer.get();
        } finally {
            lock.unlock();
        }
    }

    private void take(AmiMessage event) {
        lock.lock();
        try {
            channels.take(event);
            queues.take(event);
            states.take(event);
        } finally {
            lock.unlock();
        }
    }

    private List<AmiMessage> status(AmiMessage action) {
        String channel = action.get("Channel");
        List<String> variables =
                action.find("Variables")
                        .map(names -> List.of(names.split(",", -1)))
                        .orElse(List.of());
        List<AmiMessage> items = channels.status(channel, variables).toList();
        if (items.isEmpty() && !channel.isEmpty()) {
            return List.of(error("No such channel"));
        }
        List<AmiMessage> all = list("StatusComplete", "Channel status will follow", items.stream());
        all.add(all.remove(all.size() - 1).with("Items", "" + items.size()));
        return all;
    }

    private Stream<AmiMessage> queueStatus(AmiMessage action) {
        return queues.status(action.get("Queue"), action.get("Member"));
    }

    private List<AmiMessage> bridgeInfo(AmiMessage action) {
        List<AmiMessage> items = channels.bridgeInfo(action.get("BridgeUniqueid")).toList();
        if (items.isEmpty()) {
            return List.of(error("Specified BridgeUniqueid not found"));
        }
        List<AmiMessage> all = new ArrayList<>();
        all.add(started("Bridge channel listing will follow"));
        all.addAll(items);
        return all;
    }

    private static AmiMessage error(String words) {
        return AmiMessage.of("Response", "Error", "Message", words);
    }

    private Stream<AmiMessage> endpoints() {
        return extensions.stream().map(this::endpoint);
    }

    private AmiMessage endpoint(String extension) {
        List<Binding> devices = sip.devices(extension);
        return AmiMessage.of(
                "Event",
                "EndpointList",
                "ObjectType",
                "endpoint",
                "ObjectName",
                extension,
                "Transport",
                "",
                "Aor",
                extension,
                "Auths",
                extension,
                "OutboundAuths",
                "",
                "Contacts",
                devices.isEmpty() ? "" : extension + "/sip:" + extension + "@127.0.0.1,",
                "DeviceState",
                states.inWords(extension),
                "ActiveChannels",
                "");
    }

    private Stream<AmiMessage> contacts() {
        return extensions.stream()
                .filter(one -> !sip.devices(one).isEmpty())
                .map(AmiAnswers::contact);
    }

    private static AmiMessage contact(String extension) {
        return AmiMessage.of(
                "Event",
                "ContactList",
                "ObjectType",
                "contact",
                "ObjectName",
                extension + ";@0",
                "Uri",
                "sip:" + extension + "@127.0.0.1",
                "Status",
                "Reachable",
                "Endpoint",
                extension);
    }

    private static List<AmiMessage> list(String end, String words, Stream<AmiMessage> items) {
        List<AmiMessage> all = new ArrayList<>();
        all.add(started(words));
        items.forEach(all::add);
        int count = all.size() - 1;
        all.add(AmiMessage.of("Event", end, "EventList", "Complete", "ListItems", "" + count));
        return all;
    }

    private static AmiMessage started(String words) {
        return AmiMessage.of("Response", "Success", "EventList", "start", "Message", words);
    }
}
