package io.github.pbxsdk.testing.ami;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
        for (Block block : blocks(file)) {
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
        return blocks(file).stream()
                .filter(block -> !block.fromClient())
                .map(Block::message)
                .filter(message -> message.find("Event").isPresent())
                .toList();
    }

    private static List<Block> blocks(Path file) {
        List<Block> blocks = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        boolean fromClient = false;
        for (String line : lines(file)) {
            boolean clientLine = line.startsWith(">");
            if (line.isEmpty()
                    || line.equals("> ")
                    || line.equals(">")
                    || clientLine != fromClient) {
                add(blocks, fromClient, text);
                fromClient = clientLine;
            }
            text.append(clientLine ? line.replaceFirst("^> ?", "") : line).append('\n');
        }
        add(blocks, fromClient, text);
        return blocks;
    }

    private static void add(List<Block> blocks, boolean fromClient, StringBuilder text) {
        AmiMessage message = AmiMessage.parse(text.toString());
        if (!message.lines().isEmpty()) {
            blocks.add(new Block(fromClient, message));
        }
        text.setLength(0);
    }

    private static List<String> lines(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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

    private record Block(boolean fromClient, AmiMessage message) {}
}
