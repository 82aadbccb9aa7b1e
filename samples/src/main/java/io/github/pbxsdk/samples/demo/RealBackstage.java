package io.github.pbxsdk.samples.demo;

import io.github.pbxsdk.ami.AmiAction;
import io.github.pbxsdk.ami.AmiClient;
import io.github.pbxsdk.ami.AmiResponse;
import io.github.pbxsdk.ami.event.HangupEvent;
import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.event.Subscription;
import io.github.pbxsdk.samples.runner.SampleContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real PBX, which is only looked at, but for numbers that are named for calls: those of the lab,
 * as {@code ./demo --lab} does.
 */
final class RealBackstage implements Backstage {

    private static final String CONTEXT = "@from-internal/n";

    private final SampleContext sample;

    RealBackstage(SampleContext sample) {
        this.sample = sample;
    }

    @Override
    public String introduction() {
        return "This is the PBX of your settings, and a real one; the carrier of texts is a fake.";
    }

    @Override
    public Map<String, String> settings() {
        return sample.settings();
    }

    @Override
    public Optional<Credentials> colleague() {
        return sample.findOption("colleague")
                .map(text -> text.split(":", 2))
                .filter(parts -> parts.length == 2)
                .map(parts -> Credentials.of(parts[0], parts[1]));
    }

    @Override
    public boolean mayBeChanged() {
        return false;
    }

    /** A number that answers after a while takes the place of an agent for one call. */
    @Override
    public Optional<String> callQueue(Stage stage) {
        Optional<String> queue = sample.findOption("queue");
        Optional<String> agent = sample.findOption("agent");
        if (queue.isEmpty() || agent.isEmpty()) {
            return Optional.of("Call somebody now: this is what is told within 20 seconds.");
        }
        AmiClient ami = stage.pbx.ami();
        String member = "Local/" + agent.get() + CONTEXT;
        ami.send(AmiAction.raw("QueueAdd", "Queue", queue.get(), "Interface", member));
        stage.atTheEnd(
                () ->
                        ami.send(
                                AmiAction.raw(
                                        "QueueRemove", "Queue", queue.get(), "Interface", member)));
        ami.send(
                AmiAction.raw(
                        "Originate",
                        "Channel",
                        "Local/" + sample.option("caller") + CONTEXT,
                        "Context",
                        "from-internal",
                        "Exten",
                        queue.get(),
                        "Priority",
                        "1",
                        "Async",
                        "true"));
        return Optional.empty();
    }

    @Override
    public Optional<String> recordCalls(Stage stage) throws InterruptedException {
        Optional<String> number = sample.findOption("recorded");
        if (number.isEmpty()) {
            return Optional.of("These are the newest that are there.");
        }
        AmiClient ami = stage.pbx.ami();
        List<String> calls = Stream.generate(() -> "demo-" + UUID.randomUUID()).limit(3).toList();
        CountDownLatch ended = new CountDownLatch(calls.size());
        Subscription hangups =
                ami.events()
                        .subscribe(
                                HangupEvent.class,
                                event -> {
                                    if (calls.contains(event.channel().uniqueId())) {
                                        ended.countDown();
                                    }
                                });
        calls.forEach(id -> ami.send(recorded(number.get(), id)));
        if (!ended.await(20, TimeUnit.SECONDS)) {
            stage.say("not all calls have ended");
        }
        hangups.close();
        return Optional.empty();
    }

    private static AmiAction<AmiResponse> recorded(String number, String id) {
        return AmiAction.raw(
                "Originate",
                "Channel",
                "Local/" + number + CONTEXT,
                "ChannelId",
                id,
                "OtherChannelId",
                id + "-2",
                "Application",
                "Playback",
                "Data",
                "beep&beep&beep",
                "Async",
                "true");
    }

    @Override
    public void close() {
        // There is nothing of this program on it any more.
    }
}
