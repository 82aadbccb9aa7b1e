package io.github.pbxsdk.freepbx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.PbxAuthenticationException;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.http.OkHttpTransport;
import io.github.pbxsdk.core.observe.ProgressListener;
import io.github.pbxsdk.testing.freepbx.FakeFreePbx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The clients of a portal: they share threads and connections, and nothing that a tenant has. */
class TenantsApartTest {

    private final FakeFreePbx clinic = new FakeFreePbx();
    private final FakeFreePbx shop = new FakeFreePbx();
    private final PbxResources resources = PbxResources.create();
    private final OkHttpTransport connections = OkHttpTransport.builder().build();
    private final FreePbxClient ofClinic = client(clinic).build();
    private final FreePbxClient ofShop = client(shop).build();

    @AfterEach
    void close() {
        ofClinic.close();
        ofShop.close();
        connections.close();
        resources.close();
        clinic.close();
        shop.close();
    }

    private FreePbxClient.Builder client(FakeFreePbx fake) {
        return TestClients.builder(fake)
                .gui(TestClients.ADMINISTRATOR)
                .resources(resources)
                .transport(connections);
    }

    private static Set<String> sent(FakeFreePbx fake, String header) {
        return fake.requests().stream()
                .map(request -> request.header(header))
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
    }

    @Test
    void noTokenAndNoCookieOfOneReachesTheOther() {
        clinic.addExtension("1001", "Alice Example");
        shop.addExtension("1001", "Carol Other");
        List<CompletableFuture<?>> asked = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            asked.add(ofClinic.extensions().getAsync("1001"));
            asked.add(ofShop.extensions().getAsync("1001"));
            asked.add(ofClinic.ivrs().listAsync());
            asked.add(ofShop.ivrs().listAsync());
        }
        asked.forEach(CompletableFuture::join);

        assertThat(ofClinic.extensions().get("1001").name()).isEqualTo("Alice Example");
        assertThat(ofShop.extensions().get("1001").name()).isEqualTo("Carol Other");
        for (String header : List.of("Authorization", "Cookie")) {
            assertThat(sent(clinic, header)).isNotEmpty();
            assertThat(sent(shop, header)).isNotEmpty();
            assertThat(sent(clinic, header)).doesNotContainAnyElementsOf(sent(shop, header));
        }
        assertThat(clinic.tokenRequests()).isEqualTo(1);
        assertThat(shop.tokenRequests()).isEqualTo(1);
    }

    @Test
    void whatOneHasChangedIsNotDueForTheOther() {
        clinic.addExtension("1001", "Alice Example");
        ofClinic.ringGroups().create(RingGroupSettings.of("600").members(List.of("1001")).build());

        assertThat(ofClinic.system().needsApply()).isTrue();
        assertThat(ofShop.system().needsApply()).isFalse();
        assertThat(ofShop.ringGroups().list()).isEmpty();

        CompletableFuture<ApplyResult> slow = ofClinic.applyConfigAsync(ProgressListener.none());
        ofShop.applyConfig();
        slow.join();
        assertThat(clinic.reloads()).isEqualTo(1);
        assertThat(shop.reloads()).isEqualTo(1);
    }

    @Test
    void refusedCredentialsOfOneStopNobodyElseOnTheSamePbx() {
        try (FreePbxClient wrong =
                client(shop).credentials(Credentials.of("client-of-tests", "wrong")).build()) {
            assertThatThrownBy(() -> wrong.extensions().list())
                    .isInstanceOf(PbxAuthenticationException.class);

            assertThat(ofShop.extensions().list()).isEmpty();
            assertThatThrownBy(() -> wrong.extensions().list())
                    .isInstanceOf(PbxAuthenticationException.class);
        }
    }

    @Test
    void closingOneLeavesTheOtherAtWork() {
        ofShop.extensions().list();
        ofClinic.close();

        assertThat(ofShop.extensions().list()).isEmpty();
        assertThat(ofShop.ivrs().list()).isEmpty();
    }
}
