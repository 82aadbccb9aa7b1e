package io.github.pbxsdk.samples.demo;

import io.github.pbxsdk.ari.AriClient;
import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.freepbx.FreePbxClient;
import io.github.pbxsdk.sip.SipClient;
import io.github.pbxsdk.sip.SipTransport;

/** Each client says in words how its server is. */
final class HealthOfAll implements Scene {

    @Override
    public String title() {
        return "How all of it is, in words";
    }

    @Override
    public void play(Stage stage) {
        try (AriClient ari =
                        AriClient.builder()
                                .baseUri(stage.ari.uri())
                                .credentials(Credentials.of("lab", "lab-secret"))
                                .build();
                SipClient sip =
                        SipClient.builder()
                                .server(stage.sip.tcp().getHostString(), stage.sip.tcp().getPort())
                                .transport(SipTransport.TCP)
                                .build();
                FreePbxClient pbx = FreePbxClients.of(stage.freePbx)) {
            // shown:
            stage.say("ARI      " + ari.check().words());
            stage.say("SIP      " + sip.check("1001", Credentials.of("1001", "secret-1001")));
            stage.say("FreePBX  " + pbx.health().words());
            // until here
        }
    }
}
