package io.github.pbxsdk.testing.ami;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.pbxsdk.testing.CallScenario;
import io.github.pbxsdk.testing.FakePbx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a {@link FakePbx} tells of calls that are originated, line by line as real servers did. */
class OriginatedCallsTest {

    private static final Path CALLS = Path.of("..", "recorded", "asterisk", "calls");

    private static FakePbx start(String release) {
        return release.startsWith("16") ? FakePbx.asterisk16() : FakePbx.asterisk22();
    }

    private static RawClient logIn(FakePbx fake) throws IOException {
        RawClient client = new RawClient(fake.ami());
        client.readLine();
        client.send(AmiMessage.of("Action", "Login", "Username", "lab", "Secret", "lab-secret"));
        assertThat(client.receive().get("Response")).isEqualTo("Success");
        assertThat(client.receive().get("Event")).isEqualTo("FullyBooted");
        return client;
    }

    /** Returns what the server told of a recorded call; that server had a second queue. */
    private static List<AmiMessage> recorded(String release, String call) {
        return RecordedBlock.in(CALLS.resolve(release).resolve(call).resolve("ami.txt")).stream()
                .filter(block -> !block.fromClient())
                .map(RecordedBlock::message)
                .dropWhile(message -> !message.get("Message").startsWith("Originate"))
                .skip(1)
                .filter(message -> message.find("Event").isPresent())
                .filter(message -> !message.get("Queue").equals("501"))
                .toList();
    }

    private static AmiMessage originate(String channel, String... more) {
        List<AmiMessage.Line> lines = new ArrayList<>();
        lines.addAll(AmiMessage.of("Action", "Originate", "ActionID", "click-1").lines());
        lines.addAll(AmiMessage.of("Channel", channel, "Async", "true").lines());
        lines.addAll(AmiMessage.of(more).lines());
        return new AmiMessage(lines);
    }

    private static AmiMessage originateAsRecorded(String id) {
        return originate(
                "PJSIP/1002",
                "Context",
                "from-internal",
                "Exten",
                "1003",
                "CallerID",
                "\"Click to call\" <103>",
                "ChannelId",
                id);
    }

    private static List<AmiMessage> receive(RawClient client, int count) throws IOException {
        List<AmiMessage> messages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            messages.add(client.receive());
        }
        return messages;
    }

    /** Everything but ids, times, and the people of the fake. */
    private static List<String> comparable(List<AmiMessage> messages) {
        return messages.stream()
                .map(message -> message.text("\n"))
                .map(text -> text.replaceAll("(?<![\\w.])100([123])(?![\\w.])", "10$1"))
                .map(text -> text.replace("Laboratory", "Bob").replace("Night desk", "Carol"))
                .map(text -> text.replaceAll("(?<![\\d.])\\d{10}\\.\\d+", "*"))
                .map(text -> text.replaceAll("(?<=-)0000[\\da-f]{4}\\b", "*"))
                .map(text -> text.replaceAll("\\b[\\da-f]{8}(?:-[\\da-f]{4}){3}-[\\da-f]{12}", "*"))
                .map(text -> text.replaceAll("((?:Time|Duration|Seconds): )\\d[\\d: -]*", "$1*"))
                .toList();
    }

    private static AmiMessage success(String words) {
        return AmiMessage.of("Response", "Success", "ActionID", "click-1", "Message", words);
    }

    @ParameterizedTest
    @CsvSource({
        "16.28.0, busy, 14i-originate-pjsip-agent-busy, c2c-i",
        "22.10.1, busy, 14i-originate-pjsip-agent-busy, c2c-i",
        "16.28.0, not answered, 14f-originate-pjsip-agent-no-answer, c2c-f",
        "22.10.1, not answered, 14f-originate-pjsip-agent-no-answer, c2c-f"
    })
    void aCallThatComesToNothingIsToldAsRecorded(String release, String how, String call, String id)
            throws IOException {
        try (FakePbx fake = start(release);
                RawClient client = logIn(fake)) {
            fake.onOriginate(CallScenario.of("call to 1002, " + how));
            client.send(originateAsRecorded(id));

            assertThat(client.receive()).isEqualTo(success("Originate successfully queued"));
            List<AmiMessage> recorded = recorded(release, call);
            assertThat(comparable(receive(client, recorded.size())))
                    .isEqualTo(comparable(recorded));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"16.28.0", "22.10.1"})
    void anAnsweredCallIsToldAsRecordedUpToTheTalkAndItsEndWhenItIsHungUp(String release)
            throws IOException {
        Predicate<AmiMessage> isEnd =
                message ->
                        message.get("Event").equals("HangupRequest")
                                || message.get("Variable").startsWith("RTPAUDIOQOS");
        List<AmiMessage> recorded = recorded(release, "14a-originate-pjsip-both-answer");
        List<AmiMessage> talk = recorded.stream().takeWhile(isEnd.negate()).toList();
        List<AmiMessage> end =
                recorded.stream()
                        .skip(talk.size())
                        .filter(message -> !message.get("Event").equals("HangupRequest"))
                        .toList();
        try (FakePbx fake = start(release);
                RawClient client = logIn(fake)) {
            client.send(originateAsRecorded("c2c-a"));

            assertThat(client.receive()).isEqualTo(success("Originate successfully queued"));
            List<AmiMessage> told = receive(client, talk.size());
            assertThat(comparable(told)).isEqualTo(comparable(talk));
            client.send(
                    AmiMessage.of("Action", "Hangup", "ActionID", "click-1")
                            .with("Channel", told.get(0).get("Channel")));
            assertThat(client.receive()).isEqualTo(success("Channel Hungup"));
            assertThat(comparable(receive(client, end.size()))).isEqualTo(comparable(end));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"16.28.0", "22.10.1"})
    void whoHearsAnApplicationIsAlone(String release) throws IOException {
        try (FakePbx fake = start(release);
                RawClient client = logIn(fake)) {
            client.send(
                    originate(
                            "PJSIP/1002",
                            "Application",
                            "Playback",
                            "Data",
                            "price-$1\\\"&tt-weasels",
                            "CallerID",
                            "\"Alarm $0\" <5550100>",
                            "ChannelId",
                            "1795219852.17"));
            client.receive();
            List<AmiMessage> told =
                    until(client, message -> message.get("Application").equals("Playback"));
            String channel = told.get(0).get("Channel");
            client.send(AmiMessage.of("Action", "Hangup", "Channel", channel));
            told.addAll(until(client, message -> message.get("EventName").startsWith("LINKED")));

            assertThat(told.stream().map(message -> message.text("\n")))
                    .noneMatch(text -> text.contains("1003") || text.contains("Carol"))
                    .noneMatch(text -> text.contains("Bridge") || text.contains("CALLER"))
                    .noneMatch(text -> text.contains("APPL") || text.contains("Exten: h"));
            assertThat(named(told, "Newchannel").get("Uniqueid")).isEqualTo("1795219852.17");
            AmiMessage heard = named(told, "Newexten", "Application", "Playback");
            assertThat(heard.get("AppData")).isEqualTo("price-$1\\\"&tt-weasels");
            assertThat(heard.get("CallerIDNum")).isEqualTo("5550100");
            assertThat(heard.get("CallerIDName")).isEqualTo("Alarm $0");
            assertThat(heard.get("Exten")).isEqualTo("s");
            AmiMessage verdict = named(told, "OriginateResponse");
            assertThat(verdict.get("Application")).isEqualTo("Playback");
            assertThat(verdict.find("Exten")).isEmpty();
            AmiMessage record = named(told, "Cdr");
            assertThat(record.get("LastApplication")).isEqualTo("Playback");
            assertThat(record.get("DestinationChannel")).isEmpty();
            assertThat(record.get("Duration")).isEqualTo("2");
            assertThat(record.get("BillableSeconds")).isEqualTo("0");
            assertThat(named(told, "Hangup").get("Cause")).isEqualTo("16");
        }
    }

    /** Reads up to a message, included. */
    private static List<AmiMessage> until(RawClient client, Predicate<AmiMessage> last)
            throws IOException {
        List<AmiMessage> messages = new ArrayList<>();
        do {
            messages.add(client.receive());
        } while (!last.test(messages.get(messages.size() - 1)));
        return messages;
    }

    private static AmiMessage named(List<AmiMessage> told, String event) {
        return named(told, event, "Event", event);
    }

    private static AmiMessage named(
            List<AmiMessage> told, String event, String name, String value) {
        return told.stream()
                .filter(message -> message.get("Event").equals(event))
                .filter(message -> message.get(name).equals(value))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PJSIP/1002 | 1009 | Extension does not exist.",
                "nothing | 1003 | Invalid channel",
                "Local/1002@from-internal | 1003 | A fake has no dialplan behind Local/1002@from-internal"
            })
    void whatCanNotBeCalledIsRefusedAndNothingIsTold(String channel, String exten, String words)
            throws IOException {
        try (FakePbx fake = FakePbx.asterisk22();
                RawClient client = logIn(fake)) {
            client.send(originate(channel, "Context", "from-internal", "Exten", exten));
            client.send(AmiMessage.of("Action", "Ping"));

            assertThat(client.receive().get("Message")).isEqualTo(words);
            assertThat(client.receive().get("Ping")).isEqualTo("Pong");
        }
    }

    @Test
    void whatIsNoExtensionFailsWithoutAChannel() throws IOException {
        try (FakePbx fake = FakePbx.asterisk22();
                RawClient client = logIn(fake)) {
            client.send(originate("PJSIP/5550101@carrier", "Exten", "1003", "ChannelId", "c-1"));
            client.receive();

            AmiMessage verdict = client.receive();
            assertThat(verdict.get("Event")).isEqualTo("OriginateResponse");
            assertThat(verdict.get("Channel")).isEqualTo("PJSIP/5550101@carrier");
            assertThat(verdict.get("Response") + verdict.get("Reason")).isEqualTo("Failure0");
            assertThat(verdict.get("Uniqueid")).isEqualTo("c-1");
        }
    }

    @Test
    void whoRingsLongerThanTheCallerWaitsDoesNotAnswer() throws IOException {
        try (FakePbx fake = FakePbx.asterisk22();
                RawClient client = logIn(fake)) {
            fake.onOriginate(CallScenario.of("call to 1002, answered after 20 s"));
            client.send(originate("PJSIP/1002", "Exten", "1003", "Timeout", "10000"));

            List<AmiMessage> told =
                    until(client, message -> message.get("Event").equals("OriginateResponse"));
            assertThat(told.get(told.size() - 1).get("Reason")).isEqualTo("3");
        }
    }

    @Test
    void keysArePressedOnChannelsThatThereAreAndNobodyElseCanBeHungUp() throws IOException {
        try (FakePbx fake = FakePbx.asterisk22();
                RawClient client = logIn(fake)) {
            fake.ami()
                    .emit(
                            "Event", "Newchannel",
                            "Privilege", "call,all",
                            "Channel", "PJSIP/1001-00000001",
                            "Uniqueid", "1.1");
            client.receive();

            assertThat(words(client, "PlayDTMF", "PJSIP/1001-00000001", "Digit", "5"))
                    .isEqualTo("DTMF successfully queued");
            assertThat(words(client, "PlayDTMF", "PJSIP/1001-00000001"))
                    .isEqualTo("No digit specified");
            assertThat(words(client, "PlayDTMF", "PJSIP/1001-00000002", "Digit", "5"))
                    .isEqualTo("Channel not found");
            assertThat(words(client, "Hangup", "PJSIP/1001-00000002")).isEqualTo("No such channel");
            assertThat(words(client, "Hangup", "PJSIP/1001-00000001"))
                    .isEqualTo("A call that is played goes on as it was recorded");
        }
    }

    private static String words(RawClient client, String action, String channel, String... more)
            throws IOException {
        client.send(
                new AmiMessage(
                        Stream.concat(
                                        AmiMessage.of("Action", action, "Channel", channel)
                                                .lines()
                                                .stream(),
                                        AmiMessage.of(more).lines().stream())
                                .toList()));
        return client.receive().get("Message");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "call to 1002, recorded",
                "call to 1002, caller gives up",
                "call to 1002, transferred to 1003",
                "call to queue 500"
            })
    void whatMoreAScenarioSaysIsRefused(String script) {
        try (FakePbx fake = FakePbx.asterisk22()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> fake.onOriginate(CallScenario.of(script)))
                    .withMessageContaining("is originated");
        }
    }
}
