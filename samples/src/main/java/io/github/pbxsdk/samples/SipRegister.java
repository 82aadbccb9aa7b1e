package io.github.pbxsdk.samples;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.Light;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.security.TlsOptions;
import io.github.pbxsdk.samples.runner.JsonLine;
import io.github.pbxsdk.samples.runner.Sample;
import io.github.pbxsdk.samples.runner.SampleContext;
import io.github.pbxsdk.samples.runner.Setting;
import io.github.pbxsdk.sip.RegisterOptions;
import io.github.pbxsdk.sip.RegistrationStatus;
import io.github.pbxsdk.sip.SipClient;
import io.github.pbxsdk.sip.SipTransport;
import io.github.pbxsdk.sip.event.MessageReceivedEvent;
import io.github.pbxsdk.sip.event.RegistrationChangedEvent;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Is an extension of the PBX, and shows whether it is one: red, yellow, green. */
public final class SipRegister {

    /** The sample as {@code samples/run} knows it. */
    public static final Sample SAMPLE =
            Sample.named("sip-register", "is an extension of the PBX: red, yellow, green")
                    .needs(Setting.SIP_SERVER, Setting.SIP_EXTENSION, Setting.SIP_PASSWORD)
                    .uses(Setting.SIP_DOMAIN, Setting.PBX_CA)
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
        SipRegister shown = new SipRegister(sample);
        try (SipClient sip = client(sample)) {
            sip.events().subscribe(RegistrationChangedEvent.class, shown::show);
            sip.events().subscribe(MessageReceivedEvent.class, shown::show);
            sip.onMessage(message -> {}); // without a listener texts are refused
            register(sample, sip);
            sample.waitFor("for");
        }
    }

    private static SipClient client(SampleContext sample) {
        SipTransport transport =
                SipTransport.valueOf(sample.option("transport").toUpperCase(Locale.ROOT));
        // A host alone, or host:port, as in a URI.
        URI server = URI.create("sip://" + sample.get(Setting.SIP_SERVER));
        SipClient.Builder builder = SipClient.builder().transport(transport);
        if (server.getPort() < 0) {
            builder.server(server.getHost());
        } else {
            builder.server(server.getHost(), server.getPort());
        }
        sample.find(Setting.SIP_DOMAIN).ifPresent(builder::domain);
        if (transport.isSecure()) {
            sample.find(Setting.PBX_CA).map(Path::of).map(TlsOptions::ca).ifPresent(builder::tls);
        }
        return builder.build();
    }

    private static void register(SampleContext sample, SipClient sip) {
        String extension = sample.get(Setting.SIP_EXTENSION);
        RegisterOptions options = RegisterOptions.defaults();
        sip.register(
                extension,
                Credentials.of(extension, sample.get(Setting.SIP_PASSWORD)),
                sample.flag("take-over") ? options.takeOver() : options);
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

    private void show(MessageReceivedEvent event) {
        String from = event.message().from().map(Address::text).orElse("");
        sample.print(
                JsonLine.of(
                        "message",
                        JsonLine.of("from", from)
                                .and("to", event.extension())
                                .and("text", event.message().text())),
                from + ": " + event.message().text());
    }
}
