package io.github.pbxsdk.ami;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.ami.event.AmiEvent;
import io.github.pbxsdk.ami.event.OtherEvent;
import io.github.pbxsdk.core.event.GapEvent;
import io.github.pbxsdk.testing.ami.AmiMessage;
import io.github.pbxsdk.testing.ami.FakeAmi;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two hundred thousand events in the mix of real calls, with some that nobody knows. */
@Timeout(120)
class AmiFloodTest {

    private static final int EVENTS = 200_000;
    private static final int UNKNOWN_EVERY = 100;

    private static List<AmiMessage> mixed() {
        List<AmiMessage> mixed = new ArrayList<>();
        List<AmiFields> recorded =
                RecordedEvents.all()
                        .map(AmiEvent::fields)
                        .filter(fields -> !fields.has("ActionID"))
                        .collect(Collectors.toList());
        for (int i = 0; i < recorded.size(); i++) {
            List<String> words = new ArrayList<>();
            for (AmiFields.Field field : recorded.get(i)) {
                boolean renamed = i % UNKNOWN_EVERY == 0 && field.name().equals("Event");
                words.add(field.name());
                words.add(renamed ? "VendorSpecific" : field.value());
            }
            mixed.add(AmiMessage.of(words.toArray(String[]::new)));
        }
        return mixed;
    }

    @Test
    void everyOneIsCountedKnownOrNot() throws Exception {
        List<AmiMessage> mixed = mixed();
        Map<String, Integer> sent = new TreeMap<>();
        Map<String, Integer> received = new TreeMap<>();
        CountDownLatch last = new CountDownLatch(1);
        List<GapEvent> gaps = new ArrayList<>();
        try (FakeAmi server = FakeAmi.asterisk22();
                AmiClient client = TestClients.connect(server)) {
            client.events().subscribe(GapEvent.class, gaps::add);
            client.events()
                    .subscribe(
                            AmiEvent.class,
                            event -> {
                                if (event.name().equals("Last")) {
                                    last.countDown();
                                } else {
                                    received.merge(event.name(), 1, Integer::sum);
                                }
                            });
            for (int i = 0; i < EVENTS; i++) {
                AmiMessage event = mixed.get(i % mixed.size());
                sent.merge(event.get("Event"), 1, Integer::sum);
                server.emit(event);
            }
            server.emit("Event", "Last");
            assertThat(last.await(90, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(received).isEqualTo(sent).containsKey("VendorSpecific");
        assertThat(gaps).isEmpty();
        assertThat(AmiEvent.of(AmiFields.of("Event", "VendorSpecific")))
                .isInstanceOf(OtherEvent.class);
    }
}
