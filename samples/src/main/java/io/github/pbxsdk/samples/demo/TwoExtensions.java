package io.github.pbxsdk.samples.demo;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.sip.Registration;
import io.github.pbxsdk.sip.SipClient;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Two extensions register over SIP, and one writes to the other. */
final class TwoExtensions implements Scene {

    @Override
    public String title() {
        return "Two extensions register and exchange a text over SIP";
    }

    @Override
    public void play(Stage stage) throws Exception {
        Credentials colleague = stage.backstage.colleague().orElse(null);
        if (colleague == null) {
            stage.say("Left out: name a second extension with --colleague 1002:PASSWORD.");
            return;
        }
        CompletableFuture<TextMessage> arrived = new CompletableFuture<>();
        // shown:
        SipClient sip = stage.pbx.sip();
        sip.onMessage(arrived::complete);
        Registration door = stage.pbx.register();
        Registration desk = sip.register(colleague.user(), colleague);
        stage.pbx
                .texts()
                .send(
                        TextMessage.to(Address.extension(colleague.user()))
                                .from(Address.extension(door.extension()))
                                .text("Somebody is at door 4")
                                .build());
        // until here
        String reader = colleague.user();
        stage.say(door.extension() + " is " + door.light() + ", " + reader + " is " + desk.light());
        stage.say(reader + " reads: " + arrived.get(10, TimeUnit.SECONDS).text());
    }
}
