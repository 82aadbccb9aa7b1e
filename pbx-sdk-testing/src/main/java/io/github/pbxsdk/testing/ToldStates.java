package io.github.pbxsdk.testing;

import io.github.pbxsdk.testing.ami.AmiMessage;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The states of devices and of the hints of extensions, as events have told of them and a manager
 * interface lists them. Not thread-safe.
 */
final class ToldStates {

    private final Map<String, String> devices = new LinkedHashMap<>();
    private final Map<String, AmiMessage> hints = new LinkedHashMap<>();

    /** Begins with extensions that have no telephone yet. */
    ToldStates(Collection<String> extensions) {
        for (String extension : extensions) {
            String device = "PJSIP/" + extension;
            devices.put(device, "UNAVAILABLE");
            take(
                    AmiMessage.of(
                            "Event", "ExtensionStatus",
                            "Exten", extension,
                            "Context", "ext-local",
                            "Hint", device,
                            "Status", "4",
                            "StatusText", "Unavailable"));
        }
    }

    /** Takes over what an event says. */
    void take(AmiMessage event) {
        switch (event.get("Event")) {
            case "DeviceStateChange" -> devices.put(event.get("Device"), event.get("State"));
            case "ExtensionStatus" ->
                    hints.put(event.get("Exten") + "@" + event.get("Context"), event);
            default -> {
                // Tells no state.
            }
        }
    }

    /** Returns the items of {@code DeviceStateList}. */
    Stream<AmiMessage> deviceStateList() {
        return devices.entrySet().stream()
                .map(
                        device ->
                                AmiMessage.of(
                                        "Event", "DeviceStateChange",
                                        "Device", device.getKey(),
                                        "State", device.getValue()));
    }

    /** Returns the items of {@code ExtensionStateList}. */
    Stream<AmiMessage> extensionStateList() {
        return hints.values().stream()
                .map(
                        hint ->
                                AmiMessage.of(
                                        "Event", "ExtensionStatus",
                                        "Exten", hint.get("Exten"),
                                        "Context", hint.get("Context"),
                                        "Hint", hint.get("Hint"),
                                        "Status", hint.get("Status"),
                                        "StatusText", hint.get("StatusText")));
    }

    /** Returns the state of an extension's telephone in the words of the list of endpoints. */
    String inWords(String extension) {
        return switch (devices.getOrDefault("PJSIP/" + extension, "UNAVAILABLE")) {
            case "NOT_INUSE" -> "Not in use";
            case "INUSE" -> "In use";
            case "BUSY" -> "Busy";
            case "RINGING" -> "Ringing";
            case "RINGINUSE" -> "Ring+Inuse";
            case "ONHOLD" -> "On Hold";
            default -> "Unavailable";
        };
    }
}
