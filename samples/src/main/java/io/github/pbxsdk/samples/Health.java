package io.github.pbxsdk.samples;

import io.github.pbxsdk.core.Light;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.pbx.Pbx;
import io.github.pbxsdk.pbx.PbxHealth;
import io.github.pbxsdk.pbx.PbxHealth.Part;
import io.github.pbxsdk.pbx.PbxSetting;
import io.github.pbxsdk.samples.runner.JsonLine;
import io.github.pbxsdk.samples.runner.Sample;
import io.github.pbxsdk.samples.runner.SampleContext;
import java.time.Duration;

/** Says in words how everything is that the settings name. */
public final class Health {

    /** The sample as {@code samples/run} knows it. */
    public static final Sample SAMPLE =
            Sample.named("health", "says how each part of the PBX is, and what to do about it")
                    .uses(PbxSetting.values())
                    .onFakePbx(pbx -> {})
                    .running(Health::run);

    private Health() {}

    /** Runs the sample. */
    public static void main(String[] args) {
        SAMPLE.start(args);
    }

    private static void run(SampleContext sample) {
        // A map of settings by their names; an application says Pbx.fromEnvironment().
        try (Pbx pbx = Pbx.from(sample.settings())) {
            PbxHealth health = pbx.health();
            health.parts().forEach(part -> show(sample, part));
            if (health.light() == Light.RED) {
                throw new PbxException("something is red: " + names(health), null, false);
            }
        }
    }

    private static void show(SampleContext sample, Part part) {
        sample.print(
                JsonLine.of("part", part.name())
                        .and("state", part.light())
                        .and("since", part.since().toString())
                        .and("detail", part.detail())
                        .and("latencyMs", part.latency().map(Duration::toMillis).orElse(null)),
                "%-10s %-6s %s".formatted(part.name(), part.light(), part.detail()));
    }

    private static String names(PbxHealth health) {
        return String.join(
                ", ",
                health.parts().stream()
                        .filter(part -> part.light() == Light.RED)
                        .map(Part::name)
                        .toList());
    }
}
