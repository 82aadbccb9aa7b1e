package io.github.pbxsdk.ami.state;

import io.github.pbxsdk.ami.event.AmiEvent;
import io.github.pbxsdk.ami.event.ContactListEvent;
import io.github.pbxsdk.ami.event.ContactState;
import io.github.pbxsdk.ami.event.ContactStatusEvent;
import io.github.pbxsdk.ami.event.DeviceState;
import io.github.pbxsdk.ami.event.DeviceStateChangeEvent;
import io.github.pbxsdk.ami.event.EndpointListEvent;
import io.github.pbxsdk.ami.event.OutboundRegistrationDetailEvent;
import io.github.pbxsdk.ami.event.RegistryEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The endpoints with what has registered for them, and the trunks. Not thread-safe. */
final class DeviceTable {

    static final String PREFIX = "PJSIP/";
    private static final int MOST_CONTACTS = 100;

    private final Map<String, LiveEndpoint> endpoints = new LinkedHashMap<>();
    private final Map<String, TrunkRegistration> registrations = new LinkedHashMap<>();
    private final Map<String, String> endpointOfAor = new HashMap<>();
    private final Set<String> touched = new LinkedHashSet<>();
    private final Set<String> touchedTrunks = new LinkedHashSet<>();
    private final Handlers handlers =
            new Handlers()
                    .on(DeviceStateChangeEvent.class, this::changed)
                    .on(ContactStatusEvent.class, this::contact)
                    .on(RegistryEvent.class, this::registry);

    void apply(AmiEvent event) {
        handlers.handle(event);
    }

    private void changed(DeviceStateChangeEvent event) {
        if (event.device().startsWith(PREFIX)) {
            LiveEndpoint before = endpoints.get(event.device().substring(PREFIX.length()));
            if (before != null) {
                put(before.name(), event.state(), before.contacts());
            }
        }
    }

    private void put(String name, DeviceState state, List<LiveContact> contacts) {
        LiveEndpoint now = new Values.Endpoint(name, state, List.copyOf(contacts));
        if (!now.equals(endpoints.put(name, now))) {
            touched.add(name);
        }
    }

    private void contact(ContactStatusEvent event) {
        LiveEndpoint before = endpoints.get(owner(event.endpointName(), event.aor()));
        if (before == null) {
            return;
        }
        List<LiveContact> contacts = new ArrayList<>(before.contacts());
        String userAgent =
                contacts.stream()
                        .filter(contact -> contact.uri().equals(event.uri()))
                        .map(LiveContact::userAgent)
                        .findFirst()
                        .orElse("");
        contacts.removeIf(contact -> contact.uri().equals(event.uri()));
        if (event.status() != ContactState.REMOVED && contacts.size() < MOST_CONTACTS) {
            contacts.add(new Values.Contact(event.uri(), event.status(), userAgent));
        }
        put(before.name(), before.state(), contacts);
    }

    private String owner(String endpoint, String aor) {
        return endpoints.containsKey(endpoint) ? endpoint : endpointOfAor.getOrDefault(aor, aor);
    }

    /** The event names a registration by its two addresses. */
    private void registry(RegistryEvent event) {
        registrations.replaceAll((name, one) -> isAbout(event, one) ? now(event, one) : one);
    }

    private static boolean isAbout(RegistryEvent event, TrunkRegistration one) {
        return one.clientUri().equals(event.username()) && one.serverUri().equals(event.domain());
    }

    private TrunkRegistration now(RegistryEvent event, TrunkRegistration one) {
        touchedTrunks.add(one.name());
        return new Values.Registration(
                one.name(), one.serverUri(), one.clientUri(), event.status());
    }

    /** Takes over the endpoints; without a list of contacts those that are known stay. */
    void replace(List<EndpointListEvent> items, Optional<List<ContactListEvent>> contacts) {
        Map<String, LiveEndpoint> before = new HashMap<>(endpoints);
        endpoints.clear();
        endpointOfAor.clear();
        for (EndpointListEvent item : items) {
            for (String aor : item.aor().split(",", -1)) {
                endpointOfAor.put(aor.strip(), item.objectName());
            }
        }
        Map<String, List<LiveContact>> byEndpoint = new HashMap<>();
        contacts.orElse(List.of()).forEach(item -> addTo(byEndpoint, item));
        for (EndpointListEvent item : items) {
            LiveEndpoint old = before.get(item.objectName());
            List<LiveContact> known = old == null ? List.of() : old.contacts();
            List<LiveContact> now =
                    contacts.isPresent()
                            ? byEndpoint.getOrDefault(item.objectName(), List.of())
                            : known;
            LiveEndpoint endpoint =
                    new Values.Endpoint(item.objectName(), item.deviceState(), List.copyOf(now));
            endpoints.put(endpoint.name(), endpoint);
            if (!endpoint.equals(old)) {
                touched.add(endpoint.name());
            }
        }
    }

    private void addTo(Map<String, List<LiveContact>> byEndpoint, ContactListEvent item) {
        // Where the server doesn't name the endpoint: address of record, separator, hash.
        String aor = item.objectName().split("[;@]", 2)[0];
        String owner = owner(item.endpoint(), aor);
        byEndpoint
                .computeIfAbsent(owner, name -> new ArrayList<>())
                .add(new Values.Contact(item.uri(), item.status(), item.userAgent()));
    }

    void replaceRegistrations(List<AmiEvent> items) {
        Map<String, TrunkRegistration> before = new HashMap<>(registrations);
        registrations.clear();
        for (AmiEvent item : items) {
            if (item instanceof OutboundRegistrationDetailEvent detail) {
                TrunkRegistration now =
                        new Values.Registration(
                                detail.objectName(),
                                detail.serverUri(),
                                detail.clientUri(),
                                detail.status());
                registrations.put(now.name(), now);
                if (!now.equals(before.get(now.name()))) {
                    touchedTrunks.add(now.name());
                }
            }
        }
    }

    /** Tells what has changed; returns the names of the endpoints concerned. */
    Set<String> tell(Consumer<StateEvent> out) {
        Set<String> changed = Set.copyOf(touched);
        for (String name : touched) {
            LiveEndpoint endpoint = endpoints.get(name);
            if (endpoint != null) {
                out.accept(new EndpointChangedEvent(endpoint));
            }
        }
        for (String name : touchedTrunks) {
            TrunkRegistration registration = registrations.get(name);
            if (registration != null) {
                out.accept(new RegistrationChangedEvent(registration));
            }
        }
        touched.clear();
        touchedTrunks.clear();
        return changed;
    }

    List<LiveEndpoint> endpoints() {
        return List.copyOf(endpoints.values());
    }

    Optional<LiveEndpoint> find(String name) {
        return Optional.ofNullable(endpoints.get(name));
    }

    List<TrunkRegistration> registrations() {
        return List.copyOf(registrations.values());
    }
}
