package io.github.pbxsdk.ami.state;

import static org.assertj.core.api.Assertions.assertThat;

import com.squareup.moshi.JsonReader;
import io.github.pbxsdk.testing.ami.AmiMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okio.Okio;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the state makes of calls between real telephones, against what really happened. */
class AmiStateReplayTest {

    private static final Path RECORDED = Path.of("..", "recorded");

    private static final Map<Path, Replay> REPLAYED = new ConcurrentHashMap<>();

    private static Replay replay(Path file) {
        return REPLAYED.computeIfAbsent(file, Replay::of);
    }

    static Stream<Path> calls() throws IOException {
        return recorded("asterisk/calls");
    }

    static Stream<Path> freePbxCalls() throws IOException {
        return recorded("freepbx16/calls");
    }

    static Stream<Path> sessions() throws IOException {
        return recorded("");
    }

    private static Stream<Path> recorded(String folder) throws IOException {
        try (Stream<Path> files = Files.walk(RECORDED.resolve(folder))) {
            return files
                    .filter(file -> file.getFileName().toString().endsWith("ami.txt"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    /** What the state told and had in a replay. */
    private static final class Replay {

        final Map<String, LiveCall> ended = new HashMap<>();
        final Set<String> channels = new HashSet<>();
        final Set<String> recorded = new HashSet<>();
        final Set<String> parked = new HashSet<>();
        final List<LiveQueue> queues = new ArrayList<>();
        final Set<String> liveAtTheEnd = new HashSet<>();
        final Map<String, String> callOfId = new HashMap<>();
        List<LiveQueue> queuesAtTheEnd = List.of();
        List<Object> left = List.of();
        long rounds;

        static Replay of(Path file) {
            try (StateLab lab = new StateLab()) {
                lab.queue("500", 0);
                lab.queue("501", 0);
                for (String member : List.of("102", "103")) {
                    member(lab, "500", "PJSIP/" + member);
                    member(lab, "501", "Local/" + member + "@from-queue/n");
                }
                return new Replay().play(file, lab);
            }
        }

        private static void member(StateLab lab, String queue, String memberInterface) {
            lab.items("QueueStatus")
                    .add(
                            AmiMessage.of(
                                    "Event",
                                    "QueueMember",
                                    "Queue",
                                    queue,
                                    "Name",
                                    memberInterface,
                                    "Location",
                                    memberInterface,
                                    "StateInterface",
                                    memberInterface,
                                    "Status",
                                    "1",
                                    "Paused",
                                    "0"));
        }

        private Replay play(Path file, StateLab lab) {
            AmiState state = AmiState.follow(lab.client);
            state.events().subscribe(CallAppearedEvent.class, event -> note(event.call()));
            state.events().subscribe(CallChangedEvent.class, event -> note(event.call()));
            state.events()
                    .subscribe(
                            CallEndedEvent.class,
                            event -> ended.put(event.call().id(), event.call()));
            state.events().subscribe(QueueChangedEvent.class, event -> queues.add(event.queue()));
            lab.server.emitRecorded(file);
            lab.settle();

            for (LiveCall call : state.calls()) {
                call.channels().forEach(channel -> liveAtTheEnd.add(channel.uniqueId()));
                callOfId.put(call.id(), call.id());
                call.aliases().forEach(id -> callOfId.put(id, state.call(id).id()));
            }
            lab.time.advance(StateKeeper.LINGER);
            queuesAtTheEnd = state.queues();
            left = new ArrayList<>(state.calls());
            left.addAll(state.parkedCalls());
            left.addAll(state.recordings());
            // The bridge of a parking lot stays for the next one.
            state.bridges().stream()
                    .filter(bridge -> !bridge.isHolding() || !bridge.channelIds().isEmpty())
                    .forEach(left::add);
            if (state.size() > 0) {
                left.add(state.size());
            }
            rounds = lab.rounds();
            Drain.of(state, lab);
            return this;
        }

        private void note(LiveCall call) {
            call.channels().forEach(channel -> channels.add(channel.uniqueId()));
            call.recordings().forEach(recording -> recorded.add(recording.channelId()));
            call.parked().forEach(one -> parked.add(one.channelId()));
        }
    }

    @ParameterizedTest
    @MethodSource("sessions")
    void nothingIsLeftWhenAllChannelsHaveGone(Path file) throws IOException {
        Replay replay = replay(file);
        Set<String> stillThere = leftByTheServer(file);

        assertThat(replay.liveAtTheEnd).isEqualTo(stillThere);
        if (stillThere.isEmpty()) {
            assertThat(replay.left).isEmpty();
        }
    }

    /** Channels that began and did not end within the recording. */
    private static Set<String> leftByTheServer(Path file) throws IOException {
        Set<String> live = new TreeSet<>();
        for (String block : Files.readString(file).split("\n\n", -1)) {
            Map<String, String> lines =
                    block.lines()
                            .filter(line -> line.contains(": "))
                            .collect(
                                    Collectors.toMap(
                                            line -> line.substring(0, line.indexOf(':')),
                                            line -> line.substring(line.indexOf(':') + 2),
                                            (first, second) -> first));
            String id = lines.getOrDefault("Uniqueid", "");
            if (lines.getOrDefault("Channel", "").startsWith("Message/")) {
                continue;
            }
            if ("Newchannel".equals(lines.get("Event"))) {
                live.add(id);
            } else if ("Hangup".equals(lines.get("Event"))) {
                live.remove(id);
            }
        }
        return live;
    }

    @ParameterizedTest
    @MethodSource("calls")
    void theCallsAreThoseThatTookPlace(Path file) {
        Map<?, ?> story = story(file);
        Replay replay = replay(file);
        Set<String> calls = texts(story.get("linkedids"));
        Set<String> channels = new HashSet<>();
        ids(story, "legs").forEach(channels::add);
        ids(story, "other_channels").forEach(channels::add);
        if (file.toString().contains("18-sip")) {
            // Texts run through a channel that is no call.
            calls = Set.of();
            channels = Set.of();
        }
        assertThat(replay.ended.keySet()).isEqualTo(calls);
        assertThat(replay.channels).isEqualTo(channels);
        assertThat(replay.rounds).as("no event contradicts the state").isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("calls")
    void twoTalkedWhereTwoTelephonesAnswered(Path file) {
        Map<?, ?> story = story(file);
        Replay replay = replay(file);
        long answered = legs(story).filter(leg -> leg.get("answer") != null).count();
        boolean talked =
                replay.ended.values().stream().anyMatch(call -> call.talkingSince().isPresent());
        assertThat(talked).isEqualTo(answered >= 2);
    }

    @ParameterizedTest
    @MethodSource("calls")
    void aChannelThatChangedItsCallTookTheFormerIdAlong(Path file) {
        Map<?, ?> story = story(file);
        Replay replay = replay(file);
        legs(story)
                .forEach(
                        leg -> {
                            String before = String.valueOf(leg.get("linkedid_at_start"));
                            String after = String.valueOf(leg.get("linkedid_at_end"));
                            String call = replay.callOfId.get(before);
                            assertThat(call).isEqualTo(after);
                        });
    }

    @ParameterizedTest
    @MethodSource("calls")
    void recordingsRunOnTheirChannelAndNowhereElse(Path file) {
        String name = file.getParent().getFileName().toString();
        Replay replay = replay(file);
        if (name.startsWith("08")) {
            assertThat(replay.recorded).hasSize(1);
        } else {
            assertThat(replay.recorded).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("calls")
    void queuesAndParkingShowWhatHappened(Path file) {
        Map<?, ?> story = story(file);
        Replay replay = replay(file);
        assertThat(replay.parked.size()).isEqualTo(story.containsKey("parking") ? 1 : 0);
        List<QueueFigures> figures = replay.queuesAtTheEnd.stream().map(LiveQueue::today).toList();
        int calls = story.containsKey("queue") ? 1 : 0;
        assertThat(figures.stream().mapToInt(QueueFigures::offered).sum()).isEqualTo(calls);
        assertThat(figures.stream().mapToInt(QueueFigures::answered).sum()).isEqualTo(calls);
        assertThat(figures.stream().mapToInt(QueueFigures::abandoned).sum()).isZero();
        assertThat(replay.queues.stream().anyMatch(queue -> queue.waiting() == 1))
                .isEqualTo(calls == 1);
    }

    @ParameterizedTest
    @MethodSource("freePbxCalls")
    void theCallsOfFreePbxAreThoseThatTookPlace(Path file) {
        Map<?, ?> story = story(file);
        Replay replay = replay(file);
        assertThat(replay.ended.keySet()).isEqualTo(texts(story.get("linkedids")));
        assertThat(replay.channels).isEqualTo(ids(story, "channels").collect(Collectors.toSet()));
        assertThat(replay.rounds).as("no event contradicts the state").isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("freePbxCalls")
    void theRecordingsOfFreePbxRunOnTheChannelThatNamesTheFile(Path file) {
        Set<String> named =
                ((List<?>) story(file).get("recordings"))
                        .stream()
                                .map(one -> String.valueOf(((Map<?, ?>) one).get("name")))
                                .map(name -> name.substring(name.lastIndexOf('-') + 1))
                                .map(name -> name.substring(0, name.lastIndexOf('.')))
                                .collect(Collectors.toSet());
        assertThat(replay(file).recorded).isEqualTo(named);
    }

    private static Map<?, ?> story(Path file) {
        try (JsonReader reader =
                JsonReader.of(Okio.buffer(Okio.source(file.resolveSibling("story.json"))))) {
            return (Map<?, ?>) reader.readJsonValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Map<?, ?>> legs(Map<?, ?> story) {
        return ((List<?>) story.get("legs")).stream().map(leg -> (Map<?, ?>) leg);
    }

    private static Stream<String> ids(Map<?, ?> story, String key) {
        List<?> all = story.get(key) instanceof List<?> list ? list : List.of();
        return all.stream().map(one -> String.valueOf(((Map<?, ?>) one).get("uniqueid")));
    }

    private static Set<String> texts(Object list) {
        return ((List<?>) list).stream().map(String::valueOf).collect(Collectors.toSet());
    }
}
