package io.github.pbxsdk.samples;

import io.github.pbxsdk.ami.AmiClient;
import io.github.pbxsdk.ami.AmiMessageGateway;
import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.event.FeedListener;
import io.github.pbxsdk.core.event.GapEvent;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.MessageReceipt;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.pbx.PbxSetting;
import io.github.pbxsdk.samples.runner.JsonLine;
import io.github.pbxsdk.samples.runner.Sample;
import io.github.pbxsdk.samples.runner.SampleContext;

/** Sends a text to an extension, and shows those that arrive. */
public final class AmiMessage implements FeedListener<TextMessage> {

    /** The sample as {@code samples/run} knows it. */
    public static final Sample SAMPLE =
            Sample.named("ami-message", "sends a text to an extension, and shows what arrives")
                    .needs(PbxSetting.AMI_HOST, PbxSetting.AMI_USER, PbxSetting.AMI_SECRET)
                    .uses(PbxSetting.AMI_PORT)
                    .option("to", "EXTENSION", "whom to send to; without it nothing is sent")
                    .option("from", "EXTENSION", "who it comes from", "600")
                    .option("text", "TEXT", "what to send", "Hello from pbx-sdk")
                    .option("for", "TIME", "how long to wait for texts", "0ms")
                    .running(AmiMessage::run);

    private final SampleContext sample;

    private AmiMessage(SampleContext sample) {
        this.sample = sample;
    }

    /** Runs the sample. */
    public static void main(String[] args) {
        SAMPLE.start(args);
    }

    private static void run(SampleContext sample) throws InterruptedException {
        try (AmiClient ami = client(sample)) {
            AmiMessageGateway texts = AmiMessageGateway.builder(ami).build();
            texts.subscribe(new AmiMessage(sample));
            ami.connect();
            sample.findOption("to").ifPresent(to -> send(sample, texts, to));
            sample.waitFor("for");
        }
    }

    private static AmiClient client(SampleContext sample) {
        AmiClient.Builder builder =
                AmiClient.builder()
                        .host(sample.get(PbxSetting.AMI_HOST))
                        .credentials(
                                Credentials.of(
                                        sample.get(PbxSetting.AMI_USER),
                                        sample.get(PbxSetting.AMI_SECRET)));
        sample.find(PbxSetting.AMI_PORT).map(Integer::valueOf).ifPresent(builder::port);
        return builder.build();
    }

    private static void send(SampleContext sample, AmiMessageGateway texts, String to) {
        MessageReceipt receipt =
                texts.send(
                        TextMessage.to(Address.extension(to))
                                .from(Address.extension(sample.option("from")))
                                .text(sample.option("text"))
                                .build());
        sample.print(
                JsonLine.of(
                        "sent",
                        JsonLine.of("to", to)
                                .and("outcome", receipt.outcome())
                                .and("words", receipt.words())),
                receipt.outcome() + " for " + to + ": " + receipt.words());
    }

    @Override
    public void onEvent(TextMessage message) {
        String from = message.from().map(Address::text).orElse("");
        String suspicion = message.attributes().get(AmiMessageGateway.SUSPICION);
        sample.print(
                JsonLine.of(
                        "received",
                        JsonLine.of("from", from)
                                .and("to", message.to().stream().map(Address::text).toList())
                                .and("text", message.text())
                                .and("suspicion", suspicion)),
                from
                        + (": " + message.text())
                        + (suspicion == null ? "" : " (may be forged: " + suspicion + ")"));
    }

    @Override
    public void onGap(GapEvent gap) {
        sample.print(
                JsonLine.of("gap", JsonLine.of("from", gap.from()).and("to", gap.to())),
                "texts may be missing from " + gap.from() + " to " + gap.to());
    }
}
