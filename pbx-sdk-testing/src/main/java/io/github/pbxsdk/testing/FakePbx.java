package io.github.pbxsdk.testing;

import io.github.pbxsdk.testing.ami.AmiMessage;
import io.github.pbxsdk.testing.ami.FakeAmi;
import io.github.pbxsdk.testing.ari.FakeAri;
import io.github.pbxsdk.testing.freepbx.FakeFreePbx;
import io.github.pbxsdk.testing.sip.FakeSip;
import io.github.pbxsdk.testing.sms.FakeSmsBroadcast;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A whole PBX on loopback: all fakes, wired to one story.
 *
 * <pre>{@code
 * try (FakePbx pbx = FakePbx.asterisk22()) {
 *     Application application = new Application(pbx.settings());
 *
 *     pbx.play(CallScenario.of("call to 1002, answered after 2 s, recorded"));
 *     // … what has the application made of it?
 * }
 * }</pre>
 *
 * <p>A text that an extension sends over SIP shows on AMI and ARI, and one that is sent over these
 * reaches the extension. A device that registers or goes shows on both. A call that is {@linkplain
 * #play played} shows on AMI and ARI as it did on a real server of that release, and leaves its
 * call records and its recording with FreePBX; while it lasts, both list its channels, bridges,
 * queue and states. The recording is listed by ARI as well, as on a server whose folder {@code
 * recording} is linked to {@code monitor}. Extensions are {@code 1001} Reception, {@code 1002}
 * Laboratory and {@code 1003} Night desk.
 *
 * <p>Each fake can be told to behave otherwise, or to fail, by its own methods. Thread-safe.
 */
public final class FakePbx implements AutoCloseable {

    private static final String USER = "lab";
    private static final String SECRET = "lab-secret";
    private static final String CLINIC = "clinic";

    private final String release;
    private final FakeSip sip;
    private final FakeAmi ami;
    private final FakeAri ari;
    private final FakeFreePbx freepbx = new FakeFreePbx();
    private final FakeSmsBroadcast sms = new FakeSmsBroadcast();
    private final TextStory texts;
    private final OriginatedCalls originated;
    private final Map<String, String> people = new TreeMap<>();
    private final AtomicInteger idsGiven = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);

    private FakePbx(String release, FakeSip sip, FakeAmi ami, FakeAri ari) {
        this.release = release;
        this.sip = sip;
        this.ami = ami;
        this.ari = ari;
        people.put("1001", "Reception");
        people.put("1002", "Laboratory");
        people.put("1003", "Night desk");
        people.forEach(freepbx::addExtension);
        this.texts = new TextStory(sip, ami, ari);
        texts.begin();
        new DeviceStory(ami, ari).begin(sip);
        AmiAnswers answers = new AmiAnswers(sip, people);
        answers.give(ami);
        this.originated =
                new OriginatedCalls(
                        release,
                        people,
                        idsGiven::incrementAndGet,
                        (retelling, moment) -> tell(false, retelling, moment),
                        this::file);
        originated.give(ami, answers::lists);
    }

    /** Starts one with Asterisk 16 and FreePBX 16. */
    public static FakePbx asterisk16() {
        return new FakePbx(
                "16.28.0", FakeSip.asterisk16(), FakeAmi.asterisk16(), FakeAri.asterisk16());
    }

    /** Starts one with Asterisk 22 and FreePBX 16. */
    public static FakePbx asterisk22() {
        return new FakePbx(
                "22.10.1", FakeSip.asterisk22(), FakeAmi.asterisk22(), FakeAri.asterisk22());
    }

    /**
     * Returns how to reach all of it, by the names of the environment: {@code AMI_HOST} and so on,
     * for {@code Pbx.from(settings)} of pbx-sdk or for an application's own configuration.
     */
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("AMI_HOST", ami.host());
        settings.put("AMI_PORT", "" + ami.port());
        settings.put("AMI_USER", USER);
        settings.put("AMI_SECRET", SECRET);
        settings.put("ARI_URL", ari.uri().toString());
        settings.put("ARI_USER", USER);
        settings.put("ARI_PASSWORD", SECRET);
        settings.put("ARI_APPLICATION", "pbx-sdk");
        settings.put("SIP_SERVER", sip.tcp().getHostString() + ":" + sip.tcp().getPort());
        settings.put("SIP_TRANSPORT", "tcp");
        settings.put("SIP_EXTENSION", "1001");
        settings.put("SIP_PASSWORD", "secret-1001");
        settings.put("FREEPBX_URL", freepbx.url());
        settings.put("FREEPBX_CLIENT_ID", FakeFreePbx.CLIENT_ID);
        settings.put("FREEPBX_CLIENT_SECRET", FakeFreePbx.CLIENT_SECRET);
        settings.put("FREEPBX_GUI_USER", FakeFreePbx.ADMINISTRATOR);
        settings.put("FREEPBX_GUI_PASSWORD", FakeFreePbx.ADMINISTRATOR_PASSWORD);
        settings.put("SMS_BROADCAST_URL", sms.url());
        settings.put("SMS_BROADCAST_USERNAME", CLINIC);
        settings.put("SMS_BROADCAST_PASSWORD", "secret");
        return settings;
    }

    /** Returns its SIP server; the password of extension 1001 is {@code secret-1001}. */
    public FakeSip sip() {
        return sip;
    }

    /** Returns its manager interface. */
    public FakeAmi ami() {
        return ami;
    }

    /** Returns its REST interface. */
    public FakeAri ari() {
        return ari;
    }

    /** Returns its FreePBX. */
    public FakeFreePbx freepbx() {
        return freepbx;
    }

    /** Returns its carrier of texts. */
    public FakeSmsBroadcast sms() {
        return sms;
    }

    /**
     * Plays a call: its events on AMI and ARI in the order in which a real server of this release
     * sent them, then its call records and its recording. Returns when all has been sent, by
     * default without waiting in between; the times in events and records are those of a call that
     * ends now.
     *
     * @throws IllegalArgumentException if no call can go like this
     * @throws IllegalStateException if it is closed, or the thread interrupted, before a call in
     *     real time is over
     */
    public PlayedCall play(CallScenario scenario) {
        RecordedCall call = RecordedCall.read(release, scenario.recording());
        Duration ringing = scenario.ringing().orElse(call.ringing());
        Retelling retelling =
                new Retelling(
                        call,
                        cast(scenario),
                        ringing,
                        begin(scenario, call, ringing),
                        idsGiven::incrementAndGet);
        for (RecordedCall.Moment moment : call.moments()) {
            if (scenario.isInRealTime()) {
                waitUntil(retelling.moved(moment.at()));
            }
            tell(scenario.passedOver().isPresent(), retelling, moment);
        }
        PlayedCall played = new PlayedCall(retelling.records());
        file(played);
        return played;
    }

    /**
     * Says what becomes of the calls to an extension that clients originate from now on: {@code
     * call to 1002, busy}, {@code not answered}, or {@code answered after 5 s}, which is over at
     * once as in a call that is played. Until then each is answered after two seconds.
     *
     * <p>An {@code Originate} calls {@code PJSIP/1002} and connects it with another extension,
     * which always answers, or with an application. What is answered lasts until a {@code Hangup};
     * then its call record is with FreePBX. What is no extension fails as a telephone does that has
     * not registered. {@code PlayDTMF} is answered and, as on a server, no event tells of it:
     * {@link FakeAmi#actions()} does.
     *
     * @throws IllegalArgumentException if the scenario says more than that
     */
    public void onOriginate(CallScenario scenario) {
        originated.on(scenario);
    }

    private static Instant begin(CallScenario scenario, RecordedCall call, Duration ringing) {
        Instant now = Instant.now();
        Duration recorded = Duration.between(call.start(), call.end());
        return scenario.isInRealTime()
                ? now
                : now.minus(recorded.minus(call.ringing()).plus(ringing));
    }

    private void waitUntil(Instant moment) {
        try {
            long left = Duration.between(Instant.now(), moment).toMillis();
            if (closed.await(left, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("closed while a call was played");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a call was played", e);
        }
    }

    /** Returns who plays whom of the people in the recordings. */
    private Map<String, String> cast(CallScenario scenario) {
        Map<String, String> cast = new HashMap<>();
        cast(cast, "101", "Alice", scenario.from());
        cast(cast, "102", "Bob", scenario.passedOver().orElse(scenario.to()));
        cast(cast, "103", "Carol", scenario.target().orElse("1003"));
        // The recordings dial 8102 to have a call with 102 recorded.
        cast.put("8102", scenario.to());
        scenario.passedOver().ifPresent(agent -> castQueue(cast, scenario.to()));
        return cast;
    }

    /** The recordings have queue 500, which is a device, too. */
    private static void castQueue(Map<String, String> cast, String queue) {
        cast.put("500", queue);
        cast.put("500_avail", queue + "_avail");
    }

    private void cast(Map<String, String> cast, String number, String name, String extension) {
        cast.put(number, extension);
        cast.put(name, people.getOrDefault(extension, extension));
    }

    private void tell(boolean allAgents, Retelling retelling, RecordedCall.Moment moment) {
        if (moment.source() == RecordedCall.Source.ARI) {
            ari.emitToEach(application -> retelling.json(moment, application));
            return;
        }
        AmiMessage event = retelling.event(moment);
        if (allAgents || !isOfAnotherAgent(event)) {
            ami.emit(event);
        }
    }

    /** Those who were called in the recordings are agents; who plays them may be none. */
    private static boolean isOfAnotherAgent(AmiMessage event) {
        return event.get("Event").equals("QueueMemberStatus")
                && !AmiAnswers.isAgent(event.get("Interface"));
    }

    private void file(PlayedCall played) {
        List<Map<String, String>> records = played.records();
        records.forEach(row -> freepbx.addCallRecord(columns(row)));
        long seconds =
                records.stream()
                        .mapToLong(row -> Long.parseLong(row.getOrDefault("billsec", "0")))
                        .sum();
        byte[] sound = Silence.wav(seconds);
        played.recordingFile()
                .ifPresent(
                        name -> {
                            freepbx.addRecording(played.uniqueId(), sound);
                            ari.addRecording(name.replaceFirst("\\.wav$", ""), "wav", sound);
                        });
    }

    private static Map<String, Object> columns(Map<String, String> row) {
        Map<String, Object> columns = new HashMap<>(row);
        columns.keySet().removeAll(List.of("start", "answer", "end", "cnam"));
        columns.put("duration", Integer.valueOf(row.getOrDefault("duration", "0")));
        columns.put("billsec", Integer.valueOf(row.getOrDefault("billsec", "0")));
        return columns;
    }

    /** Stops all of it, a call that is being played included; repeatable. */
    @Override
    public void close() {
        closed.countDown();
        sip.close();
        texts.close();
        ami.close();
        ari.close();
        freepbx.close();
        sms.close();
    }
}
