package io.github.pbxsdk.testing.ami;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A recorded session in which a call was originated, to be played again under other ids. */
final class RecordedOriginate {

    private final AmiMessage request;
    private final AmiMessage answer;
    private final List<AmiMessage> events;

    private RecordedOriginate(AmiMessage request, AmiMessage answer, List<AmiMessage> events) {
        this.request = request;
        this.answer = answer;
        this.events = events;
    }

    static RecordedOriginate read(Path file) {
        AmiMessage request = null;
        AmiMessage answer = AmiMessage.of();
        List<AmiMessage> events = new ArrayList<>();
        for (RecordedBlock block : RecordedBlock.in(file)) {
            if (block.fromClient()) {
                request =
                        block.message().get("Action").equals("Originate")
                                ? block.message()
                                : request;
            } else if (request != null && block.message().find("Event").isPresent()) {
                events.add(block.message());
            } else if (request != null && isAnswer(block.message(), request)) {
                answer = block.message();
            }
        }
        if (request == null) {
            throw new IllegalArgumentException("nothing is originated in " + file);
        }
        return new RecordedOriginate(request, answer, events);
    }

    private static boolean isAnswer(AmiMessage message, AmiMessage request) {
        return message.get("ActionID").equals(request.get("ActionID"));
    }

    /** Returns what the server sent by itself. */
    static List<AmiMessage> events(Path file) {
        return RecordedBlock.in(file).stream()
                .filter(block -> !block.fromClient())
                .map(RecordedBlock::message)
                .filter(message -> message.find("Event").isPresent())
                .toList();
    }

    /** Returns the recorded answer without its id. */
    AmiMessage answer() {
        return new AmiMessage(
                answer.lines().stream().filter(line -> !line.name().equals("ActionID")).toList());
    }

    /** Returns the events as they would be for an action with ids of its own. */
    List<AmiMessage> eventsFor(AmiMessage action) {
        Map<String, String> ids = new HashMap<>();
        for (String name : List.of("ActionID", "ChannelId", "OtherChannelId")) {
            request.find(name).ifPresent(id -> ids.put(id, action.get(name)));
        }
        if (request.find("ChannelId").isEmpty()) {
            ids.put(verdict().get("Uniqueid"), action.get("ChannelId"));
        }
        return events.stream().map(event -> renamed(event, ids)).toList();
    }

    private AmiMessage verdict() {
        return events.stream()
                .filter(event -> event.get("Event").equals("OriginateResponse"))
                .findFirst()
                .orElseThrow();
    }

    private static AmiMessage renamed(AmiMessage event, Map<String, String> ids) {
        return new AmiMessage(
                event.lines().stream()
                        .map(
                                line ->
                                        new AmiMessage.Line(
                                                line.name(),
                                                ids.getOrDefault(line.value(), line.value())))
                        .toList());
    }
}
