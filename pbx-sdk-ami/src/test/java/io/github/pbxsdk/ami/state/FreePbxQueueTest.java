package io.github.pbxsdk.ami.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.pbxsdk.testing.ami.AmiMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A queue as a real FreePBX 16 told it. */
class FreePbxQueueTest {

    private static final Path LISTING = Path.of("..", "recorded", "freepbx16", "ami-listing.txt");

    private static List<AmiMessage> recorded(String... events) throws IOException {
        return Stream.of(Files.readString(LISTING).split("\n\n", -1))
                .filter(block -> Stream.of(events).anyMatch(one -> isEvent(block, one)))
                .map(FreePbxQueueTest::message)
                .toList();
    }

    private static boolean isEvent(String block, String event) {
        return block.startsWith("Event: " + event + "\n");
    }

    /** Without the id of the action, which the fake gives. */
    private static AmiMessage message(String block) {
        return AmiMessage.of(
                block.lines()
                        .filter(line -> !line.startsWith("ActionID:"))
                        .flatMap(line -> Stream.of(line.split(": ?", 2)))
                        .toArray(String[]::new));
    }

    @Test
    void itsMembersAreExtensions() throws IOException {
        try (StateLab lab = new StateLab()) {
            lab.items("QueueStatus").addAll(recorded("QueueParams", "QueueMember"));
            try (AmiState state = AmiState.follow(lab.client)) {
                LiveQueue queue = state.queue("700");

                assertThat(queue.members())
                        .extracting(
                                QueueMember::extension,
                                QueueMember::memberInterface,
                                QueueMember::name,
                                QueueMember::state)
                        .containsExactlyInAnyOrder(
                                tuple(
                                        "1002",
                                        "Local/1002@from-queue/n",
                                        "Bob",
                                        AgentState.AVAILABLE),
                                tuple(
                                        "2000",
                                        "Local/2000@from-queue/n",
                                        "2000  Range",
                                        AgentState.UNAVAILABLE));
                assertThat(queue.waiting()).isZero();
            }
        }
    }
}
