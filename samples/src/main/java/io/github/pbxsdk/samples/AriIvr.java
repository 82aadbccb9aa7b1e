package io.github.pbxsdk.samples;

import io.github.pbxsdk.ari.AriClient;
import io.github.pbxsdk.ari.ChannelHandle;
import io.github.pbxsdk.ari.event.ChannelDtmfReceivedEvent;
import io.github.pbxsdk.ari.event.StasisStartEvent;
import io.github.pbxsdk.ari.model.LiveRecording;
import io.github.pbxsdk.ari.request.RecordRequest;
import io.github.pbxsdk.ari.request.TerminateOn;
import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.event.Subscription;
import io.github.pbxsdk.pbx.PbxSetting;
import io.github.pbxsdk.samples.runner.JsonLine;
import io.github.pbxsdk.samples.runner.Sample;
import io.github.pbxsdk.samples.runner.SampleContext;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Answers calls: plays a greeting, reads digits, records a message, hangs up. In the dialplan, send
 * calls to it with {@code Stasis(pbx-sdk-ivr)}.
 */
public final class AriIvr {

    /** The sample as {@code samples/run} knows it. */
    public static final Sample SAMPLE =
            Sample.named("ari-ivr", "answers calls, reads digits and records a message")
                    .needs(PbxSetting.ARI_URL, PbxSetting.ARI_USER, PbxSetting.ARI_PASSWORD)
                    .option("application", "NAME", "the name in Stasis(NAME)", "pbx-sdk-ivr")
                    .option("greeting", "SOUND", "what is played first", "hello-world")
                    .option("digits-within", "TIME", "how long to wait for each digit", "5s")
                    .option("message", "TIME", "how long a message may be", "30s")
                    .option("for", "TIME", "how long to take calls", "1m")
                    .running(AriIvr::run);

    private final SampleContext sample;
    private final AriClient ari;

    private AriIvr(SampleContext sample, AriClient ari) {
        this.sample = sample;
        this.ari = ari;
    }

    /** Runs the sample. */
    public static void main(String[] args) {
        SAMPLE.start(args);
    }

    private static void run(SampleContext sample) throws Exception {
        AriClient.Builder builder =
                AriClient.builder()
                        .baseUri(sample.get(PbxSetting.ARI_URL))
                        .credentials(
                                Credentials.of(
                                        sample.get(PbxSetting.ARI_USER),
                                        sample.get(PbxSetting.ARI_PASSWORD)))
                        .application(sample.option("application"));
        // A call takes its time, and the listener has to be free for the events of the others.
        ExecutorService calls = Executors.newCachedThreadPool();
        try (AriClient ari = builder.build()) {
            AriIvr ivr = new AriIvr(sample, ari);
            ari.events().subscribe(StasisStartEvent.class, start -> ivr.take(start, calls));
            ari.connect();
            sample.print(
                    JsonLine.of("ready", sample.option("application")),
                    "taking calls of Stasis(" + sample.option("application") + ")");
            sample.waitFor("for");
        } finally {
            calls.shutdownNow();
        }
    }

    /** Listens for digits before anything is played: some press them at once. */
    private void take(StasisStartEvent start, ExecutorService calls) {
        ChannelHandle call = ari.channel(start.channel().id());
        BlockingQueue<String> pressed = new LinkedBlockingQueue<>();
        Subscription digits =
                call.subscribe(ChannelDtmfReceivedEvent.class, event -> pressed.add(event.digit()));
        calls.execute(
                () -> {
                    try (digits) {
                        serve(call, start.channel().caller().number(), pressed);
                    } catch (PbxException e) {
                        // Callers hang up when they like; what was under way fails then.
                        sample.print(JsonLine.of("left", call.id()), "left: " + e.getMessage());
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
    }

    private void serve(ChannelHandle call, String caller, BlockingQueue<String> pressed)
            throws InterruptedException {
        sample.print(
                JsonLine.of("call", JsonLine.of("id", call.id()).and("from", caller)),
                "call of " + caller);
        call.answer();
        call.play("sound:" + sample.option("greeting")).awaitFinished(Duration.ofMinutes(1));

        String digits = read(pressed);
        sample.print(JsonLine.of("digits", digits), "pressed " + digits);

        LiveRecording message = record(call);
        sample.print(
                JsonLine.of(
                        "message",
                        JsonLine.of("name", message.name())
                                .and("seconds", message.duration().orElse(0))),
                "left a message: " + message.name());
        call.hangup();
        sample.print(JsonLine.of("ended", call.id()), "hung up");
    }

    /** Reads digits up to a hash key, or until none comes any more. */
    private String read(BlockingQueue<String> pressed) throws InterruptedException {
        StringBuilder digits = new StringBuilder();
        long wait = sample.duration("digits-within").toMillis();
        String digit = pressed.poll(wait, TimeUnit.MILLISECONDS);
        while (digit != null && !digit.equals("#")) {
            digits.append(digit);
            digit = pressed.poll(wait, TimeUnit.MILLISECONDS);
        }
        return digits.toString();
    }

    private LiveRecording record(ChannelHandle call) {
        RecordRequest request =
                RecordRequest.builder("messages/" + call.id(), "wav")
                        .beep(true)
                        .maxDuration(sample.duration("message"))
                        .terminateOn(TerminateOn.ANY)
                        .build();
        return call.record(request)
                .awaitFinished(sample.duration("message").plus(Duration.ofMinutes(1)));
    }
}
