package io.github.pbxsdk.samples.demo;

import io.github.pbxsdk.samples.runner.JsonLine;
import io.github.pbxsdk.samples.runner.Sample;
import io.github.pbxsdk.samples.runner.SampleContext;
import java.time.Duration;
import java.util.List;

/** A walk through the product, on servers that are fakes: it needs no PBX and no network. */
public final class Demo {

    /** The sample as {@code samples/run} knows it; {@code ./demo} runs it, too. */
    public static final Sample SAMPLE =
            Sample.named("demo", "walks through the product; needs no PBX").running(Demo::run);

    private static final List<Scene> SCENES =
            List.of(
                    new CountSegments(),
                    new TextAndReply(),
                    new TwoExtensions(),
                    new LiveQueue(),
                    new FetchRecordings(),
                    new FreePbxTree(),
                    new HealthOfAll());

    private Demo() {}

    /** Runs the demo. */
    public static void main(String[] args) {
        SAMPLE.start(args);
    }

    private static void run(SampleContext sample) throws Exception {
        sample.say("Nothing here is a real PBX: the servers run in this program, on loopback.");
        try (Stage stage = new Stage(sample)) {
            for (int i = 0; i < SCENES.size(); i++) {
                show(sample, stage, SCENES.get(i), (i + 1) + "/" + SCENES.size());
            }
        }
        sample.say("\nNext: samples/run lists programs to try, docs/ has a guide for each module.");
    }

    private static void show(SampleContext sample, Stage stage, Scene scene, String number)
            throws Exception {
        sample.say("\n" + number + "  " + scene.title() + "\n");
        ShownLines.of(scene.getClass()).forEach(line -> sample.say("    | " + line));
        sample.say("");
        long start = System.nanoTime();
        scene.play(stage);
        long milliseconds = Duration.ofNanos(System.nanoTime() - start).toMillis();
        sample.print(
                JsonLine.of("scene", scene.title()).and("milliseconds", milliseconds),
                "    (" + milliseconds + " ms)");
    }
}
