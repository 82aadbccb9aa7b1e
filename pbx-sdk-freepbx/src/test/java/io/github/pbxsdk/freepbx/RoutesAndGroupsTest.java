package io.github.pbxsdk.freepbx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.freepbx.Destination.Greeting;
import io.github.pbxsdk.freepbx.FreePbxRejectedException.Kind;
import io.github.pbxsdk.testing.freepbx.FakeFreePbx;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class RoutesAndGroupsTest {

    private final FakeFreePbx fake = new FakeFreePbx();
    private final FreePbxClient pbx = TestClients.client(fake);

    @BeforeEach
    void fill() {
        fake.addExtension("1001", "Alice Example");
        fake.addExtension("1002", "Bob");
    }

    @AfterEach
    void close() {
        pbx.close();
        fake.close();
    }

    @Test
    void createsUpdatesAndDeletesARoute() {
        InboundRoute made =
                pbx.inboundRoutes()
                        .create(
                                InboundRouteSettings.of(
                                                "15550001234", Destination.extension("1001"))
                                        .description("Main number")
                                        .build());
        assertThat(made.did()).isEqualTo("15550001234");
        assertThat(made.destinationText()).contains("Extensions: 1001 Alice Example");

        InboundRoute changed =
                pbx.inboundRoutes()
                        .update(
                                InboundRouteSettings.of(
                                                "15550001234", Destination.extension("1002"))
                                        .description("Main number")
                                        .build());
        assertThat(changed.destinationText()).contains("Extensions: 1002 Bob");
        assertThat(pbx.inboundRoutes().list()).hasSize(1);

        pbx.inboundRoutes().delete("15550001234");
        assertThat(pbx.inboundRoutes().find("15550001234")).isEmpty();
        assertThat(refusal(() -> pbx.inboundRoutes().delete("15550001234")).kind())
                .isEqualTo(Kind.NOT_FOUND);
        assertThat(refusal(() -> pbx.inboundRoutes().get("15550001234")).kind())
                .isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void tellsRoutesForOneCallerApart() {
        pbx.inboundRoutes()
                .create(InboundRouteSettings.of("1555", Destination.extension("1001")).build());
        pbx.inboundRoutes()
                .create(
                        InboundRouteSettings.of("1555", Destination.extension("1002"))
                                .callerNumber("1777")
                                .build());

        assertThat(pbx.inboundRoutes().find("1555", "1777").orElseThrow().callerNumber())
                .isEqualTo("1777");
        assertThat(pbx.inboundRoutes().find("1555").orElseThrow().callerNumber()).isEmpty();
        pbx.inboundRoutes().delete("1555", "1777");
        assertThat(pbx.inboundRoutes().list()).hasSize(1);
    }

    @Test
    void refusesADestinationThatIsNotThere() {
        assertThat(
                        refusal(
                                () ->
                                        pbx.inboundRoutes()
                                                .create(
                                                        InboundRouteSettings.of(
                                                                        "1555",
                                                                        Destination.ringGroup(
                                                                                "600"))
                                                                .build())))
                .hasMessageContaining("destination does not exists");
        assertThat(pbx.inboundRoutes().list()).isEmpty();
    }

    static Stream<List<Object>> destinations() {
        return Stream.of(
                List.of(Destination.extension("1001"), "from-did-direct,1001,1"),
                List.of(Destination.voicemail("1001"), "ext-local,vmu1001,1"),
                List.of(Destination.voicemail("1001", Greeting.BUSY), "ext-local,vmb1001,1"),
                List.of(Destination.voicemail("1001", Greeting.NONE), "ext-local,vms1001,1"),
                List.of(Destination.ringGroup("600"), "ext-group,600,1"),
                List.of(Destination.ivr(2), "ivr-2,s,1"),
                List.of(Destination.queue("500"), "ext-queues,500,1"),
                List.of(Destination.announcement(3), "app-announcement-3,s,1"),
                List.of(Destination.timeCondition(4), "timeconditions,4,1"),
                List.of(Destination.hangup(), "app-blackhole,hangup,1"));
    }

    @ParameterizedTest
    @MethodSource("destinations")
    void writesDestinationsAsThePbxDoes(List<Object> pair) {
        assertThat(pair.get(0).toString()).isEqualTo(pair.get(1));
    }

    @Test
    void refusesDestinationsThatLeadElsewhere() {
        assertThatThrownBy(() -> Destination.extension("1001,1\nx"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Destination("nowhere"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OTHER")
    void writesAndReadsEveryStrategy(RingStrategy strategy) {
        RingGroup made =
                pbx.ringGroups()
                        .create(
                                RingGroupSettings.of("600")
                                        .members(List.of("1001", "15550007777#"))
                                        .strategy(strategy)
                                        .build());

        assertThat(made.strategy()).isEqualTo(strategy);
        assertThat(pbx.ringGroups().list())
                .extracting(RingGroup::strategy)
                .containsExactly(strategy);
        assertThat(made.members()).containsExactly("1001", "15550007777#");
    }

    @Test
    void refusesAStrategyThatCanOnlyBeRead() {
        assertThatThrownBy(() -> RingGroupSettings.of("600").strategy(RingStrategy.OTHER))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(RingStrategy.read("somethingnew")).isEqualTo(RingStrategy.OTHER);
    }

    @Test
    void changesOnlyWhatIsNamed() {
        pbx.ringGroups()
                .create(
                        RingGroupSettings.of("600")
                                .description("Reception")
                                .members(List.of("1001"))
                                .ringTime(Duration.ofSeconds(30))
                                .build());

        RingGroup changed =
                pbx.ringGroups()
                        .update(
                                RingGroupSettings.of("600")
                                        .members(List.of("1001", "1002"))
                                        .build());

        assertThat(changed.description()).isEqualTo("Reception");
        assertThat(changed.ringTime()).isEqualTo(Duration.ofSeconds(30));
        assertThat(changed.members()).containsExactly("1001", "1002");
    }

    @Test
    void aFailureAfterTheChangeSaysThatItWasMade() {
        fake.hide("fetchRingGroup");

        assertThatThrownBy(
                        () ->
                                pbx.ringGroups()
                                        .create(
                                                RingGroupSettings.of("600")
                                                        .members(List.of("1001"))
                                                        .build()))
                .isInstanceOfSatisfying(
                        PbxException.class,
                        failure -> assertThat(failure.mayHaveBeenSent()).isTrue())
                .hasMessageContaining("has changed something");
        assertThat(pbx.ringGroups().list()).hasSize(1);
    }

    @Test
    void deletesOnlyWhatIsThere() {
        pbx.ringGroups().create(RingGroupSettings.of("600").members(List.of("1001")).build());

        pbx.ringGroups().delete("600");

        assertThat(pbx.ringGroups().find("600")).isEmpty();
        assertThat(refusal(() -> pbx.ringGroups().delete("600")).kind()).isEqualTo(Kind.NOT_FOUND);
    }

    private static FreePbxRejectedException refusal(Runnable call) {
        return catchThrowableOfType(FreePbxRejectedException.class, call::run);
    }
}
