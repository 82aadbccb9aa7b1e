package io.github.pbxsdk.samples;

import io.github.pbxsdk.core.CallOptions;
import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.MessageId;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.state.FileStateStore;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.samples.runner.JsonLine;
import io.github.pbxsdk.samples.runner.Sample;
import io.github.pbxsdk.samples.runner.SampleContext;
import io.github.pbxsdk.samples.runner.Setting;
import io.github.pbxsdk.sms.Messages;
import io.github.pbxsdk.sms.SendResult;
import io.github.pbxsdk.sms.SmsClient;
import io.github.pbxsdk.sms.provider.SmsBroadcast;
import java.nio.file.Path;

/** Sends a text over SMS Broadcast, once for each key, however often it is started. */
public final class SmsSend {

    /** The sample as {@code samples/run} knows it. */
    public static final Sample SAMPLE =
            Sample.named("sms-send", "sends a text to a phone, once for each key")
                    .needs(Setting.SMS_BROADCAST_USERNAME, Setting.SMS_BROADCAST_PASSWORD)
                    .uses(Setting.SMS_SENDER_ID)
                    .required("to", "NUMBER", "whom to send to, as people write it")
                    .required("text", "TEXT", "what to send")
                    .option("region", "COUNTRY", "how numbers are written", "AU")
                    .option("key", "KEY", "what the text is about; sent once for each")
                    .option("ledger", "FOLDER", "where to remember what was sent")
                    .option("server", "URL", "of SMS Broadcast", "https://api.smsbroadcast.com.au")
                    .running(SmsSend::run);

    private SmsSend() {}

    /** Runs the sample. */
    public static void main(String[] args) {
        SAMPLE.start(args);
    }

    private static void run(SampleContext sample) {
        try (StateStore ledger = ledger(sample);
                SmsClient sms = client(sample, ledger)) {
            TextMessage text =
                    TextMessage.to(sms.address(sample.option("to")))
                            .text(sample.option("text"))
                            .build();
            send(sample, sms, text);
        }
    }

    private static StateStore ledger(SampleContext sample) {
        return sample.findOption("ledger")
                .<StateStore>map(folder -> FileStateStore.builder().folder(Path.of(folder)).open())
                .orElseGet(StateStore::inMemory);
    }

    private static SmsClient client(SampleContext sample, StateStore ledger) {
        SmsBroadcast provider =
                SmsBroadcast.builder()
                        .baseUrl(sample.option("server"))
                        .credentials(
                                Credentials.of(
                                        sample.get(Setting.SMS_BROADCAST_USERNAME),
                                        sample.get(Setting.SMS_BROADCAST_PASSWORD)))
                        .build();
        SmsClient.Builder builder =
                SmsClient.builder()
                        .provider(provider)
                        .store(ledger)
                        .region(sample.option("region"));
        sample.find(Setting.SMS_SENDER_ID).map(SmsSend::sender).ifPresent(builder::sender);
        return builder.build();
    }

    /** A sender is a number with its {@code +}, or a name. */
    private static Address sender(String text) {
        return text.startsWith("+") ? Address.phone(text) : Address.senderName(text);
    }

    private static void send(SampleContext sample, SmsClient sms, TextMessage text) {
        if (sample.findOption("key").isEmpty()) {
            show(sample, sms.messages().send(text));
            return;
        }
        CallOptions options = CallOptions.idempotencyKey(sample.option("key"));
        Messages once = sms.with(options).messages();
        try {
            show(sample, once.send(text));
        } catch (PbxException e) {
            if (e.mayHaveBeenSent()) {
                sample.print(
                        JsonLine.of("reconciled", once.reconcile(text).outcome()),
                        "nobody knows; with this key nothing is sent again");
            }
            throw e;
        }
    }

    private static void show(SampleContext sample, SendResult sent) {
        String id = sent.id().map(MessageId::value).orElse(null);
        sample.print(
                JsonLine.of("status", sent.status().state())
                        .and("words", sent.status().words())
                        .and("id", id)
                        .and("segments", sent.segments())
                        .and("knownBefore", sent.isKnownBefore()),
                sent.status()
                        + (", " + sent.segments() + " message(s), id " + id)
                        + (sent.isKnownBefore() ? "; sent before, nothing was sent now" : ""));
    }
}
