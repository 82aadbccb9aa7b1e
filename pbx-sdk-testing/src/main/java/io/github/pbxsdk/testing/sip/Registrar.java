package io.github.pbxsdk.testing.sip;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who is registered from where; used by the server's thread only. */
final class Registrar {

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);
    private static final Pattern SIP = Pattern.compile("(?i)sips?:.*");
    private static final Pattern URI =
            Pattern.compile("(?i)(sips?:(?:[^@;?>]*@)?)([^;?]*)((?:;[^?]*)?)(.*)");
    private static final Duration DEFAULT = Duration.ofHours(1);

    private final SipRelease release;
    private final Map<String, List<Device>> devices = new HashMap<>();

    Registrar(SipRelease release) {
        this.release = release;
    }

    /**
     * A registered device and the way to it.
     *
     * @param shown its URI as answers list it
     */
    record Device(Binding binding, SipPeer peer, String shown) {

        boolean isAt(String uri) {
            return binding.uri().equals(uri);
        }
    }

    /** Tells whether a contact has a URI that nobody knows what to do with. */
    static boolean hasStrangeContact(SipMessage request) {
        return contacts(request).stream()
                .map(SipHeaders::uri)
                .anyMatch(uri -> !uri.equals("*") && !SIP.matcher(uri).matches());
    }

    private static List<String> contacts(SipMessage request) {
        return request.all("Contact").stream()
                .flatMap(value -> SipHeaders.list(value).stream())
                .toList();
    }

    /**
     * What became of a REGISTER.
     *
     * @param bindings what was registered or refreshed
     */
    record Outcome(SipMessage answer, List<Binding> bindings) {

        static Outcome refused(SipMessage answer) {
            return new Outcome(answer, List.of());
        }
    }

    /** Does what a REGISTER with right credentials asks for. */
    Outcome register(SipMessage request, SipExtension extension, SipPeer peer, Instant now) {
        List<String> contacts = contacts(request);
        List<Binding> changed = new ArrayList<>();
        List<Device> after = new ArrayList<>(devices(extension.number(), now));
        if (contacts.contains("*")) {
            if (contacts.size() > 1 || !request.get("Expires").equals("0")) {
                return Outcome.refused(SipMessage.answer(400, "Bad Request"));
            }
            after.clear();
        } else if (lacksPath(request, extension)) {
            return Outcome.refused(
                    SipMessage.answer(420, "Bad Extension").with("Unsupported", "path"));
        } else {
            // As with rewrite_contact=yes: the first one only.
            boolean rewrites = true;
            for (String contact : contacts) {
                Device device = device(request, contact, extension, peer, rewrites, now);
                rewrites = false;
                if (put(after, device, now)) {
                    changed.add(device.binding());
                }
            }
        }
        while (after.size() > extension.maxContacts()) {
            if (!extension.removesExisting()) {
                return Outcome.refused(SipMessage.answer(403, "Forbidden"));
            }
            after.remove(0);
        }
        devices.put(extension.number(), after);
        return new Outcome(listing(request, extension, after, now), changed);
    }

    private static boolean lacksPath(SipMessage request, SipExtension extension) {
        return extension.keepsPath()
                && request.find("Path").isPresent()
                && request.all("Supported").stream().noneMatch(value -> value.contains("path"));
    }

    /** Puts a device in, in the place of the same one; false if it was taken out instead. */
    private static boolean put(List<Device> list, Device device, Instant now) {
        int known = 0;
        while (known < list.size() && !list.get(known).isAt(device.binding().uri())) {
            known++;
        }
        boolean ends = !device.binding().until().isAfter(now);
        if (known < list.size()) {
            list.remove(known);
        }
        if (!ends) {
            list.add(Math.min(known, list.size()), device);
        }
        return !ends;
    }

    private static Device device(
            SipMessage request,
            String contact,
            SipExtension extension,
            SipPeer peer,
            boolean rewrites,
            Instant now) {
        String uri = SipHeaders.uri(contact);
        Duration asked =
                SipHeaders.parameter(contact, "expires")
                        .or(() -> request.find("Expires"))
                        .map(Registrar::seconds)
                        .orElse(DEFAULT);
        List<String> path = extension.keepsPath() ? request.all("Path") : List.of();
        Binding binding =
                new Binding(
                        extension.number(),
                        rewrites ? rewritten(uri, peer) : uri,
                        contact,
                        now.plus(extension.granted(asked)),
                        path);
        return new Device(binding, peer, rewrites ? shown(uri, peer) : uri);
    }

    /** Counts in 32 bits and takes words for nothing, as the real one does. */
    private static Duration seconds(String value) {
        return value.matches("\\d{1,18}")
                ? Duration.ofSeconds(Long.parseLong(value) & 0xFFFF_FFFFL)
                : Duration.ZERO;
    }

    /** Returns a URI with the address that the request came from. */
    private static String rewritten(String uri, SipPeer peer) {
        String address =
                peer.address().getAddress().getHostAddress() + ":" + peer.address().getPort();
        return changed(uri, peer, address);
    }

    /** Returns a URI for an answer: devices behind a WebSocket see the name that they gave. */
    private static String shown(String uri, SipPeer peer) {
        return peer.transport().startsWith("WS") ? changed(uri, peer, "$2") : rewritten(uri, peer);
    }

    private static String changed(String uri, SipPeer peer, String address) {
        Matcher matcher = URI.matcher(uri);
        String rest = matcher.matches() ? matcher.group(3) : "";
        String others = rest.replaceAll("(?i);transport=[^;]*", "");
        String transport =
                switch (peer.transport()) {
                    case "UDP" -> "";
                    case "WSS" -> ";transport=ws";
                    default -> ";transport=" + peer.transport();
                };
        return matcher.replaceFirst("$1" + address + transport) + others;
    }

    private static SipMessage listing(
            SipMessage request, SipExtension extension, List<Device> devices, Instant now) {
        SipMessage answer = SipMessage.answer(200, "OK").with("Date", DATE.format(now));
        for (Device device : devices) {
            // One second less is left when it is written down: 59 of 60.
            Duration left = Duration.between(now, device.binding().until()).minusMillis(1);
            answer = answer.with("Contact", "<" + device.shown() + ">;expires=" + left.toSeconds());
        }
        Optional<String> expires = request.find("Expires");
        if (expires.isPresent()) {
            Duration granted = extension.granted(seconds(expires.get()));
            answer = answer.with("Expires", Long.toString(granted.toSeconds()));
        }
        if (extension.keepsPath()) {
            for (String path : request.all("Path")) {
                answer = answer.with("Path", path);
            }
        }
        return answer;
    }

    /** Returns the devices of an extension that are registered now, the first one first. */
    List<Device> devices(String extension, Instant now) {
        List<Device> known = devices.computeIfAbsent(extension, key -> new ArrayList<>());
        known.removeIf(device -> !device.binding().until().isAfter(now));
        return List.copyOf(known);
    }

    /** Returns how the devices of an extension are registered now, the first one first. */
    List<Binding> bindings(String extension, Instant now) {
        return devices(extension, now).stream().map(Device::binding).toList();
    }

    /** Forgets the devices behind a connection that has ended. */
    void gone(SipPeer peer) {
        devices.values().forEach(list -> list.removeIf(device -> isLostWith(peer, device.peer())));
    }

    private boolean isLostWith(SipPeer gone, SipPeer peer) {
        return peer == gone
                || (release.takesWebSocketsOfAnAddressForOne()
                        && gone.isWebSocket()
                        && peer.isWebSocket()
                        && peer.address().getAddress().equals(gone.address().getAddress()));
    }

    void clear() {
        devices.clear();
    }
}
