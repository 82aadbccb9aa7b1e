package io.github.pbxsdk.sip;

import io.github.pbxsdk.sip.internal.wire.Grammar;
import io.github.pbxsdk.sip.internal.wire.MalformedMessageException;
import io.github.pbxsdk.sip.internal.wire.NameAddress;
import io.github.pbxsdk.sip.internal.wire.SipResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The devices that the answer to a REGISTER lists. */
final class Bindings {

    private final List<SipDevice> devices = new ArrayList<>();

    private Bindings() {}

    /**
     * Reads an answer.
     *
     * @param mark the parameter of an address by which we know our own, also after a restart
     * @param asked how long a device stays that the answer has no time for
     */
    static Bindings of(SipResponse response, String mark, Duration asked) {
        Bindings bindings = new Bindings();
        Duration general = response.seconds("Expires").map(Duration::ofSeconds).orElse(asked);
        for (String line : response.headers().all("Contact")) {
            bindings.add(line, mark, general);
        }
        return bindings;
    }

    private void add(String line, String mark, Duration general) {
        List<NameAddress> contacts;
        try {
            contacts = Grammar.addresses("Contact", line);
        } catch (MalformedMessageException e) {
            // Whatever it is, it is somebody else's: ours can be read.
            devices.add(new SipDevice(line, line, general, false));
            return;
        }
        for (NameAddress contact : contacts) {
            boolean ours = contact.uri().contains(";" + mark);
            devices.add(
                    new SipDevice(contact.uri(), contact.host(), expires(contact, general), ours));
        }
    }

    private static Duration expires(NameAddress contact, Duration general) {
        return contact.find("expires")
                .filter(value -> value.matches("[0-9]{1,9}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                .orElse(general);
    }

    /** Returns all devices. */
    List<SipDevice> all() {
        return List.copyOf(devices);
    }

    /** Returns the devices that are not we. */
    List<SipDevice> others() {
        return devices.stream().filter(device -> !device.isOurs()).toList();
    }

    /** Returns the addresses at which we were before. */
    List<String> stale(String address) {
        return devices.stream()
                .filter(device -> device.isOurs() && !device.address().equals(address))
                .map(SipDevice::contact)
                .toList();
    }

    /**
     * Returns the device that is we, at this address, or else the one of ours that stays longest:
     * servers may write another host into it, but leave the rest.
     */
    Optional<SipDevice> ours(String address) {
        return devices.stream()
                .filter(SipDevice::isOurs)
                .max(
                        Comparator.comparing((SipDevice one) -> one.address().equals(address))
                                .thenComparing(SipDevice::expires));
    }
}
