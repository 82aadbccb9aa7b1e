package io.github.pbxsdk.samples;

import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.PhoneNumber;
import io.github.pbxsdk.samples.runner.JsonLine;
import io.github.pbxsdk.samples.runner.Sample;
import io.github.pbxsdk.samples.runner.SampleContext;
import java.util.stream.Stream;

/**
 * Reads phone numbers as people of a country write them, and guesses none.
 *
 * <p>In a program of your own, import the class of the same name.
 */
public final class PhoneNumbers {

    /** The sample as {@code samples/run} knows it. */
    public static final Sample SAMPLE =
            Sample.named("phone-numbers", "reads numbers as people write them, and guesses none")
                    .words("[NUMBER ...]")
                    .option("region", "COUNTRY", "where they were written, in two letters", "AU")
                    .running(PhoneNumbers::run);

    private PhoneNumbers() {}

    /** Runs the sample. */
    public static void main(String[] args) {
        SAMPLE.start(args);
    }

    private static void run(SampleContext sample) {
        given(sample).forEach(text -> read(sample, text));
    }

    /** Without a word, each line of standard input is one. */
    private static Stream<String> given(SampleContext sample) {
        return sample.words().isEmpty() ? sample.input().lines() : sample.words().stream();
    }

    /** A line is the number itself, or JSON with a region of its own. */
    private static void read(SampleContext sample, String line) {
        if (JsonInput.isObject(line)) {
            JsonInput json = JsonInput.of(line);
            show(sample, json.get("text"), json.find("region").orElse(sample.option("region")));
        } else {
            show(sample, line, sample.option("region"));
        }
    }

    private static void show(SampleContext sample, String text, String region) {
        io.github.pbxsdk.sms.PhoneNumbers numbers = io.github.pbxsdk.sms.PhoneNumbers.of(region);
        Address address = numbers.read(text);
        String e164 = address instanceof PhoneNumber number ? number.e164() : null;
        String extension = numbers.findExtension(text).map(digits -> ", then " + digits).orElse("");
        sample.print(
                JsonLine.of("kind", address.kind()).and("e164", e164),
                e164 == null
                        ? text + " is no number that everybody can call"
                        : text + " is " + e164 + extension);
    }
}
