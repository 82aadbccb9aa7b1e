package io.github.pbxsdk.samples;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.freepbx.FreePbxClient;
import io.github.pbxsdk.freepbx.FreePbxHealth;
import io.github.pbxsdk.samples.runner.JsonLine;
import io.github.pbxsdk.samples.runner.Sample;
import io.github.pbxsdk.samples.runner.SampleContext;
import io.github.pbxsdk.samples.runner.Setting;

/** Shows a FreePBX as a tree: how it is, and its extensions, ring groups and inbound routes. */
public final class FreePbxInventory {

    /** The sample as {@code samples/run} knows it. */
    public static final Sample SAMPLE =
            Sample.named("freepbx-inventory", "shows a FreePBX as a tree; changes nothing")
                    .needs(
                            Setting.FREEPBX_URL,
                            Setting.FREEPBX_CLIENT_ID,
                            Setting.FREEPBX_CLIENT_SECRET)
                    .onFakePbx(pbx -> {})
                    .running(FreePbxInventory::run);

    private FreePbxInventory() {}

    /** Runs the sample. */
    public static void main(String[] args) {
        SAMPLE.start(args);
    }

    private static void run(SampleContext sample) {
        try (FreePbxClient pbx = client(sample)) {
            FreePbxHealth health = pbx.health();
            sample.print(
                    JsonLine.of("health", health.light())
                            .and("words", health.findings().stream().map(f -> f.words()).toList()),
                    health.light() + "\n  " + health.words().replace("\n", "\n  "));
            pbx.extensions()
                    .list()
                    .forEach(
                            one ->
                                    sample.print(
                                            JsonLine.of("extension", one.number())
                                                    .and("name", one.name())
                                                    .and("voicemail", one.hasVoicemail()),
                                            "extension " + one.number() + "  " + one.name()));
            pbx.ringGroups()
                    .list()
                    .forEach(
                            one ->
                                    sample.print(
                                            JsonLine.of("ringGroup", one.number())
                                                    .and("description", one.description())
                                                    .and("strategy", one.strategy())
                                                    .and("members", one.members()),
                                            "ring group "
                                                    + one.number()
                                                    + "  "
                                                    + one.description()
                                                    + "\n  "
                                                    + String.join("\n  ", one.members())));
            pbx.inboundRoutes()
                    .list()
                    .forEach(
                            one ->
                                    sample.print(
                                            JsonLine.of("route", one.did())
                                                    .and("to", one.destinationText().orElse(null)),
                                            "route "
                                                    + one.did()
                                                    + "\n  "
                                                    + one.destinationText().orElse("")));
        }
    }

    static FreePbxClient client(SampleContext sample) {
        return FreePbxClient.builder()
                .baseUri(sample.get(Setting.FREEPBX_URL))
                .credentials(
                        Credentials.of(
                                sample.get(Setting.FREEPBX_CLIENT_ID),
                                sample.get(Setting.FREEPBX_CLIENT_SECRET)))
                .build();
    }
}
