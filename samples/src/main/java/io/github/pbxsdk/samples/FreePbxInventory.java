package io.github.pbxsdk.samples;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.freepbx.Extension;
import io.github.pbxsdk.freepbx.FreePbxClient;
import io.github.pbxsdk.freepbx.InboundRoute;
import io.github.pbxsdk.freepbx.Ivr;
import io.github.pbxsdk.freepbx.Prompt;
import io.github.pbxsdk.freepbx.RingGroup;
import io.github.pbxsdk.pbx.PbxSetting;
import io.github.pbxsdk.samples.runner.JsonLine;
import io.github.pbxsdk.samples.runner.Sample;
import io.github.pbxsdk.samples.runner.SampleContext;

/** Shows a FreePBX as a tree: how it is, and what it has. */
public final class FreePbxInventory {

    /** The sample as {@code samples/run} knows it. */
    public static final Sample SAMPLE =
            Sample.named("freepbx-inventory", "shows a FreePBX as a tree; changes nothing")
                    .needs(
                            PbxSetting.FREEPBX_URL,
                            PbxSetting.FREEPBX_CLIENT_ID,
                            PbxSetting.FREEPBX_CLIENT_SECRET)
                    .uses(PbxSetting.FREEPBX_GUI_USER, PbxSetting.FREEPBX_GUI_PASSWORD)
                    .onFakePbx(pbx -> {})
                    .running(FreePbxInventory::run);

    private FreePbxInventory() {}

    /** Runs the sample. */
    public static void main(String[] args) {
        SAMPLE.start(args);
    }

    private static void run(SampleContext sample) {
        // Few releases have an API for menus: they take the web interface, as an administrator.
        boolean menus = sample.find(PbxSetting.FREEPBX_GUI_USER).isPresent();
        try (FreePbxClient pbx = menus ? withGui(sample) : client(sample)) {
            sample.say(pbx.health().words().replace("\n", "\n  "));
            pbx.extensions().list().forEach(one -> show(sample, one));
            pbx.inboundRoutes().list().forEach(one -> show(sample, one));
            pbx.ringGroups().list().forEach(one -> show(sample, one));
            if (menus) {
                pbx.ivrs().list().forEach(one -> show(sample, one));
            } else {
                sample.say("no menus: they take " + PbxSetting.FREEPBX_GUI_USER);
            }
            pbx.prompts().list().forEach(one -> show(sample, one));
        }
    }

    private static void show(SampleContext sample, Extension one) {
        JsonLine line =
                JsonLine.of("number", one.number())
                        .and("name", one.name())
                        .and("voicemail", one.hasVoicemail());
        sample.print(
                JsonLine.of("extension", line), "+- extension " + one.number() + "  " + one.name());
    }

    private static void show(SampleContext sample, InboundRoute one) {
        String to = one.destinationText().orElse(null);
        JsonLine line =
                JsonLine.of("did", one.did())
                        .and("callerNumber", one.callerNumber())
                        .and("description", one.description())
                        .and("to", to);
        sample.print(
                JsonLine.of("inboundRoute", line),
                "+- inbound route " + one.did() + "  " + one.description() + "\n|  +- to " + to);
    }

    private static void show(SampleContext sample, RingGroup one) {
        JsonLine line =
                JsonLine.of("number", one.number())
                        .and("description", one.description())
                        .and("strategy", one.strategy())
                        .and("members", one.members());
        sample.print(
                JsonLine.of("ringGroup", line),
                "+- ring group "
                        + (one.number() + "  " + one.description() + "\n|  +- ")
                        + String.join("\n|  +- ", one.members()));
    }

    private static void show(SampleContext sample, Ivr one) {
        JsonLine line =
                JsonLine.of("id", one.id())
                        .and("name", one.name())
                        .and("description", one.description())
                        .and("road", one.road());
        sample.print(JsonLine.of("ivr", line), "+- menu " + one.id() + "  " + one.name());
    }

    private static void show(SampleContext sample, Prompt one) {
        JsonLine line =
                JsonLine.of("id", one.id())
                        .and("name", one.name())
                        .and("description", one.description())
                        .and("files", one.files());
        sample.print(JsonLine.of("prompt", line), "+- prompt " + one.id() + "  " + one.name());
    }

    static FreePbxClient client(SampleContext sample) {
        return builder(sample).build();
    }

    private static FreePbxClient withGui(SampleContext sample) {
        return builder(sample)
                .gui(
                        Credentials.of(
                                sample.get(PbxSetting.FREEPBX_GUI_USER),
                                sample.get(PbxSetting.FREEPBX_GUI_PASSWORD)))
                .build();
    }

    private static FreePbxClient.Builder builder(SampleContext sample) {
        return FreePbxClient.builder()
                .baseUri(sample.get(PbxSetting.FREEPBX_URL))
                .credentials(
                        Credentials.of(
                                sample.get(PbxSetting.FREEPBX_CLIENT_ID),
                                sample.get(PbxSetting.FREEPBX_CLIENT_SECRET)));
    }
}
