package io.github.pbxsdk.samples;

import io.github.pbxsdk.asteriskjava.MissedEventsEvent;
import io.github.pbxsdk.asteriskjava.PbxManagerConnection;
import io.github.pbxsdk.asteriskjava.UnknownEvent;
import io.github.pbxsdk.pbx.PbxSetting;
import io.github.pbxsdk.samples.runner.JsonLine;
import io.github.pbxsdk.samples.runner.Sample;
import io.github.pbxsdk.samples.runner.SampleContext;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.asteriskjava.manager.AuthenticationFailedException;
import org.asteriskjava.manager.ManagerConnection;
import org.asteriskjava.manager.TimeoutException;
import org.asteriskjava.manager.action.StatusAction;
import org.asteriskjava.manager.event.HangupEvent;
import org.asteriskjava.manager.event.ManagerEvent;
import org.asteriskjava.manager.event.StatusEvent;

/** A listener written for asterisk-java, on a connection of this SDK. */
public final class LegacyListener {

    /** The sample as {@code samples/run} knows it. */
    public static final Sample SAMPLE =
            Sample.named("legacy-listener", "a listener written for asterisk-java runs on")
                    .needs(PbxSetting.AMI_HOST, PbxSetting.AMI_USER, PbxSetting.AMI_SECRET)
                    .uses(PbxSetting.AMI_PORT)
                    .option("for", "TIME", "how long to listen", "10s")
                    .running(LegacyListener::run);

    private final SampleContext sample;
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong unknown = new AtomicLong();
    private final AtomicLong missed = new AtomicLong();

    private LegacyListener(SampleContext sample) {
        this.sample = sample;
    }

    /** Runs the sample. */
    public static void main(String[] args) {
        SAMPLE.start(args);
    }

    private static void run(SampleContext sample) throws Exception {
        new LegacyListener(sample).listen();
    }

    private void listen() throws Exception {
        // The one line that changes; it was: new DefaultManagerConnection(…)
        ManagerConnection connection =
                new PbxManagerConnection(
                        sample.get(PbxSetting.AMI_HOST),
                        sample.find(PbxSetting.AMI_PORT).map(Integer::parseInt).orElse(0),
                        sample.get(PbxSetting.AMI_USER),
                        sample.get(PbxSetting.AMI_SECRET));

        connection.addEventListener(this::onManagerEvent);
        login(connection);
        sample.say("logged in to " + connection.getVersion());
        connection.sendAction(new StatusAction());
        sample.waitFor("for");
        connection.logoff();
        summarise();
    }

    /** What asterisk-java's exceptions hide is their cause: it decides about the exit code. */
    private static void login(ManagerConnection connection) throws Exception {
        try {
            connection.login();
        } catch (AuthenticationFailedException | TimeoutException | IOException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private void onManagerEvent(ManagerEvent event) {
        received.incrementAndGet();
        if (event instanceof HangupEvent hangup) {
            show("hangup", hangup.getChannel(), String.valueOf(hangup.getCauseTxt()));
        } else if (event instanceof StatusEvent status) {
            show("channel", status.getChannel(), String.valueOf(status.getChannelStateDesc()));
        } else if (event instanceof UnknownEvent) {
            unknown.incrementAndGet();
        } else if (event instanceof MissedEventsEvent) {
            missed.incrementAndGet();
        }
    }

    private void show(String what, String channel, String words) {
        sample.print(
                JsonLine.of(what, JsonLine.of("channel", channel).and("words", words)),
                what + "  " + channel + "  " + words);
    }

    private void summarise() {
        sample.print(
                JsonLine.of(
                        "summary",
                        JsonLine.of("received", received.get())
                                .and("unknownToAsteriskJava", unknown.get())
                                .and("gaps", missed.get())),
                received + " events, " + unknown + " without a class in asterisk-java");
    }
}
