package io.github.pbxsdk.ami.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.ami.event.RegistrationStatus;
import io.github.pbxsdk.core.ConnectionState;
import io.github.pbxsdk.core.Light;
import io.github.pbxsdk.core.event.ConnectionEvent;
import io.github.pbxsdk.testing.EventProbe;
import io.github.pbxsdk.testing.ami.AmiMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExtensionLightTest {

    private final StateLab lab = new StateLab();

    @AfterEach
    void close() {
        lab.close();
    }

    private void endpoint(String name, String state) {
        lab.items("PJSIPShowEndpoints")
                .add(
                        AmiMessage.of(
                                "Event",
                                "EndpointList",
                                "ObjectName",
                                name,
                                "Aor",
                                name,
                                "DeviceState",
                                state));
    }

    private void contact(String name, String status) {
        lab.items("PJSIPShowContacts")
                .add(
                        AmiMessage.of(
                                "Event",
                                "ContactList",
                                "ObjectName",
                                name + ";@1",
                                "Endpoint",
                                name,
                                "Uri",
                                "sip:" + name + "@192.0.2.1",
                                "Status",
                                status));
    }

    private void hint(String number, String hint) {
        lab.items("ExtensionStateList")
                .add(
                        AmiMessage.of(
                                "Event",
                                "ExtensionStatus",
                                "Exten",
                                number,
                                "Context",
                                "ext-local",
                                "Hint",
                                hint,
                                "Status",
                                "0"));
    }

    private void contactStatus(String name, String status) {
        lab.emit(
                "Event",
                "ContactStatus",
                "Privilege",
                "system,all",
                "URI",
                "sip:" + name + "@192.0.2.1",
                "ContactStatus",
                status,
                "AOR",
                name,
                "EndpointName",
                name);
        lab.settle();
    }

    @ParameterizedTest
    @CsvSource({
        "Not in use, Reachable, GREEN",
        "In use, NonQualified, GREEN",
        "Not in use, Unreachable, RED",
        "Unavailable, Reachable, YELLOW",
        "Not in use, Unknown, YELLOW",
        "Unavailable, , RED"
    })
    void theColourIsThatOfTheTelephone(String device, String contact, Light light) {
        endpoint("200", device);
        if (contact != null) {
            contact("200", contact);
        }
        try (AmiState state = AmiState.follow(lab.client)) {
            assertThat(state.light("200").light()).as(state.light("200").reason()).isEqualTo(light);
        }
    }

    @Test
    void anExtensionIsAsGoodAsItsBestTelephone() {
        endpoint("200", "Unavailable");
        endpoint("99200", "Not in use");
        contact("99200", "Reachable");
        hint("200", "PJSIP/200&PJSIP/99200&Custom:DND200,CustomPresence:200");
        try (AmiState state = AmiState.follow(lab.client)) {
            EventProbe<LightChangedEvent> lights =
                    EventProbe.on(state.events(), LightChangedEvent.class);
            assertThat(state.light("200").light()).isEqualTo(Light.GREEN);

            contactStatus("99200", "Unreachable");

            assertThat(lights.next(one -> one.now().extension().equals("200")).now().light())
                    .isEqualTo(Light.RED);
            contactStatus("99200", "Reachable");
            assertThat(lights.next(one -> one.now().extension().equals("200")).now().light())
                    .isEqualTo(Light.GREEN);
        }
    }

    @Test
    void withoutAConnectionNothingIsGreen() {
        endpoint("200", "Not in use");
        contact("200", "Reachable");
        try (AmiState state = AmiState.follow(lab.client)) {
            EventProbe<LightChangedEvent> lights =
                    EventProbe.on(state.events(), LightChangedEvent.class);
            EventProbe<ConnectionEvent> connection =
                    EventProbe.on(state.events(), ConnectionEvent.class);
            lab.server.cut();
            connection.next(change -> change.state() == ConnectionState.RECONNECTING);
            assertThat(lights.next().now().light()).isEqualTo(Light.YELLOW);
            assertThat(state.light("200").light()).isEqualTo(Light.YELLOW);

            lab.awaitConnected();
            assertThat(lights.next().now().light()).isEqualTo(Light.GREEN);
            lab.client.close();
            assertThat(state.light("200").light()).isEqualTo(Light.RED);
        }
    }

    @Test
    void anExtensionThatThePbxDoesNotKnowIsRed() {
        try (AmiState state = AmiState.follow(lab.client)) {
            assertThat(state.light("999").light()).isEqualTo(Light.RED);
            assertThat(state.light("999").reason()).contains("no telephone for 999");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PJSIPShowEndpoints, write=system",
        "PJSIPShowContacts, write=system",
        "ExtensionStateList, write=call or write=reporting"
    })
    void withoutAListOfTelephonesNothingIsRed(String refused, String needed) {
        endpoint("200", "Unavailable");
        lab.server.answer(
                refused, AmiMessage.of("Response", "Error", "Message", "Permission denied"));
        try (AmiState state = AmiState.follow(lab.client)) {
            assertThat(state.light("200").light()).isEqualTo(Light.YELLOW);
            assertThat(state.light("200").reason()).contains(needed);
            assertThat(state.light("999").light()).isEqualTo(Light.YELLOW);
            assertThat(state.light("999").reason()).contains(needed);
        }
    }

    @Test
    void aTelephoneThatTellsOfItselfIsGreenWithoutAListOfContacts() {
        endpoint("200", "Not in use");
        lab.server.answer(
                "PJSIPShowContacts",
                AmiMessage.of("Response", "Error", "Message", "Permission denied"));
        try (AmiState state = AmiState.follow(lab.client)) {
            contactStatus("200", "Reachable");
            assertThat(state.light("200").light()).isEqualTo(Light.GREEN);

            contactStatus("200", "Unreachable");
            assertThat(state.light("200").light()).isEqualTo(Light.YELLOW);
        }
    }

    @Test
    void doNotDisturbIsADeviceOfTheHint() {
        hint("200", "PJSIP/200&Custom:DND200,CustomPresence:200");
        try (AmiState state = AmiState.follow(lab.client)) {
            EventProbe<ExtensionChangedEvent> changes =
                    EventProbe.on(state.events(), ExtensionChangedEvent.class);
            lab.emit(
                    "Event",
                    "DeviceStateChange",
                    "Privilege",
                    "call,all",
                    "Device",
                    "Custom:DND200",
                    "State",
                    "BUSY");
            assertThat(changes.next().extension().isDoNotDisturb()).isTrue();
            lab.emit(
                    "Event",
                    "PresenceStateChange",
                    "Privilege",
                    "call,all",
                    "Presentity",
                    "CustomPresence:200",
                    "Status",
                    "away",
                    "Message",
                    "back at two");
            assertThat(changes.next().extension().presenceMessage()).isEqualTo("back at two");
            assertThat(state.findExtension("200").orElseThrow().presence()).isEqualTo("away");
        }
    }

    @Test
    void aTrunkIsFoundByItsTwoAddresses() {
        lab.items("PJSIPShowRegistrationsOutbound")
                .add(
                        AmiMessage.of(
                                "Event",
                                "OutboundRegistrationDetail",
                                "ObjectName",
                                "carrier",
                                "ServerUri",
                                "sip:carrier.example.com",
                                "ClientUri",
                                "sip:me@carrier.example.com",
                                "Status",
                                "Registered"));
        try (AmiState state = AmiState.follow(lab.client)) {
            EventProbe<RegistrationChangedEvent> changes =
                    EventProbe.on(state.events(), RegistrationChangedEvent.class);
            assertThat(state.registrations().get(0).status())
                    .isEqualTo(RegistrationStatus.REGISTERED);
            lab.emit(
                    "Event",
                    "Registry",
                    "Privilege",
                    "system,all",
                    "ChannelType",
                    "PJSIP",
                    "Username",
                    "sip:me@carrier.example.com",
                    "Domain",
                    "sip:carrier.example.com",
                    "Status",
                    "Rejected");

            assertThat(changes.next().registration().name()).isEqualTo("carrier");
            assertThat(state.registrations().get(0).status())
                    .isEqualTo(RegistrationStatus.REJECTED);
        }
    }
}
