package io.github.pbxsdk.freepbx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.PbxAuthenticationException;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.time.ManualTime;
import io.github.pbxsdk.testing.freepbx.FakeFreePbx;
import io.github.pbxsdk.testing.freepbx.FreePbxFault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FreePbxLoginTest {

    private final FakeFreePbx fake = new FakeFreePbx();

    @AfterEach
    void close() {
        fake.close();
    }

    @Test
    void opensNothingBeforeTheFirstOperation() {
        try (FreePbxClient pbx = TestClients.client(fake)) {
            assertThat(pbx.toString()).contains("127.0.0.1");
            assertThat(fake.requests()).isEmpty();
        }
    }

    @Test
    void fetchesOneTokenForManyThreads() {
        try (FreePbxClient pbx = TestClients.client(fake)) {
            List<CompletableFuture<?>> asked = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                asked.add(pbx.system().statusAsync());
            }
            asked.forEach(CompletableFuture::join);

            assertThat(fake.tokenRequests()).isEqualTo(1);
        }
    }

    @Test
    void keepsNoCookieOfTheApi() {
        try (FreePbxClient pbx = TestClients.client(fake)) {
            pbx.system().status();
            pbx.system().status();

            assertThat(fake.requests()).allMatch(request -> request.header("Cookie").isEmpty());
        }
    }

    @Test
    void renewsTheTokenBeforeItEnds() {
        fake.tokenSeconds(100);
        ManualTime time = ManualTime.startingAt(Instant.EPOCH);
        try (PbxResources resources = PbxResources.builder().time(time).build();
                FreePbxClient pbx = TestClients.builder(fake).resources(resources).build()) {
            pbx.system().modules();
            time.advance(Duration.ofSeconds(89));
            pbx.system().modules();
            assertThat(fake.tokenRequests()).isEqualTo(1);

            time.advance(Duration.ofSeconds(2));
            pbx.system().modules();
            assertThat(fake.tokenRequests()).isEqualTo(2);
        }
    }

    @Test
    void getsAnotherTokenWhenItIsRevokedInMidFlight() {
        fake.addExtension("1001", "Alice Example");
        try (FreePbxClient pbx = TestClients.client(fake)) {
            pbx.extensions().list();
            fake.fail(FreePbxFault.TOKEN_REVOKED);

            assertThat(pbx.extensions().get("1001").name()).isEqualTo("Alice Example");
            assertThat(fake.tokenRequests()).isEqualTo(2);
        }
    }

    @Test
    void getsAnotherTokenAsSeventeenRefusesIt() {
        fake.behaveAsSeventeen();
        try (FreePbxClient pbx = TestClients.client(fake)) {
            pbx.system().modules();
            fake.revokeTokens();

            assertThat(pbx.system().modules()).isNotEmpty();
            assertThat(fake.tokenRequests()).isEqualTo(2);
        }
    }

    @Test
    void triesOneOtherTokenAndNotMore() {
        try (FreePbxClient pbx = TestClients.client(fake)) {
            fake.fail(FreePbxFault.TOKEN_REVOKED, FreePbxFault.TOKEN_REVOKED);

            assertThatThrownBy(() -> pbx.system().modules())
                    .isInstanceOf(PbxAuthenticationException.class)
                    .hasMessageContaining("revoked");
            assertThat(fake.tokenRequests()).isEqualTo(2);
        }
    }

    @Test
    void sendsRefusedCredentialsOnce() {
        AtomicReference<Credentials> given =
                new AtomicReference<>(Credentials.of(FakeFreePbx.CLIENT_ID, "wrong-secret"));
        try (FreePbxClient pbx =
                FreePbxClient.builder().baseUri(fake.url()).credentials(given::get).build()) {
            assertThatThrownBy(() -> pbx.system().modules())
                    .isInstanceOf(PbxAuthenticationException.class)
                    .hasMessageContaining("invalid_client")
                    .hasMessageNotContaining("wrong-secret");
            assertThatThrownBy(() -> pbx.system().modules())
                    .isInstanceOf(PbxAuthenticationException.class);
            assertThat(fake.tokenRequests()).isEqualTo(1);

            given.set(Credentials.of(FakeFreePbx.CLIENT_ID, FakeFreePbx.CLIENT_SECRET));
            assertThat(pbx.system().modules()).isNotEmpty();
        }
    }

    @Test
    void logsInAsAUserAndUsesTheRefreshToken() {
        ManualTime time = ManualTime.startingAt(Instant.EPOCH);
        try (PbxResources resources = PbxResources.builder().time(time).build();
                FreePbxClient pbx =
                        TestClients.builder(fake)
                                .resources(resources)
                                .user(Credentials.of(FakeFreePbx.USER, FakeFreePbx.USER_PASSWORD))
                                .build()) {
            pbx.system().modules();
            time.advance(Duration.ofHours(2));
            pbx.system().modules();

            assertThat(fake.requests())
                    .filteredOn(request -> request.target().endsWith("/token"))
                    .extracting(request -> request.body().replaceFirst("&.*", ""))
                    .containsExactly("grant_type=password", "grant_type=refresh_token");
        }
    }

    @Test
    void fallsBackToThePasswordWhenTheRefreshTokenIsDead() {
        List<String> kept = new CopyOnWriteArrayList<>();
        try (FreePbxClient pbx =
                TestClients.builder(fake)
                        .refreshToken("used-before", kept::add)
                        .user(Credentials.of(FakeFreePbx.USER, FakeFreePbx.USER_PASSWORD))
                        .build()) {
            assertThat(pbx.system().modules()).isNotEmpty();
            assertThat(kept).hasSize(1);
        }
    }

    @Test
    void asksForScopesWhenToldSo() {
        try (FreePbxClient pbx =
                TestClients.builder(fake).scopes(List.of("gql:core", "gql:cdr:read")).build()) {
            pbx.system().modules();

            assertThat(fake.requests().get(0).body()).contains("scope=gql%3Acore+gql%3Acdr%3Aread");
        }
    }

    @Test
    void worksWithoutRewriteRules() {
        fake.addExtension("1001", "Alice Example");
        try (FreePbxClient pbx = TestClients.builder(fake).ajaxPath().build()) {
            assertThat(pbx.extensions().list()).hasSize(1);
            assertThat(pbx.rest().get("core/users/1001").object().text("name"))
                    .isEqualTo("Alice Example");
            assertThat(fake.requests())
                    .allMatch(request -> request.target().startsWith("/admin/ajax.php?module=api"));
        }
    }

    @Test
    void namesTheSettingThatIsMissing() {
        assertThatThrownBy(() -> FreePbxClient.builder().build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("set baseUri(...) before build()");
        assertThatThrownBy(() -> FreePbxClient.builder().baseUri("http://pbx.example.com").build())
                .hasMessageContaining("set credentials(...) before build()");
        assertThatThrownBy(
                        () ->
                                FreePbxClient.builder()
                                        .baseUri("http://pbx.example.com")
                                        .credentials(Credentials.of("id", "secret"))
                                        .build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("allowPlaintext()");
    }
}
