package io.github.pbxsdk.freepbx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.github.pbxsdk.core.Light;
import io.github.pbxsdk.freepbx.FreePbxHealth.Subject;
import io.github.pbxsdk.freepbx.FreePbxRejectedException.Kind;
import io.github.pbxsdk.testing.freepbx.FakeFreePbx;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A client without an API application, which has only what Asterisk itself knows. */
class TelephonyOnlyTest {

    /** An operation for which there is no road but the API. */
    @FunctionalInterface
    interface Asking {

        Object ask(FreePbxClient pbx);
    }

    private final FreePbxClient pbx = client(new Known());

    @AfterEach
    void close() {
        pbx.close();
    }

    private static FreePbxClient client(TelephonySource telephony) {
        return FreePbxClient.builder()
                .baseUri("https://pbx.example")
                .telephony(telephony)
                .transport(
                        request -> {
                            throw new AssertionError("nothing may be sent: " + request.url());
                        })
                .build();
    }

    @Test
    void extensionsComeFromAsterisk() {
        assertThat(pbx.extensions().list())
                .extracting(Extension::number, Extension::name, Extension::road)
                .containsExactly(
                        tuple("200", "Door", "ami"), tuple("1001", "Alice Example", "ami"));
        assertThat(pbx.extensions().get("1001").isHalfMade()).isFalse();
        assertThat(pbx.extensions().find("9999")).isEmpty();
        assertThat(refusal(() -> pbx.extensions().get("9999")).kind()).isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void queuesAndTrunksComeFromAsterisk() {
        assertThat(pbx.queues().find("500")).map(CallQueue::road).contains("ami");
        assertThat(pbx.trunks().list())
                .extracting(TelephonySource.Trunk::name)
                .containsExactly("carrier");
    }

    @Test
    void healthIsWhatAsteriskTells() {
        FreePbxHealth health = pbx.health();

        assertThat(health.light()).isEqualTo(Light.YELLOW);
        assertThat(health.words())
                .contains("API unknown: this client has no API application")
                .contains("1 trunks, all up")
                .contains("0 of 2 telephones are there");
    }

    @Test
    void healthIsRedWhenTheOnlyRoadIsGone() {
        try (FreePbxClient lost = client(new Gone())) {
            FreePbxHealth health = lost.health();

            assertThat(health.light()).isEqualTo(Light.RED);
            assertThat(health.findings())
                    .filteredOn(finding -> finding.light() == Light.RED)
                    .extracting(FreePbxHealth.Finding::subject)
                    .containsExactly(Subject.TRUNKS, Subject.TELEPHONES);
            assertThat(health.words()).contains("the manager is away");
        }
    }

    static Stream<Arguments> others() {
        return Stream.of(
                other("ring groups", client -> client.ringGroups().list()),
                other("inbound routes", client -> client.inboundRoutes().list()),
                other("prompts", client -> client.prompts().list()),
                other("menus", client -> client.ivrs().list()),
                other("call records", client -> client.callRecords().find("1.1")),
                other("SIP passwords", client -> client.extensions().sipCredentials("1001")),
                other("apply", FreePbxClient::applyConfig),
                other("recordings", client -> client.prompts().upload("a", "", "a", new byte[1])),
                other("REST", client -> client.rest().get("core/users")));
    }

    private static Arguments other(String name, Asking asking) {
        return Arguments.of(name, asking);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("others")
    void anythingElseSaysWhichRoadIsMissing(String name, Asking asking) {
        FreePbxRejectedException refusal = refusal(() -> asking.ask(pbx));

        assertThat(refusal.kind()).as(name).isEqualTo(Kind.ROAD_MISSING);
        assertThat(refusal.mayHaveBeenSent()).isFalse();
        assertThat(refusal.getMessage()).containsAnyOf("credentials(...)", "gui(...)");
    }

    @Test
    void aMissingScopeIsFilledIn() {
        try (FakeFreePbx fake = new FakeFreePbx();
                FreePbxClient both = TestClients.builder(fake).telephony(new Known()).build()) {
            fake.addExtension("3000", "Of the API");
            assertThat(both.extensions().list())
                    .extracting(Extension::number)
                    .containsExactly("3000");

            fake.hide("fetchAllExtensions");

            assertThat(both.extensions().list())
                    .extracting(Extension::road)
                    .containsExactly("ami", "ami");
        }
    }

    @Test
    void withNeitherThereIsNoClient() {
        assertThatThrownBy(() -> FreePbxClient.builder().baseUri("https://pbx.example").build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("credentials(...)")
                .hasMessageContaining("telephony(...)");
    }

    @Test
    void trunksNeedARoad() {
        try (FakeFreePbx fake = new FakeFreePbx();
                FreePbxClient without = TestClients.client(fake)) {
            assertThat(refusal(() -> without.trunks().list()))
                    .hasMessageContainingAll("telephony(...)", "AMI_HOST", "AMI_SECRET");
        }
    }

    private static FreePbxRejectedException refusal(Runnable call) {
        return catchThrowableOfType(FreePbxRejectedException.class, call::run);
    }

    private static class Known implements TelephonySource {

        @Override
        public String road() {
            return "ami";
        }

        @Override
        public List<Phone> phones() {
            return List.of(new Phone("1001", "Alice Example", false), new Phone("200", "", false));
        }

        @Override
        public Map<String, String> names() {
            return Map.of("200", "Door");
        }

        @Override
        public List<Trunk> trunks() {
            return List.of(new Trunk("carrier", true, true));
        }

        @Override
        public List<LiveQueue> queues() {
            return List.of(new LiveQueue("500", 2, 0));
        }
    }

    private static final class Gone extends Known {

        @Override
        public List<Phone> phones() {
            throw new IllegalStateException("the manager is away");
        }

        @Override
        public List<Trunk> trunks() {
            throw new IllegalStateException("the manager is away");
        }
    }
}
