package io.github.pbxsdk.pbx;

import io.github.pbxsdk.ami.AmiAction;
import io.github.pbxsdk.ami.AmiClient;
import io.github.pbxsdk.ami.AmiRejectedException;
import io.github.pbxsdk.ami.action.DbGetTreeAction;
import io.github.pbxsdk.ami.action.PjsipShowEndpointAction;
import io.github.pbxsdk.ami.action.PjsipShowEndpointsAction;
import io.github.pbxsdk.ami.action.PjsipShowRegistrationsOutboundAction;
import io.github.pbxsdk.ami.action.QueueSummaryAction;
import io.github.pbxsdk.ami.event.AmiEvent;
import io.github.pbxsdk.ami.event.DbGetTreeResponseEvent;
import io.github.pbxsdk.ami.event.DeviceState;
import io.github.pbxsdk.ami.event.EndpointDetailEvent;
import io.github.pbxsdk.ami.event.EndpointListEvent;
import io.github.pbxsdk.ami.event.OutboundRegistrationDetailEvent;
import io.github.pbxsdk.ami.event.RegistrationStatus;
import io.github.pbxsdk.freepbx.TelephonySource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What an Asterisk tells over AMI about its PJSIP telephones and trunks, and its queues.
 *
 * <p>An endpoint whose name is a number is a telephone, as FreePBX names them; all others are
 * trunks.
 */
final class AmiTelephony implements TelephonySource {

    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private static final Pattern NAME = Pattern.compile("/AMPUSER/([^/]+)/cidname");

    /** Asterisk has this one in its example configuration, and FreePBX keeps it. */
    private static final String EXAMPLE_QUEUE = "default";

    private final Supplier<AmiClient> ami;

    AmiTelephony(Supplier<AmiClient> ami) {
        this.ami = ami;
    }

    @Override
    public String road() {
        return "ami";
    }

    @Override
    public List<Phone> phones() {
        return endpoints().stream()
                .filter(one -> NUMBER.matcher(one.objectName()).matches())
                .map(one -> new Phone(one.objectName(), "", isOnline(one)))
                .toList();
    }

    /** PJSIP knows no names; FreePBX keeps them in the database of its Asterisk. */
    @Override
    public Map<String, String> names() {
        Map<String, String> names = new HashMap<>();
        try {
            DbGetTreeAction users = DbGetTreeAction.builder().family("AMPUSER").build();
            for (DbGetTreeResponseEvent entry : ask(users)) {
                Matcher name = NAME.matcher(entry.key());
                if (name.matches()) {
                    names.put(name.group(1), entry.value());
                }
            }
        } catch (AmiRejectedException e) {
            // Not every release has this action, nor every user the right: numbers do then.
            return Map.of();
        }
        return names;
    }

    @Override
    public List<Trunk> trunks() {
        Map<String, RegistrationStatus> registrations = registrations();
        return endpoints().stream()
                .filter(one -> !NUMBER.matcher(one.objectName()).matches())
                .map(one -> trunk(one, registrations))
                .toList();
    }

    private static Trunk trunk(
            EndpointListEvent endpoint, Map<String, RegistrationStatus> registrations) {
        RegistrationStatus status =
                registrations.getOrDefault(endpoint.objectName(), RegistrationStatus.REGISTERED);
        return new Trunk(
                endpoint.objectName(), status == RegistrationStatus.REGISTERED, isOnline(endpoint));
    }

    /** Returns them by the name of the endpoint, or their own where they name none. */
    private Map<String, RegistrationStatus> registrations() {
        return ask(PjsipShowRegistrationsOutboundAction.create()).stream()
                .filter(OutboundRegistrationDetailEvent.class::isInstance)
                .map(OutboundRegistrationDetailEvent.class::cast)
                .collect(
                        Collectors.toMap(
                                AmiTelephony::endpointOf,
                                OutboundRegistrationDetailEvent::status,
                                (first, second) -> first));
    }

    private static String endpointOf(OutboundRegistrationDetailEvent registration) {
        return registration.endpoint().isEmpty()
                ? registration.objectName()
                : registration.endpoint();
    }

    @Override
    public List<LiveQueue> queues() {
        return ask(QueueSummaryAction.create()).stream()
                .filter(one -> !one.queue().equals(EXAMPLE_QUEUE))
                .map(one -> new LiveQueue(one.queue(), count(one.loggedIn()), count(one.callers())))
                .toList();
    }

    private static int count(OptionalInt told) {
        return told.orElse(0);
    }

    @Override
    public Optional<String> messageContext(String extension) {
        return ask(PjsipShowEndpointAction.of(extension)).stream()
                .filter(EndpointDetailEvent.class::isInstance)
                .map(EndpointDetailEvent.class::cast)
                .findFirst()
                .map(one -> one.fields().find("MessageContext").orElse(""));
    }

    private List<EndpointListEvent> endpoints() {
        return ask(PjsipShowEndpointsAction.create());
    }

    private static boolean isOnline(EndpointListEvent endpoint) {
        DeviceState state = endpoint.deviceState();
        return state != DeviceState.UNAVAILABLE && state != DeviceState.INVALID;
    }

    /** An empty list is refused, by some servers and for some lists, with the words "not found". */
    private <E extends AmiEvent> List<E> ask(AmiAction<List<E>> action) {
        try {
            return ami.get().send(action);
        } catch (AmiRejectedException e) {
            if (e.kind() == AmiRejectedException.Kind.NOT_FOUND) {
                return List.of();
            }
            throw e;
        }
    }
}
