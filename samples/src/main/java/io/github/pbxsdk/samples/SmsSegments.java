package io.github.pbxsdk.samples;

import io.github.pbxsdk.samples.runner.JsonLine;
import io.github.pbxsdk.samples.runner.Sample;
import io.github.pbxsdk.samples.runner.SampleContext;
import io.github.pbxsdk.sms.SimplerText;
import io.github.pbxsdk.sms.SmsSegments.Offender;
import io.github.pbxsdk.sms.SmsSegments.Part;
import java.util.List;

/**
 * Says how many messages a text takes on the air, and which characters make it expensive.
 *
 * <p>It sends nothing and needs no account. In a program of your own, import the class of the same
 * name.
 */
public final class SmsSegments {

    /** The sample as {@code samples/run} knows it. */
    public static final Sample SAMPLE =
            Sample.named("sms-segments", "counts what a text costs, and says why; sends nothing")
                    .option("text", "TEXT", "the text; standard input without it")
                    .running(SmsSegments::run);

    private SmsSegments() {}

    /** Runs the sample. */
    public static void main(String[] args) {
        SAMPLE.start(args);
    }

    private static void run(SampleContext sample) {
        List<String> lines =
                sample.findOption("text").map(List::of).orElseGet(() -> sample.input().lines().toList());
        if (!lines.isEmpty() && JsonInput.isObject(lines.get(0))) {
            lines.forEach(line -> show(sample, JsonInput.of(line).get("text")));
        } else {
            show(sample, String.join("\n", lines));
        }
    }

    private static void show(SampleContext sample, String text) {
        io.github.pbxsdk.sms.SmsSegments segments = io.github.pbxsdk.sms.SmsSegments.of(text);
        sample.print(
                JsonLine.of("encoding", segments.encoding())
                        .and("units", segments.units())
                        .and("segments", segments.count())
                        .and("parts", segments.parts().stream().map(Part::text).toList()),
                (segments.count() + " message(s) in " + segments.encoding() + ", ")
                        + (segments.units() + " units, room for " + segments.remaining()));
        segments.parts()
                .forEach(part -> sample.say("  " + part.units() + " units: " + part.text()));
        segments.offenders().forEach(offender -> say(sample, offender));
        SimplerText simpler = SimplerText.of(text);
        if (!simpler.replacements().isEmpty()) {
            int count = io.github.pbxsdk.sms.SmsSegments.of(simpler.text()).count();
            sample.say(count + " message(s) as: " + simpler.text());
        }
    }

    /** The name is shown as well, since some characters can't be seen. */
    private static void say(SampleContext sample, Offender offender) {
        String name = Character.getName(offender.character().codePointAt(0));
        sample.say(
                "  not in 7 bits: "
                        + offender.character()
                        + (" at " + offender.position())
                        + (", " + name));
    }
}
