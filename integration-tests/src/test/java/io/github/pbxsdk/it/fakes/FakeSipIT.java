package io.github.pbxsdk.it.fakes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.security.TlsOptions;
import io.github.pbxsdk.it.lab.Asterisk;
import io.github.pbxsdk.it.lab.OnAsterisk;
import io.github.pbxsdk.testing.sip.FakeSip;
import io.github.pbxsdk.testing.sip.SipMessage;
import io.github.pbxsdk.testing.sip.SipProbe;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Where {@link FakeSip} and the real server answer the same request differently, the fake is wrong.
 */
@OnAsterisk
class FakeSipIT {

    private static final Credentials PHONE = Credentials.of("1019", "secret-1019");

    private final Asterisk asterisk;

    FakeSipIT(Asterisk asterisk) {
        this.asterisk = asterisk;
    }

    /** The ways to a server. */
    enum Road {
        UDP,
        TCP,
        TLS,
        WS,
        WSS
    }

    /** A conversation: what came back in the end, in its order. */
    private interface Talk extends Function<SipProbe, List<SipMessage>> {}

    private FakeSip fake() {
        return asterisk.major() == 16 ? FakeSip.asterisk16() : FakeSip.asterisk22();
    }

    private SipProbe real(Road road, Credentials extension) {
        return switch (road) {
            case UDP -> SipProbe.udp(asterisk.sip(), extension);
            case TCP -> SipProbe.tcp(asterisk.sip(), extension);
            case TLS -> SipProbe.tls(asterisk.sipTls(), asterisk.trust(), extension);
            case WS -> SipProbe.webSocket(asterisk.sipWs(), null, extension);
            case WSS -> SipProbe.webSocket(asterisk.sipWss(), asterisk.trust(), extension);
        };
    }

    private static SipProbe imitated(FakeSip fake, Road road, Credentials extension) {
        return switch (road) {
            case UDP -> SipProbe.udp(fake.udp(), extension);
            case TCP -> SipProbe.tcp(fake.tcp(), extension);
            case TLS -> SipProbe.tls(fake.tls(), trust(fake), extension);
            case WS -> SipProbe.webSocket(fake.ws(), null, extension);
            case WSS -> SipProbe.webSocket(fake.wss(), trust(fake), extension);
        };
    }

    private static SSLContext trust(FakeSip fake) {
        return TlsOptions.builder().ca(fake.authority()).build().sslContext();
    }

    private void compare(Road road, Credentials extension, Talk talk) {
        try (FakeSip fake = fake();
                SipProbe real = real(road, extension);
                SipProbe imitated = imitated(fake, road, extension)) {
            List<String> expected = Wording.of(talk.apply(real));
            assertThat(Wording.of(talk.apply(imitated))).isEqualTo(expected);
        }
    }

    private void compare(Talk talk) {
        compare(Road.UDP, PHONE, talk);
    }

    private static SipMessage ask(SipProbe phone, String method, String user) {
        String uri = user.isEmpty() ? "sip:127.0.0.1" : "sip:" + user + "@127.0.0.1";
        return phone.request(method, uri, uri);
    }

    @ParameterizedTest
    @EnumSource
    void registersTheSame(Road road) {
        compare(
                road,
                PHONE,
                phone -> {
                    SipMessage request =
                            phone.request("REGISTER", "sip:127.0.0.1", phone.self())
                                    .with(
                                            "Contact",
                                            ("\"A <sip:b@c>, d\" <" + phone.contact() + ";ob>")
                                                    + ";expires=40;reg-id=1;+sip.instance="
                                                    + "\"<urn:uuid:"
                                                    + UUID.randomUUID()
                                                    + ">\"");
                    phone.send(request);
                    SipMessage challenge = phone.nextAnswer();
                    phone.send(phone.withDigest(phone.again(request), challenge));
                    SipMessage registered = phone.nextAnswer();
                    SipMessage asked =
                            phone.exchange(
                                    phone.request("REGISTER", "sip:127.0.0.1", phone.self()));
                    SipMessage removed =
                            phone.exchange(
                                    phone.request("REGISTER", "sip:127.0.0.1", phone.self())
                                            .with("Contact", "*")
                                            .with("Expires", "0"));
                    return List.of(challenge, registered, asked, removed);
                });
    }

    @ParameterizedTest
    @EnumSource
    void passesTextsOnTheSame(Road road) {
        compare(
                road,
                PHONE,
                phone -> {
                    phone.register(60);
                    SipMessage accepted = phone.text("1019", "Grüße ☎");
                    SipMessage text = phone.nextRequest();
                    SipMessage ended = phone.register(0);
                    return List.of(accepted, text, ended);
                });
    }

    @ParameterizedTest
    @ValueSource(ints = {1023, 1024})
    void losesTheSameLongTexts(int length) {
        compare(
                phone -> {
                    phone.register(60);
                    SipMessage accepted = phone.text("1019", "x".repeat(length));
                    SipMessage text = phone.nextRequest();
                    phone.register(0);
                    return List.of(accepted, text);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "100000", "4294967299", "0"})
    void grantsTheSameTimes(String expires) {
        compare(
                phone -> {
                    SipMessage answer =
                            phone.exchange(
                                    phone.request("REGISTER", "sip:127.0.0.1", phone.self())
                                            .with("Contact", "<" + phone.contact() + ">")
                                            .with("Expires", expires));
                    phone.register(0);
                    return List.of(answer);
                });
    }

    @Test
    void rewritesTheSameContacts() {
        compare(
                phone ->
                        List.of(
                                phone.exchange(
                                        ask(phone, "REGISTER", "1018")
                                                .with("Contact", "<sip:1018@127.0.0.2:1111>")
                                                .with("Contact", "<sip:1018@127.0.0.3:2222>")
                                                .with("Expires", "60")),
                                phone.exchange(
                                        ask(phone, "REGISTER", "1018")
                                                .with("Contact", "*")
                                                .with("Expires", "0"))));
    }

    @Test
    void refusesTheSameRegistrations() {
        compare(
                phone -> {
                    SipMessage request = phone.request("REGISTER", "sip:127.0.0.1", phone.self());
                    return List.of(
                            phone.exchange(request.with("Contact", "*")),
                            phone.exchange(phone.again(request).with("Contact", "<tel:5551234>")),
                            phone.exchange(
                                    phone.request("REGISTER", "sip:127.0.0.1", "sip:1018@127.0.0.1")
                                            .with("Contact", "<" + phone.contact() + ">")));
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html",
                "application/json",
                "message/cpim",
                "text/plain",
                "TEXT/Plain; charset=\"utf-8\""
            })
    void takesTheSameContentTypes(String type) {
        compare(
                phone ->
                        List.of(
                                phone.exchange(
                                        ask(phone, "MESSAGE", "1018")
                                                .with("Content-Type", type)
                                                .body("{}"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1018", "12", "+1", "*9"})
    void knowsTheSameNumbersForTexts(String user) {
        compare(
                phone ->
                        List.of(
                                phone.exchange(
                                        ask(phone, "MESSAGE", user)
                                                .with("Content-Type", "text/plain")
                                                .body("Hello"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1018", "600", "99", "abc"})
    void answersOptionsTheSame(String user) {
        compare(phone -> List.of(phone.exchange(ask(phone, "OPTIONS", user))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FOO", "PUBLISH", "INFO", "REFER", "BYE", "NOTIFY", "UPDATE", "CANCEL", "PRACK"
            })
    void refusesTheSameMethods(String method) {
        compare(
                phone ->
                        List.of(
                                phone.exchange(
                                        ask(phone, method, "1018")
                                                .with("Contact", "<" + phone.contact() + ">"))));
    }

    /** The offer is judged first, then the call that is to be replaced, which there is not. */
    @ParameterizedTest
    @CsvSource({
        "1018, RTP/AVP",
        "1018, UDP/TLS/RTP/SAVPF",
        "1021, RTP/AVP",
        "1021, UDP/TLS/RTP/SAVPF"
    })
    void judgesTheSameOffers(String extension, String profile) {
        compare(
                Road.TCP,
                Credentials.of(extension, "secret-" + extension),
                phone ->
                        List.of(
                                phone.exchange(
                                        ask(phone, "INVITE", extension)
                                                .with("Contact", "<" + phone.contact() + ">")
                                                .with("Require", "replaces")
                                                .with("Replaces", "none;to-tag=a;from-tag=b")
                                                .with("Content-Type", "application/sdp")
                                                .body(offer(profile)))));
    }

    private static String offer(String profile) {
        return String.join(
                "\r\n",
                "v=0",
                "o=- 1 1 IN IP4 127.0.0.1",
                "s=-",
                "c=IN IP4 127.0.0.1",
                "t=0 0",
                "m=audio 9 " + profile + " 0",
                "a=fingerprint:sha-256 " + "AB:".repeat(31) + "AB",
                "a=setup:actpass",
                "a=ice-ufrag:abcd",
                "a=ice-pwd:abcdefghijklmnopqrstuvwx",
                "a=rtcp-mux",
                "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"message-summary", "foo", ""})
    void refusesTheSameSubscriptions(String event) {
        compare(
                phone -> {
                    SipMessage request =
                            ask(phone, "SUBSCRIBE", "1018")
                                    .with("Contact", "<" + phone.contact() + ">")
                                    .with("Expires", "60");
                    return List.of(
                            phone.exchange(
                                    event.isEmpty() ? request : request.with("Event", event)));
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"presence", "dialog"})
    void beginsAndEndsSubscriptionsTheSame(String event) {
        compare(
                phone -> {
                    SipMessage request =
                            ask(phone, "SUBSCRIBE", "1018")
                                    .with("Contact", "<" + phone.contact() + ">")
                                    .with("Event", event);
                    SipMessage begun = phone.exchange(request.with("Expires", "60"));
                    SipMessage told = phone.nextRequest();
                    SipMessage last =
                            phone.again(request).without("To").with("To", begun.get("To"));
                    SipMessage ended = phone.exchange(last.with("Expires", "0"));
                    List<SipMessage> all =
                            new ArrayList<>(List.of(begun, withoutBody(told), ended));
                    if (asterisk.major() == 22) {
                        all.add(withoutBody(phone.nextRequest()));
                    }
                    return all;
                });
    }

    private static SipMessage withoutBody(SipMessage message) {
        return message.without("Content-Length").body("");
    }

    @Test
    void tellsOfTheMailboxUnaskedTheSame() {
        compare(
                Road.UDP,
                asterisk.extension(1005),
                phone -> {
                    phone.register(60);
                    SipMessage told = phone.nextRequest();
                    phone.register(0);
                    return List.of(told);
                });
    }

    @Test
    void refusesTheSameCredentials() {
        compare(Road.UDP, Credentials.of("1019", "wrong"), phone -> List.of(phone.register(60)));
        compare(Road.UDP, Credentials.of("nobody", "x"), phone -> List.of(phone.register(60)));
    }

    @Test
    void callsTheSameNoncesStale() {
        compare(
                phone -> {
                    SipMessage request = ask(phone, "OPTIONS", "");
                    phone.send(request);
                    SipMessage challenge = phone.nextAnswer();
                    String old =
                            challenge
                                    .get("WWW-Authenticate")
                                    .replaceAll("nonce=\"[^\"]*\"", "nonce=\"1795245121/ab\"");
                    SipMessage refusal =
                            challenge.without("WWW-Authenticate").with("WWW-Authenticate", old);
                    phone.send(phone.withDigest(phone.again(request), refusal));
                    return List.of(phone.nextAnswer());
                });
    }

    @Test
    void offersTheSameAlgorithms() {
        compare(
                Road.UDP,
                Credentials.of("1023", "secret-1023"),
                phone -> {
                    SipMessage request = ask(phone, "OPTIONS", "");
                    phone.send(request);
                    SipMessage challenge = phone.nextAnswer();
                    phone.send(phone.withDigest(phone.again(request), challenge));
                    return List.of(challenge, phone.nextAnswer());
                });
    }

    @ParameterizedTest
    @ValueSource(ints = {1024, 1026})
    void hasTheSameRoomForDevices(int number) {
        Credentials extension = asterisk.extension(number);
        try (FakeSip fake = fake();
                SipProbe real = real(Road.UDP, extension);
                SipProbe secondReal = real(Road.UDP, extension);
                SipProbe imitated = imitated(fake, Road.UDP, extension);
                SipProbe secondImitated = imitated(fake, Road.UDP, extension)) {
            List<String> expected = Wording.of(registerBoth(real, secondReal));
            assertThat(Wording.of(registerBoth(imitated, secondImitated))).isEqualTo(expected);
        }
    }

    private static List<SipMessage> registerBoth(SipProbe first, SipProbe second) {
        List<SipMessage> answers = new ArrayList<>();
        answers.add(first.register(60));
        answers.add(second.register(60));
        second.register(0);
        first.register(0);
        return answers;
    }

    @ParameterizedTest
    @ValueSource(strings = {"Via", "From", "To", "Call-ID", "CSeq"})
    void doesNotAnswerWithoutWhatIsEssential(String header) {
        compare(
                phone -> {
                    phone.send(ask(phone, "OPTIONS", "").without(header));
                    phone.send(ask(phone, "OPTIONS", ""));
                    return List.of(phone.nextAnswer());
                });
    }

    @Test
    void doesNotAnswerWhenATimeIsAWord() {
        compare(
                phone -> {
                    phone.send(ask(phone, "REGISTER", "").with("Expires", "soon"));
                    phone.send(ask(phone, "OPTIONS", ""));
                    return List.of(phone.nextAnswer());
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"OPTIONS sip:127.0.0.1 SIP/3.0", "OPTIONS http://x SIP/2.0", "Hello"})
    void doesNotAnswerWhatIsNoRequest(String startLine) {
        compare(
                phone -> {
                    SipMessage request = ask(phone, "OPTIONS", "");
                    String text = request.toString().replace(request.startLine(), startLine);
                    phone.sendRaw(text.getBytes(StandardCharsets.UTF_8));
                    phone.send(ask(phone, "OPTIONS", ""));
                    return List.of(phone.nextAnswer());
                });
    }

    @Test
    void readsTheSameLooseForms() {
        Map<String, String> forms =
                Map.of("From:", "f:", "To:", "t:\r\n ", "Call-ID:", "i :", "Via:", "v:");
        compare(
                phone -> {
                    List<SipMessage> answers = new ArrayList<>();
                    forms.forEach(
                            (from, to) -> {
                                String text = ask(phone, "OPTIONS", "").toString();
                                phone.sendRaw(
                                        text.replace(from, to).getBytes(StandardCharsets.UTF_8));
                                answers.add(phone.nextAnswer());
                            });
                    String text = ask(phone, "OPTIONS", "").toString().replace("\r\n", "\n");
                    phone.sendRaw(text.getBytes(StandardCharsets.UTF_8));
                    answers.add(phone.nextAnswer());
                    return answers;
                });
    }

    @Test
    void takesARepeatedTextOnce() {
        compare(
                phone -> {
                    phone.register(60);
                    SipMessage text =
                            ask(phone, "MESSAGE", "1019")
                                    .with("Content-Type", "text/plain")
                                    .body("once");
                    phone.send(text);
                    SipMessage right = phone.withDigest(phone.again(text), phone.nextAnswer());
                    phone.send(right);
                    SipMessage first = phone.nextAnswer();
                    phone.nextRequest();
                    phone.send(right);
                    SipMessage second = phone.nextAnswer();
                    phone.text("1019", "another");
                    SipMessage next = phone.nextRequest();
                    phone.register(0);
                    return List.of(first, second, next);
                });
    }
}
