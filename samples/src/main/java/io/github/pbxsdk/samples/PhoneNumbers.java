package io.github.pbxsdk.samples;

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
        io.github.pbxsdk.sms.PhoneNumbers numbers =
                io.github.pbxsdk.sms.PhoneNumbers.of(sample.option("region"));
        given(sample).forEach(text -> show(sample, text, numbers));
    }

    /** Without a word, each line of standard input is one. */
    private static Stream<String> given(SampleContext sample) {
        return sample.words().isEmpty() ? sample.input().lines() : sample.words().stream();
    }

    private static void show(
            SampleContext sample, String text, io.github.pbxsdk.sms.PhoneNumbers numbers) {
        String number = numbers.find(text).map(PhoneNumber::e164).orElse(null);
        String extension = numbers.findExtension(text).orElse(null);
        sample.print(
                JsonLine.of("given", text).and("number", number).and("extension", extension),
                number == null
                        ? text + " is no number that everybody can call"
                        : text
                                + " is "
                                + number
                                + (extension == null ? "" : ", then " + extension));
    }
}
