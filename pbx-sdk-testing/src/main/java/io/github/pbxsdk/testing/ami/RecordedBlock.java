package io.github.pbxsdk.testing.ami;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One message of a recorded session, in which the client's lines begin with {@code >}. */
record RecordedBlock(boolean fromClient, AmiMessage message) {

    static List<RecordedBlock> in(Path file) {
        List<RecordedBlock> blocks = new ArrayList<>();
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

    private static void add(List<RecordedBlock> blocks, boolean fromClient, StringBuilder text) {
        AmiMessage message = AmiMessage.parse(text.toString());
        if (!message.lines().isEmpty()) {
            blocks.add(new RecordedBlock(fromClient, message));
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
}
