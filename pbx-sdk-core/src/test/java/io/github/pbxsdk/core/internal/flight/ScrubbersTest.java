package io.github.pbxsdk.core.internal.flight;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.core.internal.redact.Redaction;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScrubbersTest {

    /** So much of a secret in a row is a leak. */
    private static final int FRAGMENT = 5;

    @Property(tries = 5_000)
    void noSecretGetsThroughWhereverItStands(
            @ForAll Placement placement, @ForAll("secrets") String secret) {
        String scrubbed = placement.scrubber().scrub(placement.message(secret));

        assertNoFragment(scrubbed, placement, secret);
    }

    static void assertNoFragment(String scrubbed, Placement placement, String secret) {
        String encoded = placement.encoded(secret);
        for (int i = 0; i + FRAGMENT <= encoded.length(); i++) {
            String fragment = encoded.substring(i, i + FRAGMENT);
            if (!placement.template().contains(fragment)) {
                assertThat(scrubbed).as(placement + " of " + encoded).doesNotContain(fragment);
            }
        }
    }

    @Provide
    Arbitrary<String> secrets() {
        return Arbitraries.strings().withCharRange('!', '~').ofMinLength(8).ofMaxLength(40);
    }

    @ParameterizedTest
    @EnumSource
    void maskStandsInPlaceOfTheSecret(Placement placement) {
        assertThat(placement.scrubber().scrub(placement.message("s3cret-pw"))).contains("***");
    }

    @Test
    void whatIsNoSecretStays() {
        List<String> amiMessages =
                List.of(
                        "Action: DBGet\r\nFamily: cidname\r\nKey: 100\r\n\r\n",
                        "Event: DBGetResponse\r\nFamily: cidname\r\nKey: 100\r\nVal: Alice\r\n\r\n",
                        "Event: SuccessfulAuth\r\nUsingPassword: 0\r\nSessionID: 0x7f\r\n\r\n",
                        "Response: Error\r\nMessage: Authentication failed\r\n\r\n",
                        "Action: Challenge\r\nAuthType: MD5\r\n\r\n");
        assertThat(amiMessages)
                .allSatisfy(
                        message -> assertThat(Scrubbers.ami().scrub(message)).isEqualTo(message));
        String http = "POST /token HTTP/1.1\r\nHost: x\r\n\r\ngrant_type=x&client_id=7&scope=gql";
        assertThat(Scrubbers.http().scrub(http)).isEqualTo(http);
        String sip = "SIP/2.0 401 Unauthorized\r\nWWW-Authenticate: Digest nonce=\"1\"\r\n\r\n";
        assertThat(Scrubbers.sip().scrub(sip)).isEqualTo(sip);
        String json = "{ \"token_type\" : \"Bearer\", \"a\":[1, null,{\"b\":\"x\\u00fc\\n\"}] }";
        assertThat(Scrubbers.json().scrub(json)).isEqualTo(json);
    }

    @Test
    void onlyTheSecretIsMasked() {
        assertThat(Placement.AMI_LOGIN.scrubber().scrub(Placement.AMI_LOGIN.message("s3cret")))
                .isEqualTo(
                        "Action: Login\r\nUsername: admin\r\nSecret: ***\r\nEvents: off\r\n\r\n");
        assertThat(
                        Placement.HTTP_API_KEY
                                .scrubber()
                                .scrub(Placement.HTTP_API_KEY.message("s3cret")))
                .isEqualTo("GET /ari/events?api_key=***&app=x HTTP/1.1\r\nHost: pbx\r\n\r\n");
        assertThat(
                        Placement.HTTP_GRAPHQL
                                .scrubber()
                                .scrub(Placement.HTTP_GRAPHQL.message("s3cret")))
                .endsWith(
                        "{\"query\": \"mutation{addUser(input:{password:***,format:plain}){id}}\"}");
        assertThat(
                        Placement.HTTP_GRAPHQL_VARIABLES
                                .scrubber()
                                .scrub(Placement.HTTP_GRAPHQL_VARIABLES.message("s3cret")))
                .endsWith("\"variables\":{\"i\":{\"extPassword\":\"***\"}}}");
        assertThat(Scrubbers.json().scrub("{\"password\":null,\"secret\":\"\"}"))
                .isEqualTo("{\"password\":null,\"secret\":\"\"}");
    }

    @Test
    void knownSecretIsMaskedInFreeTextToo() {
        Scrubber scrubber = Scrubbers.ami().knowing(Redaction.of(List.of("hunter22")));

        assertThat(scrubber.scrub("Action: Command\r\nCommand: say hunter22 now\r\n\r\n"))
                .isEqualTo("Action: Command\r\nCommand: say *** now\r\n\r\n");
    }

    @Test
    void maliciousMessagesCostLittle() {
        String head = "POST / HTTP/1.1\r\n\r\n";
        List<String> hostile =
                List.of(
                        head + "name=\"a\"\r\n".repeat(20_000),
                        head + "{\"password\":[".repeat(15_000),
                        head + "password\"".repeat(20_000),
                        head + "{\"a\":\"" + "\\\\\\\"".repeat(40_000),
                        head + "[".repeat(200_000),
                        "a:\r\n ".repeat(40_000),
                        "Secret:\r\n ".repeat(20_000));
        long start = System.nanoTime();
        hostile.forEach(Scrubbers.http()::scrub);
        hostile.forEach(Scrubbers.ami()::scrub);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }
}
