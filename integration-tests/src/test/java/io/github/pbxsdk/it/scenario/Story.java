package io.github.pbxsdk.it.scenario;

import io.github.pbxsdk.ami.AmiClient;
import io.github.pbxsdk.ami.event.AmiEvent;
import io.github.pbxsdk.ari.AriClient;
import io.github.pbxsdk.ari.event.AriEvent;
import io.github.pbxsdk.testing.FakePbx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * What clients were told while something happened, in strands: one for each channel, dial, device
 * and so on, by the part that it plays.
 *
 * <p>Within a strand the order is the server's. Between strands it promises none: its parts tell of
 * one call side by side, and the order changes from one run to the next.
 */
final class Story implements AutoCloseable {

    private static final String MARK = "ScenarioEnd";
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final AmiClient ami;
    private final AriClient ari;
    private final Wording wording;
    private final List<AmiEvent> amiEvents = new CopyOnWriteArrayList<>();
    private final List<AriEvent> ariEvents = new CopyOnWriteArrayList<>();
    private Map<String, List<String>> listed = Map.of();

    /**
     * Begins to listen.
     *
     * @param parts who plays which part, by extension or queue
     */
    Story(AmiClient ami, AriClient ari, Map<String, String> parts) {
        this.ami = ami;
        this.ari = ari;
        this.wording = new Wording(parts);
        ami.events().subscribe(AmiEvent.class, amiEvents::add);
        ari.events().subscribe(AriEvent.class, ariEvents::add);
        ami.connect();
        ari.connect();
    }

    /** Forgets what was told so far, such as of telephones that registered. */
    void clear() {
        amiEvents.clear();
        ariEvents.clear();
    }

    /** Waits until all that a fake has told so far has come, by a mark after it. */
    void awaitMarks(FakePbx fake) {
        fake.ami().emit("Event", "UserEvent", "UserEvent", MARK);
        fake.ari()
                .emitToEach(
                        application ->
                                ("{\"type\":\"" + MARK + "\",\"application\":\"")
                                        + (application + "\"}"));
        await(
                "the mark",
                told ->
                        amiEvents.stream()
                                        .anyMatch(
                                                event ->
                                                        event.fields()
                                                                .text("UserEvent")
                                                                .equals(MARK))
                                && ariEvents.stream().anyMatch(event -> event.type().equals(MARK)));
    }

    /** Waits until a strand has a line. */
    void await(String strand, String line) {
        await(
                strand + " with " + line,
                told -> told.getOrDefault(strand, List.of()).contains(line));
    }

    /** Waits until a strand ends with a line. */
    void awaitEnd(String strand, String line) {
        await(
                strand + " ending with " + line,
                told -> {
                    List<String> lines = told.getOrDefault(strand, List.of());
                    return !lines.isEmpty() && lines.get(lines.size() - 1).equals(line);
                });
    }

    /** Waits until it holds of all that was told. */
    void await(String what, Predicate<Map<String, List<String>>> condition) {
        try {
            Awaitility.await(what)
                    .atMost(LIMIT)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> condition.test(strands()));
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(what + " did not come; there came " + strands(), e);
        }
    }

    /** Returns the strands with their lines, by name. */
    Map<String, List<String>> strands() {
        Map<String, List<String>> strands = new TreeMap<>();
        amiEvents.forEach(event -> wording.tell(event, strands));
        ariEvents.forEach(event -> wording.tell(event, strands));
        return strands;
    }

    /** Asks what is listed at this moment. */
    void look() {
        listed = Lists.ask(ami, ari, wording);
    }

    /** Returns what was listed when it was asked. */
    Map<String, List<String>> listed() {
        return listed;
    }

    @Override
    public void close() {
        ari.close();
        ami.close();
    }
}
