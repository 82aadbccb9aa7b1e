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
        CompletableFuture<TextMessage> arrived = new CompletableFuture<>();
        // shown:
        SipClient sip = stage.pbx.sip();
        sip.onMessage(arrived::complete);
        Registration door = stage.pbx.register();
        Registration desk = sip.register("1002", Credentials.of("1002", "secret-1002"));
        stage.pbx
                .texts()
                .send(
                        TextMessage.to(Address.extension("1002"))
                                .from(Address.extension("1001"))
                                .text("Somebody is at door 4")
                                .build());
        // until here
        stage.say("1001 is " + door.light() + ", 1002 is " + desk.light());
        stage.say("1002 reads: " + arrived.get(10, TimeUnit.SECONDS).text());
    }
}
