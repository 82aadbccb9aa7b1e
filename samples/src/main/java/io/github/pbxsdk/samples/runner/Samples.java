package io.github.pbxsdk.samples.runner;

import io.github.pbxsdk.samples.AmiMessage;
import io.github.pbxsdk.samples.AmiOriginate;
import io.github.pbxsdk.samples.AmiWatch;
import io.github.pbxsdk.samples.AriEvents;
import io.github.pbxsdk.samples.AriIvr;
import io.github.pbxsdk.samples.AriRecordings;
import io.github.pbxsdk.samples.ClinicBackend;
import io.github.pbxsdk.samples.FirstSteps;
import io.github.pbxsdk.samples.FreePbxInventory;
import io.github.pbxsdk.samples.FreePbxProvision;
import io.github.pbxsdk.samples.Health;
import io.github.pbxsdk.samples.LegacyListener;
import io.github.pbxsdk.samples.PhoneNumbers;
import io.github.pbxsdk.samples.RecordingsSync;
import io.github.pbxsdk.samples.RecordingsTranscribe;
import io.github.pbxsdk.samples.SipMessage;
import io.github.pbxsdk.samples.SipRegister;
import io.github.pbxsdk.samples.SmsBulk;
import io.github.pbxsdk.samples.SmsConversations;
import io.github.pbxsdk.samples.SmsInbox;
import io.github.pbxsdk.samples.SmsSegments;
import io.github.pbxsdk.samples.SmsSend;
import io.github.pbxsdk.samples.SmsWebhook;
import io.github.pbxsdk.samples.demo.Demo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code samples/run} starts: lists the samples, or runs one by its name. */
public final class Samples {

    /** All samples, in the order a newcomer may want to try them. */
    static final List<Sample> ALL =
            List.of(
                    Demo.SAMPLE,
                    FirstSteps.SAMPLE,
                    Health.SAMPLE,
                    AmiWatch.SAMPLE,
                    AmiOriginate.SAMPLE,
                    AmiMessage.SAMPLE,
                    LegacyListener.SAMPLE,
                    AriEvents.SAMPLE,
                    AriIvr.SAMPLE,
                    AriRecordings.SAMPLE,
                    RecordingsSync.SAMPLE,
                    RecordingsTranscribe.SAMPLE,
                    FreePbxInventory.SAMPLE,
                    FreePbxProvision.SAMPLE,
                    SipRegister.SAMPLE,
                    SipMessage.SAMPLE,
                    PhoneNumbers.SAMPLE,
                    SmsSegments.SAMPLE,
                    SmsSend.SAMPLE,
                    SmsBulk.SAMPLE,
                    SmsInbox.SAMPLE,
                    SmsConversations.SAMPLE,
                    SmsWebhook.SAMPLE,
                    ClinicBackend.SAMPLE);

    private Samples() {}

    /** Runs the sample that the first argument names; lists all where there is none. */
    public static void main(String[] args) {
        Programs.run(surroundings -> execute(List.of(args), surroundings));
    }

    static ExitCode execute(List<String> line, Surroundings surroundings) {
        if (line.isEmpty() || line.get(0).equals("--help")) {
            surroundings.output().print(list());
            return ExitCode.DONE;
        }
        String name = line.get(0);
        for (Sample sample : ALL) {
            if (sample.name().equals(name)) {
                return sample.execute(line.subList(1, line.size()), surroundings);
            }
        }
        surroundings.errors().println(unknown(name));
        return ExitCode.USAGE;
    }

    private static String unknown(String name) {
        List<String> names = ALL.stream().map(Sample::name).toList();
        return "there is no sample \""
                + (name + "\"" + Suggestions.didYouMean(name, names, ""))
                + " (samples/run lists all)";
    }

    private static String list() {
        Map<String, String> lines = new LinkedHashMap<>();
        ALL.forEach(sample -> lines.put(sample.name(), sample.oneLine()));
        return "usage: samples/run NAME [options]\n\n"
                + Help.table(lines)
                + "\nsamples/run NAME --help shows options and settings.\n";
    }
}
