package io.github.pbxsdk.freepbx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.observe.FlightRecorder;
import io.github.pbxsdk.core.observe.Metric;
import io.github.pbxsdk.core.observe.PbxMetrics;
import io.github.pbxsdk.core.observe.PbxObserver;
import io.github.pbxsdk.core.observe.Tags;
import io.github.pbxsdk.core.security.Operation;
import io.github.pbxsdk.testing.freepbx.FakeFreePbx;
import io.github.pbxsdk.testing.freepbx.FreePbxFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told about a client at work: its traffic, its figures, its operations. */
class WatchedTest {

    @TempDir private Path folder;

    private final FakeFreePbx fake = new FakeFreePbx();

    @AfterEach
    void close() {
        fake.close();
    }

    @Test
    void writesTheTrafficDownWithoutSecrets() throws IOException {
        Path file = folder.resolve("freepbx.flight");
        fake.addExtension("1001", "Alice Example");
        fake.setting("ARIPASS", "ari-secret-of-tests");
        try (FlightRecorder recorder = FlightRecorder.to(file).build();
                FreePbxClient pbx =
                        TestClients.builder(fake)
                                .gui(TestClients.ADMINISTRATOR)
                                .flightRecorder(recorder)
                                .build()) {
            assertThat(pbx.extensions().sipCredentials("1001").secret())
                    .isEqualTo(fake.sipSecret("1001"));
            assertThat(pbx.system().findSetting("ARIPASS")).contains("ari-secret-of-tests");
            pbx.voicemail().enable("1001", "975310", "Alice", "a@pbx.example");
            pbx.voicemail().changePin("1001", "246810");
            pbx.listings().users();
            pbx.ivrs().list();
            pbx.graphQl()
                    .run(
                            "mutation{enableVoiceMail(input:{extensionId:\"1001\",password:"
                                    + "\"inline-secret\"}){status message}}");
            fake.asteriskUp(false);
            assertThatThrownBy(
                            () ->
                                    pbx.extensions()
                                            .create(
                                                    NewExtension.of("3002", "T", "t@b.example")
                                                            .voicemail("864200")
                                                            .build()))
                    .isInstanceOf(FreePbxRejectedException.class);
        }

        String written = Files.readString(file);
        assertThat(written)
                .contains("fetchExtension", "Alice Example", "HTTP/1.1 400")
                .contains("/admin/config.php", "keyword");
        for (String secret :
                List.of(
                        fake.sipSecret("1001"),
                        "ari-secret-of-tests",
                        "975310",
                        "246810",
                        "864200",
                        "a-hash-of",
                        "inline-secret",
                        FakeFreePbx.AMI_SECRET,
                        FakeFreePbx.CLIENT_SECRET,
                        FakeFreePbx.ADMINISTRATOR_PASSWORD,
                        "token-1")) {
            assertThat(written).doesNotContain(secret);
        }
    }

    @Test
    void countsRequestsAndRetriesByOperation() {
        List<String> counted = new CopyOnWriteArrayList<>();
        PbxObserver observer =
                new PbxObserver() {
                    @Override
                    public void count(Metric metric, Tags tags, long amount) {
                        if (metric.equals(PbxMetrics.RETRIES)) {
                            counted.add("retried " + tags);
                        }
                    }

                    @Override
                    public void time(Metric metric, Tags tags, long nanos) {
                        if (metric.equals(PbxMetrics.REQUESTS)) {
                            counted.add("asked " + tags);
                        }
                    }
                };
        try (PbxResources resources = PbxResources.builder().observer(observer).build();
                FreePbxClient pbx = TestClients.builder(fake).resources(resources).build()) {
            fake.fail(FreePbxFault.SLIM_ERROR);

            pbx.ringGroups().list();

            await().untilAsserted(
                            () ->
                                    assertThat(counted)
                                            .anyMatch(line -> line.matches("asked .*ringGroups.*"))
                                            .anyMatch(
                                                    line -> line.matches("retried .*ringGroups.*"))
                                            .anyMatch(line -> line.matches("asked .*token.*")));
        }
    }

    @Test
    void asksTheGuardBeforeAnythingIsSent() {
        List<String> asked = new CopyOnWriteArrayList<>();
        try (FreePbxClient pbx =
                TestClients.builder(fake)
                        .guard(
                                operation -> {
                                    asked.add(operation.name() + " " + operation.access());
                                    assertThat(fake.requests()).isEmpty();
                                    throw new IllegalStateException("not today");
                                })
                        .build()) {
            assertThatThrownBy(() -> pbx.smsWebhooks().delete("1")).hasMessage("not today");
            assertThatThrownBy(() -> pbx.ivrs().list()).hasMessage("not today");
            assertThatThrownBy(pbx::applyConfig).hasMessage("not today");
        }
        assertThat(asked)
                .containsExactly(
                        "smsWebhooks.delete " + Operation.Access.CHANGE,
                        "ivrs.list " + Operation.Access.READ,
                        "applyConfig " + Operation.Access.CHANGE);
        assertThat(fake.requests()).isEmpty();
    }
}
