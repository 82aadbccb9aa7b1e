package io.github.pbxsdk.samples.demo;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.freepbx.FreePbxClient;
import io.github.pbxsdk.testing.freepbx.FakeFreePbx;

/** Clients of the FreePBX of the demo. */
final class FreePbxClients {

    private FreePbxClients() {}

    static FreePbxClient of(FakeFreePbx server) {
        return FreePbxClient.builder()
                .baseUri(server.url())
                .credentials(Credentials.of(FakeFreePbx.CLIENT_ID, FakeFreePbx.CLIENT_SECRET))
                .build();
    }
}
