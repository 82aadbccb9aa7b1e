package io.github.pbxsdk.samples;

import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.MessageId;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.state.FileStateStore;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.samples.runner.JsonLine;
import io.github.pbxsdk.samples.runner.Sample;
import io.github.pbxsdk.samples.runner.SampleContext;
import io.github.pbxsdk.samples.web.LocalServer;
import io.github.pbxsdk.sms.SmsIntake;
import io.github.pbxsdk.sms.event.DeliveryReportEvent;
import io.github.pbxsdk.sms.event.MessageReceivedEvent;
import io.github.pbxsdk.sms.event.OptOutEvent;
import io.github.pbxsdk.sms.event.SmsEvent;
import io.github.pbxsdk.sms.event.SmsOrigin;
import io.github.pbxsdk.sms.webhook.WebhookParsers;
import io.github.pbxsdk.sms.webhook.WebhookVerifiers;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Takes the webhooks of SMS Broadcast and shows what they bring, each text once.
 *
 * <p>In a program of your own, import the class of the same name.
 */
public final class SmsWebhook {

    /** The sample as {@code samples/run} knows it. */
    public static final Sample SAMPLE =
            Sample.named("sms-webhook", "shows texts and reports that a provider posts")
                    .required("key", "KEY", "what the URL at the provider ends in: ?key=KEY")
                    .required("store", "FOLDER", "where to remember what was shown")
                    .option("port", "PORT", "where to listen, on this machine alone", "8080")
                    .option("region", "COUNTRY", "how numbers are written", "AU")
                    .option("for", "TIME", "how long to go on", "10m")
                    .running(SmsWebhook::run);

    private SmsWebhook() {}

    /** Runs the sample. */
    public static void main(String[] args) {
        SAMPLE.start(args);
    }

    private static void run(SampleContext sample) throws IOException, InterruptedException {
        try (StateStore store =
                FileStateStore.builder().folder(Path.of(sample.option("store"))).open()) {
            LocalServer.serve(sample, "/sms", webhook(sample, store)::handle);
        }
    }

    private static io.github.pbxsdk.sms.webhook.SmsWebhook webhook(
            SampleContext sample, StateStore store) {
        SmsIntake intake =
                SmsIntake.builder()
                        .store(store)
                        .region(sample.option("region"))
                        .handler(event -> show(sample, event))
                        .build();
        return io.github.pbxsdk.sms.webhook.SmsWebhook.builder()
                .parser(WebhookParsers.smsBroadcast(new SmsOrigin("smsbroadcast", "sample")))
                .verifier(WebhookVerifiers.secretInQuery("key", sample.option("key")))
                .intake(intake)
                .build();
    }

    private static void show(SampleContext sample, SmsEvent event) {
        if (event instanceof MessageReceivedEvent received) {
            show(sample, "received", received.message());
        } else if (event instanceof OptOutEvent optOut) {
            show(sample, optOut.wish().name(), optOut.message());
        } else if (event instanceof DeliveryReportEvent report) {
            String id = report.id().map(MessageId::value).orElse(null);
            sample.print(
                    JsonLine.of("report", report.status().state()).and("id", id),
                    "report on " + id + ": " + report.status());
        } else {
            sample.print(JsonLine.of("other", event.raw()), "something else: " + event.raw());
        }
    }

    private static void show(SampleContext sample, String kind, TextMessage message) {
        String from = message.from().map(Address::text).orElse("somebody");
        sample.print(
                JsonLine.of(kind, message.text())
                        .and("from", from)
                        .and("id", message.id().map(MessageId::value).orElse(null)),
                from + ": " + message.text());
    }
}
