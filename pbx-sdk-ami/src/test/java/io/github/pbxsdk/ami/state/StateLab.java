package io.github.pbxsdk.ami.state;

import static org.awaitility.Awaitility.await;

import io.github.pbxsdk.ami.AmiClient;
import io.github.pbxsdk.ami.action.PingAction;
import io.github.pbxsdk.core.ConnectionState;
import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.ReconnectOptions;
import io.github.pbxsdk.core.time.ManualTime;
import io.github.pbxsdk.testing.ami.AmiMessage;
import io.github.pbxsdk.testing.ami.FakeAmi;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A fake server with lists, a client of it, and a clock that the test moves. */
final class StateLab implements AutoCloseable {

    static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

    /** Each list with the event that ends it. */
    private static final Map<String, String> LISTS =
            Map.of(
                    "Status", "StatusComplete",
                    "BridgeList", "BridgeListComplete",
                    "ParkedCalls", "ParkedCallsComplete",
                    "QueueStatus", "QueueStatusComplete",
                    "PJSIPShowEndpoints", "EndpointListComplete",
                    "PJSIPShowContacts", "ContactListComplete",
                    "PJSIPShowRegistrationsOutbound", "OutboundRegistrationDetailComplete",
                    "ExtensionStateList", "ExtensionStateListComplete",
                    "DeviceStateList", "DeviceStateListComplete",
                    "PresenceStateList", "PresenceStateListComplete");

    final FakeAmi server;
    final ManualTime time = ManualTime.startingAt(START);
    final PbxResources resources = PbxResources.builder().time(time).build();
    final AmiClient client;
    private final Map<String, List<AmiMessage>> items = new ConcurrentHashMap<>();

    StateLab() {
        this(FakeAmi.asterisk22());
    }

    StateLab(FakeAmi server) {
        this.server = server;
        LISTS.forEach((action, end) -> server.answer(action, request -> list(end, items(action))));
        zone("+0000");
        client =
                AmiClient.builder()
                        .host(server.host())
                        .port(server.port())
                        .credentials(Credentials.of("lab", "lab-secret"))
                        .connectTimeout(Duration.ofDays(2))
                        .timeout(Duration.ofDays(2))
                        .itemTimeout(Duration.ofDays(2))
                        .pingInterval(Duration.ofDays(9))
                        .reconnect(
                                ReconnectOptions.defaults()
                                        .firstDelay(Duration.ofMillis(20))
                                        .longestDelay(Duration.ofMillis(200)))
                        .resources(resources)
                        .build();
        client.connect();
    }

    /** Returns what the server lists for an action, to be changed by the test. */
    List<AmiMessage> items(String action) {
        return items.computeIfAbsent(action, name -> new CopyOnWriteArrayList<>());
    }

    /** Has something happen when the server has listed all but presences: the lists are older. */
    void whenListed(Runnable event) {
        server.answer(
                "PresenceStateList",
                request -> {
                    event.run();
                    return list("PresenceStateListComplete", List.of());
                });
    }

    static List<AmiMessage> list(String end, List<AmiMessage> items) {
        List<AmiMessage> all = new ArrayList<>();
        all.add(AmiMessage.of("Response", "Success", "EventList", "start"));
        all.addAll(items);
        all.add(
                AmiMessage.of(
                        "Event", end, "EventList", "Complete", "ListItems", "" + items.size()));
        return all;
    }

    /** Sets the zone that the server says it is in. */
    void zone(String offset) {
        server.answer(
                "Getvar",
                AmiMessage.of(
                        "Response", "Success", "Variable", "STRFTIME(,,%z)", "Value", offset));
    }

    void queue(String name, int serviceLevel) {
        items("QueueStatus")
                .add(
                        AmiMessage.of(
                                "Event",
                                "QueueParams",
                                "Queue",
                                name,
                                "Strategy",
                                "ringall",
                                "ServiceLevel",
                                String.valueOf(serviceLevel)));
    }

    /** Returns when all that the server has sent so far has been taken over. */
    void settle() {
        try {
            client.sendAsync(PingAction.create()).get(10, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException | InterruptedException e) {
            throw new AssertionError("no answer from the fake", e);
        }
    }

    void emit(String... lines) {
        server.emit(lines);
    }

    /** Sends an event about a channel, with the lines that all of them have. */
    void channel(String event, String name, String id, String linkedId, String... more) {
        server.emit(Wire.channel(event, name, id, linkedId, more));
    }

    /**
     * Lets the client come back. Time passes a step each millisecond: as fast as a loop turns, it
     * would be tomorrow before a busy machine has made the connection.
     */
    void awaitConnected() {
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(
                        () -> {
                            time.advance(Duration.ofMillis(20));
                            return client.status().state() == ConnectionState.CONNECTED;
                        });
    }

    /** Returns how often the server was asked for its channels. */
    long rounds() {
        return server.actions().stream()
                .filter(action -> action.get("Action").equals("Status"))
                .count();
    }

    @Override
    public void close() {
        client.close();
        resources.close();
        server.close();
    }
}
