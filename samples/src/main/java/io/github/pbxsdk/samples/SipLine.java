package io.github.pbxsdk.samples;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.security.TlsOptions;
import io.github.pbxsdk.pbx.PbxSetting;
import io.github.pbxsdk.samples.runner.JsonLine;
import io.github.pbxsdk.samples.runner.SampleContext;
import io.github.pbxsdk.sip.RegisterOptions;
import io.github.pbxsdk.sip.SipClient;
import io.github.pbxsdk.sip.SipTransport;
import io.github.pbxsdk.sip.event.MessageReceivedEvent;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;

/** What the SIP samples share: a client, its extension, and the texts that arrive for it. */
final class SipLine {

    private final SampleContext sample;

    SipLine(SampleContext sample) {
        this.sample = sample;
    }

    /** Returns a client that shows each text that arrives. */
    SipClient client() {
        SipTransport transport =
                SipTransport.valueOf(sample.option("transport").toUpperCase(Locale.ROOT));
        // A host alone, or host:port, as in a URI.
        URI server = URI.create("sip://" + sample.get(PbxSetting.SIP_SERVER));
        SipClient.Builder builder = SipClient.builder().transport(transport);
        if (server.getPort() < 0) {
            builder.server(server.getHost());
        } else {
            builder.server(server.getHost(), server.getPort());
        }
        sample.find(PbxSetting.SIP_DOMAIN).ifPresent(builder::domain);
        if (transport.isSecure()) {
            sample.find(PbxSetting.PBX_CA)
                    .map(Path::of)
                    .map(TlsOptions::ca)
                    .ifPresent(builder::tls);
        }
        SipClient sip = builder.build();
        sip.events().subscribe(MessageReceivedEvent.class, this::show);
        return sip;
    }

    /** Registers the extension of the settings. */
    void register(SipClient sip) {
        String extension = sample.get(PbxSetting.SIP_EXTENSION);
        RegisterOptions options = RegisterOptions.defaults();
        sip.register(
                extension,
                Credentials.of(extension, sample.get(PbxSetting.SIP_PASSWORD)),
                sample.flag("take-over") ? options.takeOver() : options);
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
