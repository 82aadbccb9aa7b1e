package io.github.pbxsdk.samples;

import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.pbx.Pbx;
import io.github.pbxsdk.pbx.PbxSetting;
import io.github.pbxsdk.samples.runner.JsonLine;
import io.github.pbxsdk.samples.runner.Sample;
import io.github.pbxsdk.samples.runner.SampleContext;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Shows the texts that a bridge in front of a FreePBX has received, live.
 *
 * <p>In a program of your own, import the class of the same name.
 */
public final class SmsInbox {

    /** The sample as {@code samples/run} knows it. */
    public static final Sample SAMPLE =
            Sample.named("sms-inbox", "shows received texts, again after each change")
                    .needs(
                            PbxSetting.FREEPBX_URL,
                            PbxSetting.FREEPBX_API_KEY,
                            PbxSetting.FREEPBX_API_SECRET)
                    .uses(PbxSetting.FREEPBX_DEFAULT_FROM)
                    .option("every", "TIME", "how often to ask for texts", "10s")
                    .option("for", "TIME", "how long to go on", "1m")
                    .running(SmsInbox::run);

    private static final int SHOWN = 10;

    private SmsInbox() {}

    /** Runs the sample. */
    public static void main(String[] args) {
        SAMPLE.start(args);
    }

    private static void run(SampleContext sample) throws InterruptedException {
        // The settings are those of a bridge, so that it is the one to ask.
        try (Pbx pbx = Pbx.from(sample.settings());
                io.github.pbxsdk.sms.SmsInbox inbox = pbx.sms().inbox()) {
            inbox.subscribe(changed -> show(sample, changed));
            inbox.refresh();
            inbox.startPolling(sample.duration("every"));
            sample.waitFor("for");
        }
    }

    private static void show(SampleContext sample, io.github.pbxsdk.sms.SmsInbox inbox) {
        List<TextMessage> newest = inbox.messages().stream().limit(SHOWN).toList();
        sample.print(
                JsonLine.of("unread", inbox.unread())
                        .and("polling", inbox.isPolling())
                        .and("newest", newest.stream().map(SmsInbox::line).toList()),
                newest.stream()
                        .map(text -> "\n  " + from(text) + ": " + text.text())
                        .collect(Collectors.joining("", inbox.unread() + " unread", "")));
    }

    private static JsonLine line(TextMessage text) {
        return JsonLine.of("from", from(text))
                .and("text", text.text())
                .and("sentAt", text.sentAt().map(Instant::toString).orElse(null));
    }

    private static String from(TextMessage text) {
        return text.from().map(Address::text).orElse("somebody");
    }
}
