package io.github.pbxsdk.freepbx;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.testing.freepbx.FakeFreePbx;
import java.time.Duration;

/** Makes clients of a fake. */
final class TestClients {

    static final Credentials ADMINISTRATOR =
            Credentials.of(FakeFreePbx.ADMINISTRATOR, FakeFreePbx.ADMINISTRATOR_PASSWORD);

    private TestClients() {}

    static FreePbxClient.Builder builder(FakeFreePbx fake) {
        return FreePbxClient.builder()
                .baseUri(fake.url())
                .credentials(Credentials.of(FakeFreePbx.CLIENT_ID, FakeFreePbx.CLIENT_SECRET))
                .timeout(Duration.ofSeconds(20));
    }

    static FreePbxClient client(FakeFreePbx fake) {
        return builder(fake).build();
    }

    static FreePbxClient withGui(FakeFreePbx fake) {
        return builder(fake).gui(ADMINISTRATOR).build();
    }
}
