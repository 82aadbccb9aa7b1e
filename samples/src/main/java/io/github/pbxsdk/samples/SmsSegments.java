package io.github.pbxsdk.samples;

import io.github.pbxsdk.samples.runner.JsonLine;
import io.github.pbxsdk.samples.runner.Sample;
import io.github.pbxsdk.samples.runner.SampleContext;
import io.github.pbxsdk.sms.SimplerText;
import io.github.pbxsdk.sms.SmsSegments.Offender;
import io.github.pbxsdk.sms.SmsSegments.Part;
import java.util.stream.Collectors;

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
        String text = sample.findOption("text").orElseGet(() -> read(sample));
        show(sample, io.github.pbxsdk.sms.SmsSegments.of(text));
        SimplerText simpler = SimplerText.of(text);
        if (!simpler.replacements().isEmpty()) {
            show(sample, simpler);
        }
    }

    private static String read(SampleContext sample) {
        return sample.input().lines().collect(Collectors.joining("\n"));
    }

    private static void show(SampleContext sample, io.github.pbxsdk.sms.SmsSegments segments) {
        sample.print(
                JsonLine.of("segments", segments.count())
                        .and("encoding", segments.encoding())
                        .and("units", segments.units())
                        .and("remaining", segments.remaining()),
                (segments.count() + " message(s) in " + segments.encoding() + ", ")
                        + (segments.units() + " units, room for " + segments.remaining()));
        segments.parts().forEach(part -> show(sample, part));
        segments.offenders().forEach(offender -> show(sample, offender));
    }

    private static void show(SampleContext sample, Part part) {
        sample.print(
                JsonLine.of("part", part.text()).and("units", part.units()),
                "  " + part.units() + " units: " + part.text());
    }

    /** The name is shown as well, since some characters can't be seen. */
    private static void show(SampleContext sample, Offender offender) {
        String name = Character.getName(offender.character().codePointAt(0));
        sample.print(
                JsonLine.of("offender", offender.character())
                        .and("position", offender.position())
                        .and("name", name),
                "  not in 7 bits: "
                        + offender.character()
                        + " at "
                        + offender.position()
                        + (", " + name));
    }

    private static void show(SampleContext sample, SimplerText simpler) {
        int count = io.github.pbxsdk.sms.SmsSegments.of(simpler.text()).count();
        sample.print(
                JsonLine.of("simpler", simpler.text())
                        .and("segments", count)
                        .and("replacements", simpler.replacements().size()),
                count + " message(s) as: " + simpler.text());
    }
}
