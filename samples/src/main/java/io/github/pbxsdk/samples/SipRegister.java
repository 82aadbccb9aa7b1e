package io.github.pbxsdk.samples;

import io.github.pbxsdk.core.Light;
import io.github.pbxsdk.pbx.PbxSetting;
import io.github.pbxsdk.samples.runner.JsonLine;
import io.github.pbxsdk.samples.runner.Sample;
import io.github.pbxsdk.samples.runner.SampleContext;
import io.github.pbxsdk.sip.RegistrationStatus;
import io.github.pbxsdk.sip.SipClient;
import io.github.pbxsdk.sip.event.RegistrationChangedEvent;
import java.util.Map;

/** Is an extension of the PBX, and shows whether it is one: red, yellow, green. */
public final class SipRegister {

    /** The sample as {@code samples/run} knows it. */
    public static final Sample SAMPLE =
            Sample.named("sip-register", "is an extension of the PBX: red, yellow, green")
                    .needs(PbxSetting.SIP_SERVER, PbxSetting.SIP_EXTENSION, PbxSetting.SIP_PASSWORD)
                    .uses(PbxSetting.SIP_DOMAIN, PbxSetting.PBX_CA)
                    .option("transport", "NAME", "udp, tcp, tls, ws or wss", "udp")
                    .option("for", "TIME", "how long to stay registered", "1m")
                    .flag("take-over", "end the registrations of other devices first")
                    .onFakePbx(pbx -> {})
                    .running(SipRegister::run);

    private static final Map<Light, String> LAMPS =
            Map.of(Light.RED, "🔴", Light.YELLOW, "🟡", Light.GREEN, "🟢");

    private final SampleContext sample;

    private SipRegister(SampleContext sample) {
        this.sample = sample;
    }

    /** Runs the sample. */
    public static void main(String[] args) {
        SAMPLE.start(args);
    }

    private static void run(SampleContext sample) throws InterruptedException {
        SipLine line = new SipLine(sample);
        try (SipClient sip = line.client()) {
            sip.events().subscribe(RegistrationChangedEvent.class, new SipRegister(sample)::show);
            line.register(sip);
            sample.waitFor("for");
        }
    }

    private void show(RegistrationChangedEvent change) {
        RegistrationStatus now = change.now();
        sample.print(
                JsonLine.of("state", now.state())
                        .and("at", now.since())
                        .and("reason", now.reason()),
                LAMPS.get(now.light())
                        + " "
                        + change.extension()
                        + " "
                        + now.state()
                        + ": "
                        + now.reason());
    }
}
