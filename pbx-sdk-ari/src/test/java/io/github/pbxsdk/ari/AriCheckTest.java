package io.github.pbxsdk.ari;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.ari.AriCheck.Outcome;
import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.security.OperationGuard;
import io.github.pbxsdk.testing.ari.FakeAri;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class AriCheckTest {

    private final FakeAri server = FakeAri.asterisk22();

    @AfterEach
    void close() {
        server.close();
    }

    private AriCheck check(AriClient.Builder builder) {
        try (AriClient ari = builder.build()) {
            return ari.check();
        }
    }

    private void finds(Outcome outcome, AriClient.Builder builder, String words) {
        AriCheck check = check(builder);
        assertThat(check.outcome()).as(check.words()).isEqualTo(outcome);
        assertThat(check.words()).contains(words).doesNotContain("secret");
    }

    @ParameterizedTest
    @EnumSource
    void whatWorksIsFine(Door door) {
        try (AriClient ari = TestClients.builder(server).build()) {
            AriCheck check = door.ask(ari::check, ari::checkAsync);
            assertThat(check.outcome()).isEqualTo(Outcome.OK);
            assertThat(check.isUsable()).isTrue();
            assertThat(check.words()).isEqualTo("Asterisk 22.10.1 answers");
        }
    }

    @Test
    void aUserOrGuardThatOnlyReadsIsTold() {
        server.addUser("reader", "reader-secret", true);
        finds(
                Outcome.READ_ONLY,
                TestClients.builder(server).credentials(Credentials.of("reader", "reader-secret")),
                "may only read");
        finds(
                Outcome.READ_ONLY,
                TestClients.builder(server).guard(OperationGuard.readOnly()),
                "may only read");
    }

    @Test
    void aWrongPasswordIsTold() {
        finds(
                Outcome.CREDENTIALS,
                TestClients.builder(server).credentials(Credentials.of("lab", "wrong-secret")),
                "check user and password");
    }

    @Test
    void aWrongPrefixIsTold() {
        server.prefix("/pbx");
        String wrong = server.uri().toString().replace("/pbx", "");
        finds(Outcome.NO_ARI, TestClients.builder(server).baseUri(wrong), "prefix");
    }

    @Test
    void aServerThatStartsIsTold() {
        server.booted(false);
        finds(Outcome.NOT_BOOTED, TestClients.builder(server), "is starting");
    }

    @Test
    void aClosedPortIsTold() {
        server.stopListening();
        finds(Outcome.UNREACHABLE, TestClients.builder(server), "http.conf");
    }

    @Test
    void silenceIsTold() {
        server.slow(Duration.ofSeconds(30));
        finds(
                Outcome.SILENT,
                TestClients.builder(server).timeout(Duration.ofMillis(300)),
                "firewall");
    }

    @Test
    void aPortWithoutTlsIsTold() {
        String secure = server.uri().toString().replace("http:", "https:");
        AriCheck check = check(TestClients.builder(server).baseUri(secure));
        assertThat(check.outcome()).as(check.words()).isEqualTo(Outcome.TLS);
    }
}
