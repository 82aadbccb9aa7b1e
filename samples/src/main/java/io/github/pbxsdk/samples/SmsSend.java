package io.github.pbxsdk.samples;

import io.github.pbxsdk.core.CallOptions;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.pbx.Pbx;
import io.github.pbxsdk.samples.runner.Sample;
import io.github.pbxsdk.samples.runner.SampleContext;
import io.github.pbxsdk.sms.Messages;
import io.github.pbxsdk.sms.SendResult;
import io.github.pbxsdk.sms.SmsClient;

/** Sends a text over a provider, once for each key, however often it is started. */
public final class SmsSend {

    /** The sample as {@code samples/run} knows it. */
    public static final Sample SAMPLE =
            Carriers.options(
                            Sample.named("sms-send", "sends a text to a phone, once for each key")
                                    .required("to", "NUMBER", "whom to send to, as people write it")
                                    .required("text", "TEXT", "what to send")
                                    .option(
                                            "key",
                                            "KEY",
                                            "what the text is about; sent once for each"))
                    .running(SmsSend::run);

    private SmsSend() {}

    /** Runs the sample. */
    public static void main(String[] args) {
        SAMPLE.start(args);
    }

    private static void run(SampleContext sample) {
        try (StateStore ledger = Carriers.ledger(sample);
                Pbx pbx = Carriers.open(sample, ledger)) {
            send(sample, Carriers.client(pbx));
        }
    }

    private static void send(SampleContext sample, SmsClient sms) {
        TextMessage text =
                TextMessage.to(sms.address(sample.option("to")))
                        .text(sample.option("text"))
                        .build();
        Messages messages =
                sample.findOption("key")
                        .map(key -> sms.with(CallOptions.idempotencyKey(key)).messages())
                        .orElseGet(sms::messages);
        try {
            SendResult sent = messages.send(text);
            show(sample, ResultLine.of(text, sent));
            if (sent.isKnownBefore()) {
                sample.say("sent before; nothing was sent now");
            }
        } catch (PbxException | IllegalArgumentException e) {
            show(sample, ResultLine.of(text, e));
            throw e;
        }
    }

    private static void show(SampleContext sample, ResultLine result) {
        sample.print(result.json(), result.words());
    }
}
