package io.github.pbxsdk.ami.state;

import io.github.pbxsdk.ami.event.AmiEvent;
import io.github.pbxsdk.ami.event.DeviceState;
import io.github.pbxsdk.ami.event.DeviceStateChangeEvent;
import io.github.pbxsdk.ami.event.ExtensionState;
import io.github.pbxsdk.ami.event.ExtensionStatusEvent;
import io.github.pbxsdk.ami.event.PresenceStateChangeEvent;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The lamps of extensions with presence and do-not-disturb. Not thread-safe. */
final class ExtensionTable {

    private static final int MOST_HINTS = 20_000;
    private static final String DO_NOT_DISTURB = "Custom:DND";
    private static final String CUSTOM = "Custom:";
    private static final Set<DeviceState> ON =
            EnumSet.of(
                    DeviceState.IN_USE,
                    DeviceState.BUSY,
                    DeviceState.RINGING,
                    DeviceState.RINGING_IN_USE,
                    DeviceState.ON_HOLD);

    private final Map<String, Hint> hints = new TreeMap<>();
    private final Map<String, DeviceState> custom = new HashMap<>();
    private final Map<String, PresenceStateChangeEvent> presences = new HashMap<>();
    private final Map<String, LiveExtension> told = new LinkedHashMap<>();
    private final Set<String> touched = new LinkedHashSet<>();
    private final Handlers handlers =
            new Handlers()
                    .on(ExtensionStatusEvent.class, this::status)
                    .on(DeviceStateChangeEvent.class, this::device)
                    .on(PresenceStateChangeEvent.class, this::presence);

    /** A hint as the server has it. */
    private record Hint(
            String number,
            String context,
            List<String> devices,
            String presentity,
            ExtensionState state) {

        static Hint of(ExtensionStatusEvent seen) {
            String text = seen.hint();
            int comma = text.indexOf(',');
            String devices = comma < 0 ? text : text.substring(0, comma);
            return new Hint(
                    seen.extension(),
                    seen.context(),
                    Stream.of(devices.split("&", -1)).filter(one -> !one.isEmpty()).toList(),
                    comma < 0 ? "" : text.substring(comma + 1),
                    seen.status());
        }

        String key() {
            return number + '@' + context;
        }
    }

    void apply(AmiEvent event) {
        handlers.handle(event);
    }

    private void status(ExtensionStatusEvent event) {
        Hint hint = Hint.of(event);
        if (hints.size() < MOST_HINTS || hints.containsKey(hint.key())) {
            hints.put(hint.key(), hint);
            touched.add(hint.key());
        }
    }

    /** Of devices only those are kept that a hint is made of and that say nothing else. */
    private void device(DeviceStateChangeEvent event) {
        if (event.device().startsWith(CUSTOM)) {
            touch(hint -> hint.devices().contains(event.device()), () -> keep(event));
        }
    }

    private void keep(DeviceStateChangeEvent event) {
        custom.put(event.device(), event.state());
    }

    private void presence(PresenceStateChangeEvent event) {
        touch(
                hint -> hint.presentity().equals(event.presentity()),
                () -> presences.put(event.presentity(), event));
    }

    private void touch(Predicate<Hint> concerned, Runnable step) {
        List<String> keys = hints.values().stream().filter(concerned).map(Hint::key).toList();
        if (!keys.isEmpty()) {
            step.run();
            touched.addAll(keys);
        }
    }

    void replace(List<ExtensionStatusEvent> items) {
        hints.clear();
        items.forEach(this::status);
        told.keySet().retainAll(hints.keySet());
    }

    void replaceDevices(List<DeviceStateChangeEvent> items) {
        custom.clear();
        items.stream().filter(item -> item.device().startsWith(CUSTOM)).forEach(this::keep);
        touched.addAll(hints.keySet());
    }

    void replacePresences(List<PresenceStateChangeEvent> items) {
        presences.clear();
        items.forEach(item -> presences.put(item.presentity(), item));
        touched.addAll(hints.keySet());
    }

    private LiveExtension value(Hint hint) {
        PresenceStateChangeEvent presence = presences.get(hint.presentity());
        String status = presence == null ? "" : presence.status();
        boolean quiet =
                status.equals("dnd")
                        || hint.devices().stream()
                                .filter(device -> device.startsWith(DO_NOT_DISTURB))
                                .anyMatch(device -> ON.contains(stateOf(device)));
        return new Values.Extension(
                hint.number(),
                hint.context(),
                hint.devices(),
                hint.state(),
                status.equals("not_set") ? "" : status,
                presence == null ? "" : presence.message(),
                quiet);
    }

    private DeviceState stateOf(String device) {
        return custom.getOrDefault(device, DeviceState.UNKNOWN);
    }

    /** Tells what has changed; returns the numbers concerned. */
    Set<String> tell(Consumer<StateEvent> out) {
        Set<String> numbers = new LinkedHashSet<>();
        for (String key : touched) {
            Hint hint = hints.get(key);
            if (hint != null) {
                LiveExtension now = value(hint);
                if (!now.equals(told.put(key, now))) {
                    numbers.add(now.number());
                    out.accept(new ExtensionChangedEvent(now));
                }
            }
        }
        touched.clear();
        return numbers;
    }

    List<LiveExtension> extensions() {
        return hints.values().stream().map(this::value).toList();
    }

    Optional<LiveExtension> find(String number) {
        return hints.values().stream()
                .filter(hint -> hint.number().equals(number))
                .findFirst()
                .map(this::value);
    }
}
