package io.github.pbxsdk.benchmarks;

import io.github.pbxsdk.ami.AmiClient;
import io.github.pbxsdk.core.Credentials;

/** Makes our side of the AMI benchmarks. */
final class AmiClients {

    private AmiClients() {}

    static AmiClient connected(int port) {
        AmiClient client =
                AmiClient.builder()
                        .host("127.0.0.1")
                        .port(port)
                        .credentials(Credentials.of("user", "secret"))
                        .build();
        client.connect();
        return client;
    }
}
