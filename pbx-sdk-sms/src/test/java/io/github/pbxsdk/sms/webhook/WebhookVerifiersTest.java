package io.github.pbxsdk.sms.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.http.HttpHeaders;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The published vectors of each scheme, and each of them spoiled. */
class WebhookVerifiersTest {

    private static final String BODY_SHA =
            "0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620";

    private static final String RSA_KEY =
            "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAlbbNYqt8GWBZWL7uCjPFIMOMihNCOvZXphqbxvPi"
                    + "XjxUwpPhEj2shh99vMwKR/rfQyID1DVk3Ur241iYtapBEBzh4upGK/tZI6oyQQdpmEOWZbfSEGdZ"
                    + "EZy7My+f7BDd+SNVxlFtjfHfpmcOXp3Qz/4Ar2QG8I3HvwwsOjnuR9InRlZU1GEQIvbih8bd5GsO"
                    + "JcO39MvWdKkiytojn0370H88Go9CtuYS/MntDG3iW6jlILPS7itl9bq1IUDUi+s4JAiv3xLxUr+B"
                    + "bCObmYnu+rL9yoirlwKInoinp5WoDG8AVbQo8ogfVYpa6XTIIa7g3aBpOQueWVzt0IznQwN18QID"
                    + "AQAB";

    private static final String RSA_SIGNATURE =
            "b1XSlJ9ocLFsaB+pVbWjsAAUaM9P+CtahgGM0YH8TFq0pfmL0EMwzGia+4QDI5okxRrN/A6Uprqb8jI/ZXlK"
                    + "UCJO23A07WcaAUWpBI0FVETKxVARHciWoAXNKNnIsoOKmvmW6+JTx0cHtYyRRP7t8LFn2eK5Jk2Q"
                    + "3j77j5432Jz7mEk8Q0B3JcP0UYKYLNPJkm0guCZapvWEQktwrs1O4f2/VxvlHc9X4yvSkumuJcoY"
                    + "0k0D0N6DR+S4JEqSu3MUHl2KpMa0FOKpVfI/m5LyukzdLjmUAHclHwPZHMNPAITFI++rW/l4EHdT"
                    + "iUMCdI+FR5mxXFe/xvxKBW4+GBxskw==";

    private static final String RSA_BODY =
            "{\"reply_id\":\"a175e797-2b54-468b-9850-41a3eab32f74\",\"source_number\":"
                    + "\"+61491570156\",\"destination_number\":\"+61491570157\",\"date_received\":"
                    + "\"2025-01-15T03:04:04.000Z\",\"message_id\":"
                    + "\"877c19ef-fa2e-4cec-827a-e1df9b5509f7\",\"content\":\"Yes ✓\",\"metadata\":"
                    + "{\"apiClientRef\":\"1214\"}}";

    static Stream<Genuine> vectors() {
        return Stream.of(
                new Genuine(
                        "Twilio form",
                        WebhookVerifiers.twilio("12345"),
                        "https://mycompany.com/myapp.php?foo=1&bar=2",
                        "CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234"
                                + "&From=%2B14158675309&To=%2B18005551212",
                        "X-Twilio-Signature",
                        "RSOYDt4T1cUTdK1PDd93/VVr8B8="),
                new Genuine(
                        "Twilio Unicode",
                        WebhookVerifiers.twilio("old", "12345"),
                        "https://example.org/sms",
                        "MessageSid=SM00000000000000000000000000000001&From=%2B15551230001"
                                + "&To=%2B15551230002&Body=Caf%C3%A9+%F0%9F%91%8D+%26+more&NumMedia=0",
                        "X-Twilio-Signature",
                        "Y5VxrPPZ/Qb4sXtUXjoeBxnSr8M="),
                new Genuine(
                        "Twilio JSON",
                        WebhookVerifiers.twilio("12345"),
                        "https://mycompany.com/myapp.php?bodySHA256=" + BODY_SHA,
                        "{\"property\": \"value\", \"boolean\": true}",
                        "X-Twilio-Signature",
                        "y77kIzt2vzLz71DgmJGsen2scGs="),
                new Genuine(
                        "Twilio JSON with a query",
                        WebhookVerifiers.twilio("12345"),
                        "https://mycompany.com/myapp.php?foo=1&bar=2&bodySHA256=" + BODY_SHA,
                        "{\"property\": \"value\", \"boolean\": true}",
                        "X-Twilio-Signature",
                        "a9nBmqA0ju/hNViExpshrM61xv4="),
                new Genuine(
                        "SignalWire",
                        WebhookVerifiers.signalWire("PSKEXAMPLE"),
                        "https://example.org/sw",
                        "{\"a\":1}",
                        "X-SignalWire-Signature",
                        "97904617ec1317cfdccea7bd7af31741c064e929"),
                new Genuine(
                        "Telnyx",
                        WebhookVerifiers.telnyx("11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="),
                        "https://example.org/telnyx",
                        "{\"data\":{\"event_type\":\"message.received\"}}",
                        "telnyx-signature-ed25519",
                        "K7VcG4FwrJElTZQuuMjgRsShfiMD/cRlI/rYFi/YZs0txJENzEiIIqL68zGgOekgF/ap1T7sys"
                                + "couYdDcaICBw==",
                        "telnyx-timestamp",
                        "1700000000"),
                new Genuine(
                        "Sinch",
                        WebhookVerifiers.sinch("s3cret"),
                        "https://example.org/sinch",
                        "{\"type\":\"mo_text\"}",
                        "x-sinch-webhook-signature",
                        "d5iy1OUIZIdQvf+OONoOe7KOktQkAC27qdV78q5C5AU=",
                        "x-sinch-webhook-signature-nonce",
                        "nonce1",
                        "x-sinch-webhook-signature-timestamp",
                        "1700000000"),
                new Genuine(
                        "Standard Webhooks",
                        WebhookVerifiers.standardWebhooks("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
                        "https://example.org/standard",
                        "{\"test\": 2432232314}",
                        "webhook-signature",
                        "v1,wrong v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
                        "webhook-id",
                        "msg_p5jXN8AQM9LWM0D4loKWxJek",
                        "webhook-timestamp",
                        "1614265330"),
                new Genuine(
                        "MessageMedia",
                        WebhookVerifiers.messageMedia("SHA256", RSA_KEY),
                        "https://example.org/hooks/mm?site=1",
                        RSA_BODY,
                        "X-MessageMedia-Signature",
                        RSA_SIGNATURE,
                        "Date",
                        "Wed, 15 Jan 2025 03:04:05 GMT"),
                new Genuine(
                        "bridge",
                        WebhookVerifiers.freePbxBridge("key"),
                        "https://example.org/sms",
                        "The quick brown fox jumps over the lazy dog",
                        "x-freepbx-signature",
                        "f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8"),
                new Genuine(
                        "secret in a header",
                        WebhookVerifiers.secretInHeader("X-Secret", "s3cret"),
                        "https://example.org/sms",
                        "",
                        "X-Secret",
                        "s3cret"),
                new Genuine(
                        "Basic",
                        WebhookVerifiers.basic(Credentials.of("key", "secret")),
                        "https://example.org/sms",
                        "",
                        "Authorization",
                        "Basic a2V5OnNlY3JldA=="));
    }

    @ParameterizedTest
    @CsvSource({
        "md5hash, 4c0ed20c40dd3ba581d959c0c389ff77",
        "md5, 5441D6BEA708E676A9D90687E9F7DD54",
        "sha1, 31dafd092f4046b9ddbd576ac36ebbaa2b784f99",
        "sha256, a20154bea23fba26692a18faa61d10a25d339a2551e89351e43a724a2741a514",
        "sha512, 0d7bf5568a4aeaa181f0f01ff6c71cf590ed044c8fddc2b3e674c1361efdb8ac"
                + "f4ad02aa024255ddac649a14b7bfd01f9bb26743ab9fc5177d25a065057e74b9"
    })
    void vonageSignsParametersWhereverTheyStand(String method, String signature) {
        WebhookVerifier verifier = WebhookVerifiers.vonage(method, "old", "s3cret");
        String form =
                "msisdn=61491570156&to=61491570110&messageId=0A0000000123ABCD1"
                        + "&text=a%3Db%26c+Gr%C3%B6%C3%9Fe&timestamp=1700000000&sig=";
        String json =
                "{\"msisdn\":\"61491570156\",\"to\":\"61491570110\",\"messageId\":"
                        + "\"0A0000000123ABCD1\",\"text\":\"a=b&c Größe\",\"timestamp\":1700000000,"
                        + "\"sig\":\""
                        + signature
                        + "\"}";
        Instant now = Instant.ofEpochSecond(1_700_000_100);

        assertThat(verifier.accepts(vonage("GET", "?" + form + signature, ""), now)).isTrue();
        assertThat(verifier.accepts(vonage("POST", "", form + signature), now)).isTrue();
        assertThat(verifier.accepts(vonage("POST", "", json), now)).isTrue();
        assertThat(verifier.accepts(vonage("POST", "", json), now.plusSeconds(400))).isFalse();
        assertThat(verifier.accepts(vonage("POST", "", form + signature + "0"), now)).isFalse();
        assertThat(verifier.accepts(vonage("POST", "", "to=1&" + form + signature), now)).isFalse();
    }

    private static WebhookRequest vonage(String method, String query, String body) {
        return WebhookRequest.of(
                method,
                "https://example.org/vonage" + query,
                HttpHeaders.empty(),
                body.getBytes(UTF_8));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void acceptsTheVector(Genuine genuine) {
        assertThat(
                        genuine.verifier.accepts(
                                genuine.request(genuine.url, genuine.body), genuine.now()))
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void refusesWithoutASignature(Genuine genuine) {
        WebhookRequest bare =
                WebhookRequest.of(
                        "POST", genuine.url, HttpHeaders.empty(), genuine.body.getBytes(UTF_8));

        assertThat(genuine.verifier.accepts(bare, genuine.now())).isFalse();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void refusesASignatureThatIsSpoiled(Genuine genuine) {
        for (String spoiled : new String[] {"", " ", "no!", genuine.headers[1] + "x", "%"}) {
            WebhookRequest request =
                    genuine.withSignature(spoiled).request(genuine.url, genuine.body);
            assertThat(genuine.verifier.accepts(request, genuine.now())).as(spoiled).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void refusesAnotherBodyWhereTheBodyIsSigned(Genuine genuine) {
        boolean signed = !genuine.body.isEmpty();
        WebhookRequest other = genuine.request(genuine.url, genuine.body + "&x=%zz");

        assertThat(genuine.verifier.accepts(other, genuine.now())).isEqualTo(!signed);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void refusesAnOldCallWhereTheTimeIsSigned(Genuine genuine) {
        boolean dated = genuine.timestamp() != null;

        assertThat(
                        genuine.verifier.accepts(
                                genuine.request(genuine.url, genuine.body),
                                genuine.now().plusSeconds(301)))
                .isEqualTo(!dated);
    }

    @Test
    void twilioMayWriteTheDefaultPortOrNot() {
        Genuine form = vectors().findFirst().orElseThrow();
        String port = form.url.replace("mycompany.com", "mycompany.com:443");

        assertThat(form.verifier.accepts(form.request(port, form.body), form.now())).isTrue();
        assertThat(
                        form.verifier.accepts(
                                form.request(port.replace("443", "8443"), form.body), form.now()))
                .isFalse();
        assertThat(form.verifier.accepts(form.request(form.url + "#rc=2", form.body), form.now()))
                .isTrue();
    }

    @Test
    void aSecretInTheQueryMayBeReplacedByAnotherOne() {
        WebhookVerifier verifier = WebhookVerifiers.secretInQuery("key", "new", "old");

        assertThat(verifier.accepts(query("/sms?key=old"), Instant.EPOCH)).isTrue();
        assertThat(verifier.accepts(query("/sms?key=new"), Instant.EPOCH)).isTrue();
        assertThat(verifier.accepts(query("/sms?key=other"), Instant.EPOCH)).isFalse();
        assertThat(verifier.accepts(query("/sms"), Instant.EPOCH)).isFalse();
    }

    private static WebhookRequest query(String url) {
        return WebhookRequest.of("GET", url, HttpHeaders.empty(), new byte[0]);
    }

    @Test
    void secretsThatAreNoneAreRefusedAtOnce() {
        assertThatThrownBy(() -> WebhookVerifiers.twilio(" "))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> WebhookVerifiers.telnyx("bm8="))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> WebhookVerifiers.messageMedia("MD5", RSA_KEY))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** A request that was signed; the signature is the first header. */
    private static final class Genuine {

        private final String name;
        private final WebhookVerifier verifier;
        private final String url;
        private final String body;
        private final String[] headers;

        Genuine(String name, WebhookVerifier verifier, String url, String body, String... headers) {
            this.name = name;
            this.verifier = verifier;
            this.url = url;
            this.body = body;
            this.headers = headers;
        }

        Genuine withSignature(String value) {
            String[] others = headers.clone();
            others[1] = value;
            return new Genuine(name, verifier, url, body, others);
        }

        WebhookRequest request(String called, String content) {
            HttpHeaders.Builder all = HttpHeaders.builder();
            for (int i = 0; i < headers.length; i += 2) {
                all.add(headers[i], headers[i + 1]);
            }
            return WebhookRequest.of("POST", called, all.build(), content.getBytes(UTF_8));
        }

        String timestamp() {
            for (int i = 0; i < headers.length; i += 2) {
                if (headers[i].endsWith("timestamp")) {
                    return headers[i + 1];
                }
            }
            return null;
        }

        Instant now() {
            String timestamp = timestamp();
            return timestamp == null
                    ? Instant.EPOCH
                    : Instant.ofEpochSecond(Long.parseLong(timestamp));
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
