package io.github.pbxsdk.ami.state;

import io.github.pbxsdk.ami.event.ContactState;
import io.github.pbxsdk.ami.event.DeviceState;
import io.github.pbxsdk.core.ConnectionStatus;
import io.github.pbxsdk.core.Light;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Decides about the colour of each extension. Not thread-safe. */
final class Lights {

    private final DeviceTable devices;
    private final ExtensionTable extensions;
    private final Map<String, ExtensionLight> told = new LinkedHashMap<>();

    Lights(DeviceTable devices, ExtensionTable extensions) {
        this.devices = devices;
        this.extensions = extensions;
    }

    /** Returns the light of one extension. */
    ExtensionLight of(String extension, Sight sight) {
        if (!sight.current()) {
            return unknown(extension, sight.connection());
        }
        ExtensionLight light = of(extension);
        return light.light() == Light.RED ? ifAllIsSeen(light, sight.unavailable()) : light;
    }

    /** Where lists are missing, there may be a telephone that works. */
    private static ExtensionLight ifAllIsSeen(ExtensionLight red, Set<StatePart> unavailable) {
        if (unavailable.contains(StatePart.ENDPOINTS) || unavailable.contains(StatePart.CONTACTS)) {
            return new ExtensionLight(
                    red.extension(),
                    Light.YELLOW,
                    "the PBX does not list its telephones: the AMI user needs write=system in"
                            + " manager.conf, and the server PJSIP");
        }
        if (unavailable.contains(StatePart.EXTENSIONS)) {
            return new ExtensionLight(
                    red.extension(),
                    Light.YELLOW,
                    "the PBX does not list its hints: the AMI user needs write=call or"
                            + " write=reporting in manager.conf");
        }
        return red;
    }

    private ExtensionLight of(String extension) {
        return endpointsOf(extension).stream()
                .map(endpoint -> of(extension, endpoint))
                .max(Comparator.comparing(ExtensionLight::light))
                .orElseGet(
                        () ->
                                new ExtensionLight(
                                        extension,
                                        Light.RED,
                                        "the PBX has no telephone for " + extension));
    }

    /** What isn't known is never green. */
    private static ExtensionLight unknown(String extension, ConnectionStatus connection) {
        Light light = connection.state().light();
        return light == Light.GREEN
                ? new ExtensionLight(extension, Light.YELLOW, "the PBX is being asked")
                : new ExtensionLight(
                        extension, light, "no connection to the PBX: " + connection.reason());
    }

    /** An extension rings the endpoints in its hint; without a hint, the one of its name. */
    private List<LiveEndpoint> endpointsOf(String extension) {
        List<LiveEndpoint> hinted =
                extensions.find(extension).stream()
                        .flatMap(found -> found.devices().stream())
                        .filter(device -> device.startsWith(DeviceTable.PREFIX))
                        .map(device -> device.substring(DeviceTable.PREFIX.length()))
                        .map(devices::find)
                        .flatMap(Optional::stream)
                        .toList();
        return hinted.isEmpty() ? devices.find(extension).stream().toList() : hinted;
    }

    private static ExtensionLight of(String extension, LiveEndpoint endpoint) {
        Set<ContactState> contacts =
                endpoint.contacts().stream().map(LiveContact::state).collect(Collectors.toSet());
        if (contacts.isEmpty()) {
            return new ExtensionLight(extension, Light.RED, "no telephone has registered");
        }
        if (contacts.equals(Set.of(ContactState.UNREACHABLE))) {
            return new ExtensionLight(
                    extension, Light.RED, "the telephone has registered and does not answer");
        }
        boolean reachable =
                contacts.contains(ContactState.REACHABLE)
                        || contacts.contains(ContactState.NON_QUALIFIED);
        return reachable && isUsable(endpoint.state())
                ? new ExtensionLight(extension, Light.GREEN, words(contacts))
                : new ExtensionLight(
                        extension, Light.YELLOW, "registered; whether it answers is not known yet");
    }

    private static String words(Set<ContactState> contacts) {
        return contacts.contains(ContactState.REACHABLE)
                ? "the telephone has registered and answers"
                : "the telephone has registered; the PBX does not check whether it answers";
    }

    private static boolean isUsable(DeviceState state) {
        return state != DeviceState.UNAVAILABLE && state != DeviceState.INVALID;
    }

    /** Tells of all lights that have changed. */
    void tellAll(Sight sight, Consumer<StateEvent> out) {
        Set<String> all = new LinkedHashSet<>(told.keySet());
        devices.endpoints().forEach(endpoint -> all.add(endpoint.name()));
        extensions.extensions().stream()
                .filter(one -> one.devices().stream().anyMatch(Lights::isPhone))
                .forEach(one -> all.add(one.number()));
        all.forEach(extension -> tell(extension, sight, out));
    }

    /** Tells of the lights that depend on endpoints, if they have changed. */
    void tell(Set<String> endpoints, Sight sight, Consumer<StateEvent> out) {
        endpoints.forEach(name -> tell(name, sight, out));
        extensions.extensions().stream()
                .filter(one -> one.devices().stream().anyMatch(d -> isOneOf(d, endpoints)))
                .forEach(one -> tell(one.number(), sight, out));
    }

    private void tell(String extension, Sight sight, Consumer<StateEvent> out) {
        ExtensionLight now = of(extension, sight);
        ExtensionLight before = told.put(extension, now);
        if (before != null && before.light() != now.light()) {
            out.accept(new LightChangedEvent(before, now));
        }
    }

    private static boolean isPhone(String device) {
        return device.startsWith(DeviceTable.PREFIX);
    }

    private static boolean isOneOf(String device, Set<String> endpoints) {
        return isPhone(device) && endpoints.contains(device.substring(DeviceTable.PREFIX.length()));
    }
}
