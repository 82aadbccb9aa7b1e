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
        if (!stage.backstage.settings().containsKey("FREEPBX_URL")) {
            stage.say("Left out: there is no FreePBX here (no FREEPBX_URL is set).");
            return;
        }
        if (stage.backstage.mayBeChanged()) {
            change(stage);
        } else {
            stage.say("Only looked at: nothing is changed on a real one.");
        }
        show(stage, stage.pbx.freepbx());
    }

    private static void change(Stage stage) {
        // shown:
        FreePbxClient freepbx = stage.pbx.freepbx();
        freepbx.extensions()
                .create(NewExtension.of("1004", "X-ray", "xray@clinic.example").build());
        freepbx.ringGroups()
                .create(RingGroupSettings.of("600").members(List.of("1001", "1004")).build());
        freepbx.inboundRoutes()
                .create(
                        InboundRouteSettings.of("15550001234", Destination.ringGroup("600"))
                                .build());
        freepbx.applyConfig();
        // until here
    }

    private static void show(Stage stage, FreePbxClient freepbx) {
        stage.say("FreePBX");
        for (Extension one : freepbx.extensions().list()) {
            stage.say("+- extension " + one.number() + "  " + one.name());
        }
        for (RingGroup one : freepbx.ringGroups().list()) {
            stage.say("+- ring group " + one.number() + "  " + one.members());
        }
        for (InboundRoute one : freepbx.inboundRoutes().list()) {
            stage.say("+- route " + one.did() + "  to " + one.destinationText().orElse("?"));
        }
    }
}
