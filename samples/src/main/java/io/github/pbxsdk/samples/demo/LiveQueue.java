package io.github.pbxsdk.samples.demo;

import io.github.pbxsdk.ami.state.AmiState;
import io.github.pbxsdk.ami.state.CallAppearedEvent;
import io.github.pbxsdk.ami.state.CallChangedEvent;
import io.github.pbxsdk.ami.state.CallEndedEvent;
import io.github.pbxsdk.ami.state.LiveCall;
import io.github.pbxsdk.ami.state.LiveChannel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A caller waits in a queue and is answered. */
final class LiveQueue implements Scene {

    private String last = "";

    @Override
    public String title() {
        return "A call comes into a queue, live over AMI";
    }

    @Override
    public void play(Stage stage) throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        // shown:
        AmiState state = AmiState.follow(stage.pbx.ami());
        state.events().subscribe(CallAppearedEvent.class, event -> show(stage, event.call()));
        state.events().subscribe(CallChangedEvent.class, event -> show(stage, event.call()));
        state.events().subscribe(CallEndedEvent.class, event -> ended.countDown());
        // until here
        stage.backstage.callQueue(stage).ifPresent(stage::say);
        if (!ended.await(20, TimeUnit.SECONDS)) {
            stage.say("no call has ended meanwhile");
        }
        state.close();
    }

    private void show(Stage stage, LiveCall call) {
        String parties =
                call.parties().stream()
                        .map(LiveChannel::endpoint)
                        .collect(Collectors.joining(" - "));
        String queue = call.queue().map(name -> "  queue " + name).orElse("");
        String line = (call.phase() + "  " + parties + queue).strip();
        if (!line.equals(last)) {
            stage.say(line);
            last = line;
        }
    }
}
