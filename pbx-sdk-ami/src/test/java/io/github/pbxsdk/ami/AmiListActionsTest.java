package io.github.pbxsdk.ami;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.ami.event.AmiEvent;
import io.github.pbxsdk.testing.EventProbe;
import io.github.pbxsdk.testing.ami.AmiMessage;
import io.github.pbxsdk.testing.ami.FakeAmi;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each action that is answered with a list, with the names of its items and of its end. */
class AmiListActionsTest {

    private final FakeAmi server = FakeAmi.asterisk22();

    @AfterEach
    void stop() {
        server.close();
    }

    static Stream<SurfaceData.Item> lists() {
        return SurfaceData.actions().filter(action -> action.has("list"));
    }

    private static String end(SurfaceData.Item action) {
        return action.item("list").text("complete");
    }

    @Test
    void thereAreFortyFiveAndFiveThatOnly16Has() {
        assertThat(lists()).hasSize(45 + 5);
    }

    @ParameterizedTest
    @MethodSource("lists")
    void itsItemsAreCollectedAndAnEventOfTheSameNameStaysOne(SurfaceData.Item action) {
        List<String> names = action.item("list").texts("items");
        List<AmiMessage> answer = new ArrayList<>();
        answer.add(AmiMessage.of("Response", "Success", "EventList", "start"));
        names.forEach(name -> answer.add(AmiMessage.of("Event", name)));
        answer.add(AmiMessage.of("Event", end(action), "EventList", "Complete"));
        server.answer(action.name(), answer.toArray(AmiMessage[]::new));
        try (AmiClient client = TestClients.connect(server)) {
            EventProbe<AmiEvent> events = EventProbe.on(client.events(), AmiEvent.class);

            AmiResponse list = client.send(AmiAction.raw(action.name()));
            server.emit("Event", names.get(0), "Privilege", "call,all");

            assertThat(names).isNotEmpty();
            assertThat(list.items()).extracting(AmiEvent::name).containsExactlyElementsOf(names);
            assertThat(list.completion()).map(AmiEvent::name).contains(end(action));
            assertThat(events.next().name()).isEqualTo(names.get(0));
        }
    }

    @ParameterizedTest
    @MethodSource("lists")
    void itEndsAlsoWithoutTheWordComplete(SurfaceData.Item action) {
        server.answer(
                action.name(),
                AmiMessage.of("Response", "Success", "EventList", "start"),
                AmiMessage.of("Event", end(action)));
        try (AmiClient client = TestClients.connect(server)) {
            List<AmiEvent> pushed = new ArrayList<>();

            AmiResponse list = client.list(AmiAction.raw(action.name()), pushed::add);

            assertThat(pushed).isEmpty();
            assertThat(list.completion()).isPresent();
        }
    }
}
