package io.github.pbxsdk.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.ami.AmiClient;
import io.github.pbxsdk.ari.AriClient;
import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.it.lab.Asterisk;
import io.github.pbxsdk.it.lab.OnAsterisk;
import io.github.pbxsdk.testing.CallScenario;
import io.github.pbxsdk.testing.FakePbx;
import io.github.pbxsdk.testing.PlayedCall;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The same scenarios on the fakes and on the real servers: what clients are told has to be the
 * same, but for the differences in {@code differences.txt}, each of which has to be there.
 */
@OnAsterisk
@Timeout(120)
class ScenarioIT {

    private final Asterisk asterisk;

    ScenarioIT(Asterisk asterisk) {
        this.asterisk = asterisk;
    }

    @ParameterizedTest
    @EnumSource
    void isToldByTheFakesAsByTheServer(Scenario scenario) {
        assertThat(Differences.between(told(scenario), real(scenario)))
                .as("%s on Asterisk %d", scenario, asterisk.major())
                .containsExactlyInAnyOrderElementsOf(Differences.known(asterisk.major(), scenario));
    }

    @ParameterizedTest
    @EnumSource(names = {"ANSWERED", "QUEUE"})
    void isListedByTheFakesAsByTheServerWhileItLasts(Scenario scenario) {
        Map<String, List<String>> listed = listed(scenario);

        assertThat(listed).containsKeys("Status Status caller", "ari channel callee");
        assertThat(Differences.between(listedByTheFakes(scenario), listed))
                .as("%s on Asterisk %d", scenario, asterisk.major())
                .isEmpty();
    }

    private Map<String, List<String>> listed(Scenario scenario) {
        try (Story story =
                story(scenario, asterisk.ami(), asterisk.ari(), asterisk.amiCredentials())) {
            happen(scenario, asterisk.sip(), story);
            return story.listed();
        }
    }

    /** Closing the fake ends the call that it plays. */
    private Map<String, List<String>> listedByTheFakes(Scenario scenario) {
        CallScenario call = scenario.played().orElseThrow().inRealTime();
        CompletableFuture<PlayedCall> played;
        Map<String, List<String>> listed;
        try (FakePbx fake = fake();
                Story story = story(scenario, fake)) {
            played = CompletableFuture.supplyAsync(() -> fake.play(call));
            scenario.awaitMiddle(story);
            story.look();
            listed = story.listed();
        }
        assertThat(played).failsWithin(Duration.ofSeconds(10));
        return listed;
    }

    private FakePbx fake() {
        return asterisk.major() == 16 ? FakePbx.asterisk16() : FakePbx.asterisk22();
    }

    private static Story story(Scenario scenario, FakePbx fake) {
        return story(
                scenario,
                fake.ami().address(),
                fake.ari().uri(),
                Credentials.of("lab", "lab-secret"));
    }

    private Map<String, List<String>> told(Scenario scenario) {
        try (FakePbx fake = fake();
                Story story = story(scenario, fake)) {
            return scenario.played().isPresent()
                    ? play(scenario.played().get(), fake, story)
                    : happen(scenario, fake.sip().udp(), story);
        }
    }

    private static Map<String, List<String>> play(CallScenario call, FakePbx fake, Story story) {
        fake.play(call);
        story.awaitMarks(fake);
        return story.strands();
    }

    private static Map<String, List<String>> happen(
            Scenario scenario, InetSocketAddress sip, Story story) {
        try (House house = new House(sip, story, scenario.extensions())) {
            scenario.happen(house);
            return story.strands();
        }
    }

    private Map<String, List<String>> real(Scenario scenario) {
        try (Story story =
                story(scenario, asterisk.ami(), asterisk.ari(), asterisk.amiCredentials())) {
            return happen(scenario, asterisk.sip(), story);
        }
    }

    private static Story story(
            Scenario scenario, InetSocketAddress server, URI ari, Credentials credentials) {
        return new Story(
                AmiClient.builder()
                        .host(server.getHostString())
                        .port(server.getPort())
                        .credentials(credentials)
                        .build(),
                AriClient.builder()
                        .baseUri(ari)
                        .credentials(credentials)
                        .application("scenario-" + AriClient.newId())
                        .subscribeAll()
                        .build(),
                scenario.parts());
    }
}
