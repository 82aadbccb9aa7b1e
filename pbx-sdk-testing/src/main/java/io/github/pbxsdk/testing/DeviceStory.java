package io.github.pbxsdk.testing;

import io.github.pbxsdk.testing.ami.AmiMessage;
import io.github.pbxsdk.testing.ami.FakeAmi;
import io.github.pbxsdk.testing.ari.FakeAri;
import io.github.pbxsdk.testing.sip.Binding;
import io.github.pbxsdk.testing.sip.DeviceChange;
import io.github.pbxsdk.testing.sip.FakeSip;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The devices of a {@link FakePbx}: those that register and go show on AMI and ARI. */
final class DeviceStory {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'+0000'");

    private final FakeAmi ami;
    private final FakeAri ari;

    DeviceStory(FakeAmi ami, FakeAri ari) {
        this.ami = ami;
        this.ari = ari;
    }

    void begin(FakeSip sip) {
        sip.onDevices(this::show);
    }

    /** The first device that comes, and the last one that goes, change the extension, too. */
    private void show(DeviceChange change) {
        String extension = change.extension();
        if (change.before().isEmpty() && !change.after().isEmpty()) {
            peer(extension, "Reachable", "online");
        }
        if (!change.before().isEmpty() && change.after().isEmpty()) {
            peer(extension, "Unreachable", "offline");
        }
        String state = change.after().isEmpty() ? "offline" : "online";
        change.arrived().forEach(device -> contact(device, "NonQualified", state));
        change.left().forEach(device -> contact(device, "Removed", state));
        if (change.before().isEmpty() && !change.after().isEmpty()) {
            states(extension, "0", "Idle", "NOT_INUSE");
        }
        if (!change.before().isEmpty() && change.after().isEmpty()) {
            states(extension, "4", "Unavailable", "UNAVAILABLE");
        }
    }

    private void peer(String extension, String status, String state) {
        ami.emit(
                "Event", "PeerStatus",
                "Privilege", "system,all",
                "ChannelType", "PJSIP",
                "Peer", "PJSIP/" + extension,
                "PeerStatus", status);
        tell(
                "PeerStatusChange",
                endpoint(extension, state) + ",\"peer\":{\"peer_status\":\"" + status + "\"}");
    }

    private void contact(Binding device, String status, String state) {
        String extension = device.extension();
        ami.emit(
                "Event",
                "ContactStatus",
                "Privilege",
                "system,all",
                "URI",
                device.uri(),
                "ContactStatus",
                status,
                "AOR",
                extension,
                "EndpointName",
                extension,
                "RoundtripUsec",
                "0");
        tell(
                "ContactStatusChange",
                endpoint(extension, state)
                        + (",\"contact_info\":{\"uri\":\"" + device.uri())
                        + ("\",\"contact_status\":\"" + status + "\",\"aor\":\"" + extension)
                        + "\",\"roundtrip_usec\":\"0\"}");
    }

    private void states(String extension, String number, String words, String state) {
        ami.emit(
                AmiMessage.of(
                        "Event",
                        "ExtensionStatus",
                        "Privilege",
                        "call,all",
                        "Exten",
                        extension,
                        "Context",
                        "ext-local",
                        "Hint",
                        "PJSIP/" + extension,
                        "Status",
                        number,
                        "StatusText",
                        words));
        ami.emit(
                "Event",
                "DeviceStateChange",
                "Privilege",
                "call,all",
                "Device",
                "PJSIP/" + extension,
                "State",
                state);
        tell(
                "DeviceStateChanged",
                ("\"device_state\":{\"name\":\"PJSIP/" + extension)
                        + ("\",\"state\":\"" + state + "\"}"));
    }

    private static String endpoint(String extension, String state) {
        return ("\"endpoint\":{\"technology\":\"PJSIP\",\"resource\":\"" + extension)
                + ("\",\"state\":\"" + state + "\",\"channel_ids\":[]}");
    }

    private void tell(String type, String members) {
        String now = TIME.format(LocalDateTime.now(ZoneOffset.UTC));
        String begin =
                "{\"type\":\""
                        + type
                        + "\",\"timestamp\":\""
                        + now
                        + "\","
                        + members
                        + ",\"asterisk_id\":\"aa:bb:cc:dd:ee:01\",\"application\":\"";
        ari.emitToEach(application -> begin + application + "\"}");
    }
}
