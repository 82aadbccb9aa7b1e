package io.github.pbxsdk.samples;

import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.MessageReceipt;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.pbx.PbxSetting;
import io.github.pbxsdk.samples.runner.JsonLine;
import io.github.pbxsdk.samples.runner.Sample;
import io.github.pbxsdk.samples.runner.SampleContext;
import io.github.pbxsdk.sip.SipClient;
import io.github.pbxsdk.sip.SipRejectedException;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Chats with another extension: each line that is typed goes there, each text from it is shown. */
public final class SipMessage {

    /** The sample as {@code samples/run} knows it. */
    public static final Sample SAMPLE =
            Sample.named("sip-message", "chats with another extension")
                    .needs(PbxSetting.SIP_SERVER, PbxSetting.SIP_EXTENSION, PbxSetting.SIP_PASSWORD)
                    .uses(PbxSetting.SIP_DOMAIN, PbxSetting.PBX_CA)
                    .option("transport", "NAME", "udp, tcp, tls, ws or wss", "udp")
                    .option("to", "EXTENSION", "whom to chat with", "600")
                    .option("text", "TEXT", "what to send; without it, lines of standard input")
                    .option("for", "TIME", "how long to wait for texts after the last one", "0ms")
                    .flag("take-over", "end the registrations of other devices first")
                    .onFakePbx(pbx -> {})
                    .running(SipMessage::run);

    private final SampleContext sample;
    private final SipClient sip;

    private SipMessage(SampleContext sample, SipClient sip) {
        this.sample = sample;
        this.sip = sip;
    }

    /** Runs the sample. */
    public static void main(String[] args) {
        SAMPLE.start(args);
    }

    private static void run(SampleContext sample) throws IOException, InterruptedException {
        SipLine line = new SipLine(sample);
        try (SipClient sip = line.client()) {
            line.register(sip);
            new SipMessage(sample, sip).send();
            sample.waitFor("for");
        }
    }

    private void send() throws IOException {
        Optional<String> only = sample.findOption("text");
        if (only.isPresent()) {
            send(only.get());
            return;
        }
        sample.say("type a line to send it, Ctrl-D to end");
        for (String line = read(); line != null; line = read()) {
            if (!line.isBlank()) {
                send(line);
            }
        }
    }

    private @Nullable String read() throws IOException {
        return sample.input().readLine();
    }

    private void send(String text) {
        TextMessage message =
                TextMessage.to(Address.extension(sample.option("to"))).text(text).build();
        try {
            MessageReceipt receipt = sip.send(message);
            show(statusIn(receipt.words()), receipt.outcome().name(), receipt.words());
        } catch (SipRejectedException e) {
            show(Integer.valueOf(e.code()), "REJECTED", e.reason());
            throw e;
        } catch (PbxException e) {
            if (e.mayHaveBeenSent()) {
                show(null, "UNKNOWN", "it may have arrived");
            }
            throw e;
        }
    }

    private static Integer statusIn(String words) {
        return Integer.valueOf(words.replaceFirst("^(?:SIP/2\\.0 )?(\\d{3}).*", "$1"));
    }

    private void show(@Nullable Integer status, String outcome, String words) {
        sample.print(JsonLine.of("status", status).and("outcome", outcome), outcome + ": " + words);
    }
}
