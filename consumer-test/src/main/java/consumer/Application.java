package consumer;

import io.github.pbxsdk.ami.AmiFields;
import io.github.pbxsdk.ari.model.Channel;
import io.github.pbxsdk.asteriskjava.PbxManagerConnection;
import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.time.ManualTime;
import io.github.pbxsdk.freepbx.FreePbxClient;
import io.github.pbxsdk.pbx.Pbx;
import io.github.pbxsdk.recordings.FreePbxRecordingName;
import io.github.pbxsdk.sip.Registration;
import io.github.pbxsdk.sip.SipClient;
import io.github.pbxsdk.sip.SipTransport;
import io.github.pbxsdk.sms.SmsClient;
import io.github.pbxsdk.sms.provider.TwilioSms;
import io.github.pbxsdk.testing.FaultProxy;
import io.github.pbxsdk.testing.freepbx.FakeFreePbx;
import io.github.pbxsdk.testing.sip.FakeSip;
import io.github.pbxsdk.testing.sms.FakeTwilio;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.asteriskjava.manager.ManagerConnection;
import org.asteriskjava.manager.ManagerConnectionState;

/** Calls each published module; the argument says on which path it must find them. */
public final class Application {

    private Application() {}

    public static void main(String[] arguments) throws IOException {
        boolean modules = arguments[0].equals("module-path");
        core();
        ami();
        ari();
        sip();
        sms();
        freepbx();
        recordings();
        asteriskJava();
        everything();
        testing();
        for (Class<?> ours :
                List.of(
                        PbxResources.class,
                        AmiFields.class,
                        Channel.class,
                        SipClient.class,
                        SmsClient.class,
                        FreePbxClient.class,
                        FreePbxRecordingName.class,
                        PbxManagerConnection.class,
                        Pbx.class,
                        FaultProxy.class)) {
            require(ours.getModule().isNamed() == modules, ours + " is not on the " + arguments[0]);
            System.out.printf("%-12s called %s%n", arguments[0], ours.getName());
        }
    }

    private static void core() {
        ManualTime time = ManualTime.startingAt(Instant.EPOCH);
        AtomicInteger rings = new AtomicInteger();
        try (PbxResources resources = PbxResources.builder().time(time).build()) {
            resources.time().schedule(Duration.ofMinutes(5), rings::incrementAndGet);
            time.advance(Duration.ofMinutes(5));
        }
        require(rings.get() == 1, "the alarm rang " + rings + " times");
    }

    private static void ami() {
        AmiFields hangup = AmiFields.of("Event", "Hangup", "Cause", "16");
        require(hangup.is("event", "Hangup"), "names of fields have no case");
    }

    private static void ari() {
        Channel channel = Channel.fromJson("{\"id\":\"1.1\",\"state\":\"Up\",\"new\":7}");
        require(channel.id().equals("1.1"), "a model is read from JSON");
        require(channel.raw().number("new").getAsLong() == 7, "what is not known is kept");
    }

    private static void sms() {
        try (FakeTwilio server = new FakeTwilio();
                SmsClient sms =
                        SmsClient.builder()
                                .provider(
                                        TwilioSms.builder()
                                                .baseUrl(server.url())
                                                .credentials(Credentials.of("AC1", "token"))
                                                .build())
                                .sender(Address.phone("+61491570110"))
                                .region("AU")
                                .build()) {
            Address to = sms.address("0491 570 156");
            sms.messages().send(TextMessage.to(to).text("Hello").build());
            require(server.accepted().size() == 1, "one text is one request");
        }
    }

    private static void sip() {
        try (FakeSip server = FakeSip.asterisk22();
                SipClient sip =
                        SipClient.builder()
                                .server("127.0.0.1", server.tcp().getPort())
                                .transport(SipTransport.TCP)
                                .build()) {
            Registration extension =
                    sip.register("1001", Credentials.of("1001", "secret-1001"));
            require(extension.isRegistered(), "an extension is registered");
        }
    }

    private static void freepbx() {
        try (FakeFreePbx server = new FakeFreePbx();
                FreePbxClient pbx =
                        FreePbxClient.builder()
                                .baseUri(server.url())
                                .credentials(
                                        Credentials.of(
                                                FakeFreePbx.CLIENT_ID, FakeFreePbx.CLIENT_SECRET))
                                .build()) {
            server.addExtension("1001", "Reception");
            require(pbx.extensions().get("1001").name().equals("Reception"), "a name is read");
        }
    }

    private static void recordings() {
        FreePbxRecordingName name =
                FreePbxRecordingName.find("out-0491570156-1001-20261121-101530-1795216112.4.wav")
                        .orElseThrow();
        require(name.uniqueid().equals("1795216112.4"), "a name is read from the right");
    }

    private static void asteriskJava() {
        ManagerConnection connection = new PbxManagerConnection("127.0.0.1", "user", "secret");
        require(connection.getState() == ManagerConnectionState.INITIAL, "nothing is opened yet");
    }

    private static void everything() {
        try (Pbx pbx = Pbx.from(Map.of())) {
            require(!pbx.health().words().isEmpty(), "health has words without a setting");
        }
    }

    private static void testing() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                FaultProxy network = FaultProxy.tcp(addressOf(server));
                Socket client = new Socket()) {
            client.connect(network.address());
            try (Socket accepted = server.accept()) {
                accepted.getOutputStream().write(42);
                require(client.getInputStream().read() == 42, "the proxy passes what is sent");
            }
        }
    }

    private static InetSocketAddress addressOf(ServerSocket server) {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    private static void require(boolean condition, String what) {
        if (!condition) {
            throw new IllegalStateException(what);
        }
    }
}
