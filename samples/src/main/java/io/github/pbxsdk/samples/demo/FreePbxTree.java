package io.github.pbxsdk.samples.demo;

import io.github.pbxsdk.freepbx.Destination;
import io.github.pbxsdk.freepbx.Extension;
import io.github.pbxsdk.freepbx.FreePbxClient;
import io.github.pbxsdk.freepbx.InboundRoute;
import io.github.pbxsdk.freepbx.InboundRouteSettings;
import io.github.pbxsdk.freepbx.NewExtension;
import io.github.pbxsdk.freepbx.RingGroup;
import io.github.pbxsdk.freepbx.RingGroupSettings;
import java.util.List;

/** A new colleague, a group and a number, and then the whole PBX. */
final class FreePbxTree implements Scene {

    @Override
    public String title() {
        return "A FreePBX gets a colleague, a group and a number, and is shown";
    }

    @Override
    public void play(Stage stage) {
        stage.freePbx.addExtension("1001", "Reception");
        try (FreePbxClient pbx = FreePbxClients.of(stage.freePbx)) {
            // shown:
            pbx.extensions()
                    .create(NewExtension.of("1002", "Laboratory", "lab@clinic.example").build());
            pbx.ringGroups()
                    .create(RingGroupSettings.of("600").members(List.of("1001", "1002")).build());
            pbx.inboundRoutes()
                    .create(
                            InboundRouteSettings.of("15550001234", Destination.ringGroup("600"))
                                    .build());
            pbx.applyConfig();
            // until here
            stage.say("FreePBX");
            for (Extension one : pbx.extensions().list()) {
                stage.say("+- extension " + one.number() + "  " + one.name());
            }
            for (RingGroup one : pbx.ringGroups().list()) {
                stage.say("+- ring group " + one.number() + "  " + one.members());
            }
            for (InboundRoute one : pbx.inboundRoutes().list()) {
                stage.say("+- route " + one.did() + "  to " + one.destinationText().orElse("?"));
            }
        }
    }
}
