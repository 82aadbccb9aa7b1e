package io.github.pbxsdk.ami.state;

import io.github.pbxsdk.ami.AmiClient;
import io.github.pbxsdk.ami.AmiRejectedException;
import io.github.pbxsdk.ami.action.BridgeListAction;
import io.github.pbxsdk.ami.action.DeviceStateListAction;
import io.github.pbxsdk.ami.action.ExtensionStateListAction;
import io.github.pbxsdk.ami.action.GetVarAction;
import io.github.pbxsdk.ami.action.GetVarResult;
import io.github.pbxsdk.ami.action.ParkedCallsAction;
import io.github.pbxsdk.ami.action.PjsipShowContactsAction;
import io.github.pbxsdk.ami.action.PjsipShowEndpointsAction;
import io.github.pbxsdk.ami.action.PjsipShowRegistrationsOutboundAction;
import io.github.pbxsdk.ami.action.PresenceStateListAction;
import io.github.pbxsdk.ami.action.QueueStatusAction;
import io.github.pbxsdk.ami.action.StatusAction;
import io.github.pbxsdk.ami.event.AmiEvent;
import io.github.pbxsdk.ami.event.BridgeListItemEvent;
import io.github.pbxsdk.ami.event.ContactListEvent;
import io.github.pbxsdk.ami.event.DeviceStateChangeEvent;
import io.github.pbxsdk.ami.event.EndpointListEvent;
import io.github.pbxsdk.ami.event.ExtensionStatusEvent;
import io.github.pbxsdk.ami.event.ParkedCallEvent;
import io.github.pbxsdk.ami.event.PresenceStateChangeEvent;
import io.github.pbxsdk.ami.event.StatusEvent;
import io.github.pbxsdk.core.internal.Futures;
import io.github.pbxsdk.core.security.OperationRefusedException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Everything that the server has, asked for at once.
 *
 * <p>All is asked before the first answer is awaited, so that little time lies between the lists.
 */
final class ServerLists {

    /** Written out by the server itself, so that it is its own zone. */
    private static final String OFFSET = "STRFTIME(,,%z)";

    private final Set<StatePart> unavailable = EnumSet.noneOf(StatePart.class);
    private final List<CompletableFuture<?>> asked;
    private final CompletableFuture<List<StatusEvent>> channels;
    private final CompletableFuture<List<BridgeListItemEvent>> bridges;
    private final CompletableFuture<List<ParkedCallEvent>> parked;
    private final CompletableFuture<List<AmiEvent>> queues;
    private final CompletableFuture<List<EndpointListEvent>> endpoints;
    private final CompletableFuture<List<ContactListEvent>> contacts;
    private final CompletableFuture<List<AmiEvent>> registrations;
    private final CompletableFuture<List<ExtensionStatusEvent>> extensions;
    private final CompletableFuture<List<DeviceStateChangeEvent>> devices;
    private final CompletableFuture<List<PresenceStateChangeEvent>> presences;
    private final CompletableFuture<GetVarResult> offset;

    private ServerLists(AmiClient client) {
        channels =
                client.sendAsync(
                        StatusAction.builder()
                                .variables(List.of(ServiceTable.RECORDING_FILE))
                                .build());
        bridges = client.sendAsync(BridgeListAction.create());
        parked = client.sendAsync(ParkedCallsAction.create());
        queues = client.sendAsync(QueueStatusAction.create());
        endpoints = client.sendAsync(PjsipShowEndpointsAction.create());
        contacts = client.sendAsync(PjsipShowContactsAction.create());
        registrations = client.sendAsync(PjsipShowRegistrationsOutboundAction.create());
        extensions = client.sendAsync(ExtensionStateListAction.create());
        devices = client.sendAsync(DeviceStateListAction.create());
        presences = client.sendAsync(PresenceStateListAction.create());
        offset = offset(client);
        asked =
                List.of(
                        channels,
                        bridges,
                        parked,
                        queues,
                        endpoints,
                        contacts,
                        registrations,
                        extensions,
                        devices,
                        presences,
                        offset);
    }

    /** To read a function counts as a change, for some functions do change something. */
    private static CompletableFuture<GetVarResult> offset(AmiClient client) {
        try {
            return client.sendAsync(GetVarAction.of(OFFSET));
        } catch (OperationRefusedException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Sends all questions; the answers are waited for when they are read. */
    static ServerLists ask(AmiClient client) {
        return new ServerLists(client);
    }

    /** Waits for all answers; refusals show as parts that are missing. */
    void await() {
        Futures.await(channels);
        asked.forEach(ServerLists::awaitAnswer);
    }

    private static void awaitAnswer(CompletableFuture<?> one) {
        try {
            Futures.await(one);
        } catch (AmiRejectedException | OperationRefusedException e) {
            // Shows as a part that is missing when it is read.
        }
    }

    /** Gives up waiting. */
    void cancel() {
        asked.forEach(one -> one.cancel(true));
    }

    List<StatusEvent> channels() {
        return Futures.await(channels);
    }

    Optional<List<BridgeListItemEvent>> bridges() {
        return list(StatePart.BRIDGES, bridges);
    }

    Optional<List<ParkedCallEvent>> parked() {
        return list(StatePart.PARKING, parked);
    }

    Optional<List<AmiEvent>> queues() {
        return list(StatePart.QUEUES, queues);
    }

    Optional<List<EndpointListEvent>> endpoints() {
        return list(StatePart.ENDPOINTS, endpoints);
    }

    Optional<List<ContactListEvent>> contacts() {
        return list(StatePart.CONTACTS, contacts);
    }

    Optional<List<AmiEvent>> registrations() {
        return list(StatePart.REGISTRATIONS, registrations);
    }

    Optional<List<ExtensionStatusEvent>> extensions() {
        return list(StatePart.EXTENSIONS, extensions);
    }

    Optional<List<DeviceStateChangeEvent>> devices() {
        return list(StatePart.DEVICES, devices);
    }

    Optional<List<PresenceStateChangeEvent>> presences() {
        return list(StatePart.PRESENCE, presences);
    }

    /** Returns the zone that the server is in at present. */
    Optional<ZoneId> zone() {
        try {
            return Optional.of(ZoneOffset.of(Futures.await(offset).value()));
        } catch (AmiRejectedException | OperationRefusedException | DateTimeException e) {
            // Not allowed, or a server without the function: its zone is not known.
            unavailable.add(StatePart.TIME_ZONE);
            return Optional.empty();
        }
    }

    /** Returns what could not be read; complete when all has been read. */
    Set<StatePart> unavailable() {
        return unavailable;
    }

    private <E> Optional<List<E>> list(StatePart part, CompletableFuture<List<E>> answer) {
        try {
            return Optional.of(Futures.await(answer));
        } catch (AmiRejectedException e) {
            if (e.kind() == AmiRejectedException.Kind.NOT_FOUND) {
                // The words for an empty list, on some servers and for some lists.
                return Optional.of(List.of());
            }
            unavailable.add(part);
            return Optional.empty();
        }
    }
}
