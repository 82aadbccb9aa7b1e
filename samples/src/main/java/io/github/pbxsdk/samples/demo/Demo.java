package io.github.pbxsdk.samples.demo;

import io.github.pbxsdk.pbx.PbxSetting;
import io.github.pbxsdk.samples.runner.JsonLine;
import io.github.pbxsdk.samples.runner.Sample;
import io.github.pbxsdk.samples.runner.SampleContext;
import java.time.Duration;
import java.util.List;

/**
 * A walk through the product, on servers that are fakes: it needs no PBX and no network. With
 * {@code --real} it plays on the PBX of the settings.
 */
public final class Demo {

    /** The sample as {@code samples/run} knows it; {@code ./demo} runs it, too. */
    public static final Sample SAMPLE =
            Sample.named("demo", "walks through the product; needs no PBX")
                    .uses(PbxSetting.values())
                    .flag("real", "on the PBX of the settings, in place of fakes")
                    .option("colleague", "EXTENSION:PASSWORD", "second extension of a real PBX")
                    .option("queue", "NUMBER", "queue of a real PBX to call")
                    .option("agent", "NUMBER", "who answers there: a number that does so by itself")
                    .option("caller", "NUMBER", "who calls there: a number that stays on", "609")
                    .option("recorded", "NUMBER", "number of a real PBX whose calls are recorded")
                    .running(Demo::run);

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
        Backstage backstage = sample.flag("real") ? new RealBackstage(sample) : new FakeBackstage();
        sample.say(backstage.introduction());
        try (Stage stage = new Stage(sample, backstage)) {
            for (int i = 0; i < SCENES.size(); i++) {
                show(sample, stage, SCENES.get(i), (i + 1) + "/" + SCENES.size());
            }
        }
        sample.say(
                "\nNext: samples/run lists programs to try, and"
                        + " docs/tasks/first-program.md leads to one of your own.");
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
