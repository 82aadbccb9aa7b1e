package io.github.pbxsdk.ami.state;

import io.github.pbxsdk.ami.event.AmiEvent;
import io.github.pbxsdk.ami.event.ReloadEvent;
import io.github.pbxsdk.ami.event.StatusEvent;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** All tables together. Not thread-safe. */
final class Picture {

    final CallTable calls;
    final BridgeTable bridges;
    final ServiceTable services;
    final QueueTable queues;
    final DeviceTable devices = new DeviceTable();
    final ExtensionTable extensions = new ExtensionTable();
    final Lights lights = new Lights(devices, extensions);

    private final Watch watch;

    Picture(Watch watch) {
        this.watch = watch;
        this.calls = new CallTable(watch, this::forget);
        this.bridges = new BridgeTable(watch, calls);
        this.services = new ServiceTable(watch, calls);
        this.queues = new QueueTable(watch, calls);
    }

    private void forget(CallModel call) {
        queues.forget(call);
    }

    /**
     * Takes over what an event says.
     *
     * @param isNew whether it isn't gone through again
     */
    void apply(AmiEvent event, boolean isNew) {
        calls.apply(event, isNew);
        bridges.apply(event);
        services.apply(event, isNew);
        queues.apply(event, isNew);
        devices.apply(event);
        extensions.apply(event);
        if (event instanceof ReloadEvent) {
            watch.doubt(StatePart.CALLS, "the configuration was read again");
        }
    }

    /** Takes over what the server has; the lists may be older than what has happened meanwhile. */
    void replace(ServerLists lists, Round round) {
        long began = round.began;
        List<StatusEvent> channels = lists.channels();
        calls.replace(channels, began);
        lists.bridges().ifPresent(items -> bridges.replace(items, began));
        bridges.place(channels);
        lists.parked().ifPresent(items -> services.replaceParked(items, began));
        services.replaceRecordings(channels, round.recordingFiles());
        lists.queues().ifPresent(items -> queues.replace(items, began));
        lists.endpoints().ifPresent(items -> devices.replace(items, lists.contacts()));
        lists.registrations().ifPresent(devices::replaceRegistrations);
        lists.extensions().ifPresent(extensions::replace);
        lists.devices().ifPresent(extensions::replaceDevices);
        lists.presences().ifPresent(extensions::replacePresences);
    }

    /** Forgets calls and bridges, as those of a server that was restarted. */
    void clearCalls() {
        calls.clear();
        bridges.clear();
    }

    void startDay(Instant midnight, boolean nothingMissing) {
        queues.startDay(midnight, nothingMissing);
    }

    /** Tells what has changed since the last time. */
    void tell(Sight sight, Consumer<StateEvent> out) {
        calls.tell(out);
        queues.tell(out);
        extensions.tell(out);
        Set<String> endpoints = devices.tell(out);
        if (!endpoints.isEmpty()) {
            lights.tell(endpoints, sight, out);
        }
    }
}
