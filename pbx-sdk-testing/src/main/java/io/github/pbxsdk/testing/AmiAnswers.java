package io.github.pbxsdk.testing;

import io.github.pbxsdk.testing.ami.AmiMessage;
import io.github.pbxsdk.testing.ami.FakeAmi;
import io.github.pbxsdk.testing.sip.Binding;
import io.github.pbxsdk.testing.sip.FakeSip;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the manager interface of a {@link FakePbx} answers: its people, a queue, no calls. */
final class AmiAnswers {

    private static final String QUEUE = "500";

    private final FakeSip sip;
    private final Collection<String> extensions;

    AmiAnswers(FakeSip sip, Map<String, String> people) {
        this.sip = sip;
        this.extensions = List.copyOf(people.keySet());
    }

    void give(FakeAmi ami) {
        ami.answer("PJSIPShowEndpoints", action -> endpoints());
        ami.answer("PJSIPShowContacts", action -> contacts());
        ami.answer(
                "PJSIPShowRegistrationsOutbound",
                AmiMessage.of("Response", "Error", "Message", "No active registrations"));
        ami.answer("QueueSummary", action -> queueSummary());
        ami.answer("QueueStatus", action -> queueStatus());
        for (String empty : List.of("Status", "BridgeList", "ParkedCalls")) {
            ami.answer(empty, action -> list(empty + "Complete", Stream.empty()));
        }
        for (String state : List.of("Extension", "Device", "Presence")) {
            ami.answer(
                    state + "StateList",
                    action -> list(state + "StateListComplete", Stream.empty()));
        }
    }

    private List<AmiMessage> endpoints() {
        return list("EndpointListComplete", extensions.stream().map(this::endpoint));
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
                devices.isEmpty() ? "Unavailable" : "Not in use",
                "ActiveChannels",
                "");
    }

    private List<AmiMessage> contacts() {
        return list(
                "ContactListComplete",
                extensions.stream()
                        .filter(one -> !sip.devices(one).isEmpty())
                        .map(AmiAnswers::contact));
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

    private static List<AmiMessage> queueSummary() {
        return list(
                "QueueSummaryComplete",
                Stream.of(
                        AmiMessage.of(
                                "Event", "QueueSummary",
                                "Queue", QUEUE,
                                "LoggedIn", "2",
                                "Available", "2",
                                "Callers", "0",
                                "HoldTime", "0",
                                "TalkTime", "0",
                                "LongestHoldTime", "0")));
    }

    private static List<AmiMessage> queueStatus() {
        return list(
                "QueueStatusComplete",
                Stream.of(
                        AmiMessage.of(
                                "Event", "QueueParams",
                                "Queue", QUEUE,
                                "Max", "0",
                                "Strategy", "linear",
                                "Calls", "0",
                                "Holdtime", "0",
                                "TalkTime", "0",
                                "Completed", "0",
                                "Abandoned", "0",
                                "ServiceLevel", "0",
                                "ServicelevelPerf", "0.0",
                                "Weight", "0")));
    }

    private static List<AmiMessage> list(String end, Stream<AmiMessage> items) {
        List<AmiMessage> all = new ArrayList<>();
        all.add(
                AmiMessage.of(
                        "Response", "Success", "EventList", "start", "Message", "will follow"));
        items.forEach(all::add);
        int count = all.size() - 1;
        all.add(AmiMessage.of("Event", end, "EventList", "Complete", "ListItems", "" + count));
        return all;
    }
}
