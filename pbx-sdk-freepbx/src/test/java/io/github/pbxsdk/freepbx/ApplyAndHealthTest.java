package io.github.pbxsdk.freepbx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.Light;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.PbxTimeoutException;
import io.github.pbxsdk.core.http.HttpRequest;
import io.github.pbxsdk.core.http.HttpResponse;
import io.github.pbxsdk.core.http.HttpTransport;
import io.github.pbxsdk.core.http.OkHttpTransport;
import io.github.pbxsdk.core.observe.Progress;
import io.github.pbxsdk.core.observe.ProgressListener;
import io.github.pbxsdk.core.time.ManualTime;
import io.github.pbxsdk.freepbx.FreePbxHealth.Subject;
import io.github.pbxsdk.testing.freepbx.FakeFreePbx;
import io.github.pbxsdk.testing.freepbx.FreePbxFault;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ApplyAndHealthTest {

    private final FakeFreePbx fake = new FakeFreePbx();
    private final FreePbxClient pbx = TestClients.client(fake);

    @AfterEach
    void close() {
        pbx.close();
        fake.close();
    }

    @Test
    void appliesAndTellsHowFarItIs() {
        List<Progress> seen = new CopyOnWriteArrayList<>();
        pbx.ringGroups().create(RingGroupSettings.of("600").members(List.of("1001")).build());
        assertThat(pbx.system().needsApply()).isTrue();

        ApplyResult result = pbx.applyConfig(seen::add);

        assertThat(result.words()).contains("Successfully");
        assertThat(fake.reloads()).isEqualTo(1);
        assertThat(seen).isNotEmpty();
        assertThat(pbx.system().needsApply()).isFalse();
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                change(
                        "updateRingGroup(",
                        client ->
                                client.ringGroups()
                                        .update(
                                                RingGroupSettings.of("600")
                                                        .description("New")
                                                        .build())),
                change(
                        "deleteRingGroup(",
                        client ->
                                client.graphQl()
                                        .run(
                                                "mutation{deleteRingGroup(input:{groupNumber:600})"
                                                        + "{status message}}")),
                change(
                        "donotdisturb/users/1001",
                        client ->
                                client.rest()
                                        .send(
                                                "PUT",
                                                "donotdisturb/users/1001",
                                                Map.of("status", "YES"))),
                change(
                        "action=save",
                        client -> client.ivrs().create(IvrSettings.of("Second").build())),
                change("action=delete", client -> client.ivrs().delete(1)));
    }

    private static Arguments change(String request, Consumer<FreePbxClient> change) {
        return Arguments.of(request, change);
    }

    /** The reload takes what is counted, and only then the change comes to the PBX. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void aChangeThatArrivesAfterAReloadStillWaits(String request, Consumer<FreePbxClient> change)
            throws Exception {
        fake.addRingGroup("600", "Old", "1001");
        CountDownLatch underWay = new CountDownLatch(1);
        CompletableFuture<Void> goOn = new CompletableFuture<>();
        try (OkHttpTransport real = OkHttpTransport.builder().build();
                FreePbxClient client =
                        TestClients.builder(fake)
                                .gui(TestClients.ADMINISTRATOR)
                                .transport(new Held(real, request, underWay, goOn))
                                .build()) {
            try (FreePbxClient other = TestClients.withGui(fake)) {
                other.ivrs().create(IvrSettings.of("First").build());
            }
            CompletableFuture<Void> changing =
                    CompletableFuture.runAsync(() -> change.accept(client));
            underWay.await();
            client.applyConfig();
            goOn.complete(null);
            changing.join();

            assertThat(client.system().needsApply()).isTrue();
            client.applyConfig();
            assertThat(client.system().needsApply()).isFalse();
        }
    }

    /** Holds a request back, and lets all others through. */
    private record Held(
            HttpTransport real, String words, CountDownLatch underWay, CompletableFuture<Void> goOn)
            implements HttpTransport {

        @Override
        public CompletableFuture<HttpResponse> sendAsync(HttpRequest request) {
            if (!text(request).contains(words)) {
                return real.sendAsync(request);
            }
            underWay.countDown();
            return goOn.thenCompose(now -> real.sendAsync(request));
        }

        private static String text(HttpRequest request) {
            try (InputStream body = request.body().open()) {
                return request.url() + new String(body.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void twoAppliesFromTwoThreadsBothSucceedInTurn() {
        CompletableFuture<ApplyResult> first = pbx.applyConfigAsync(ProgressListener.none());
        CompletableFuture<ApplyResult> second = pbx.applyConfigAsync(ProgressListener.none());

        assertThat(first.join().words()).contains("Successfully");
        assertThat(second.join().words()).contains("Successfully");
        assertThat(fake.reloads()).isEqualTo(2);
        assertThat(fake.requests("doreload")).hasSize(2);
    }

    @Test
    void waitsForTheReloadOfSomebodyElse() {
        try (FreePbxClient other = TestClients.client(fake)) {
            fake.looksPerReload(3);
            CompletableFuture<ApplyResult> theirs = other.applyConfigAsync(ProgressListener.none());
            ApplyResult ours = pbx.applyConfig();

            assertThat(ours.words()).contains("Successfully");
            assertThat(theirs.join().words()).contains("Successfully");
            assertThat(fake.reloads()).isEqualTo(2);
        }
    }

    @Test
    void saysWhatFailedAndStaysDirty() {
        pbx.ringGroups().create(RingGroupSettings.of("600").members(List.of("1001")).build());
        fake.asteriskUp(false);

        FreePbxRejectedException refusal =
                catchThrowableOfType(FreePbxRejectedException.class, pbx::applyConfig);

        assertThat(refusal).hasMessageContaining("Unknown Error");
        assertThat(pbx.system().needsApply()).isTrue();
    }

    @Test
    void bearsAPageForABrowserWhileItWaits() {
        List<Progress> seen = new CopyOnWriteArrayList<>();

        ApplyResult result =
                pbx.applyConfig(
                        progress -> {
                            if (seen.isEmpty()) {
                                fake.fail(FreePbxFault.HTML_PAGE);
                            }
                            seen.add(progress);
                        });

        assertThat(result.words()).contains("Successfully");
        assertThat(fake.requests("doreload")).hasSize(1);
    }

    @Test
    void endsInTime() {
        fake.looksPerReload(1_000_000);
        ManualTime time = ManualTime.startingAt(Instant.EPOCH);
        Duration limit = Duration.ofSeconds(1);
        try (PbxResources resources = PbxResources.builder().time(time).build();
                FreePbxClient hurried =
                        TestClients.builder(fake)
                                .applyTimeout(limit)
                                .resources(resources)
                                .build()) {
            CompletableFuture<ApplyResult> applying =
                    hurried.applyConfigAsync(ProgressListener.none());
            await().until(() -> !fake.requests("doreload").isEmpty());
            time.advance(limit);

            assertThatThrownBy(() -> applying.get(10, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOfSatisfying(
                            PbxTimeoutException.class,
                            failure -> assertThat(failure.mayHaveBeenSent()).isTrue());
        }
    }

    @Test
    void cancellingStopsTheWaiting() {
        fake.looksPerReload(1_000_000);
        CompletableFuture<ApplyResult> applying = pbx.applyConfigAsync(ProgressListener.none());

        applying.cancel(true);

        assertThat(applying).isCancelled();
    }

    @Test
    void closingFailsWhatIsPending() {
        fake.looksPerReload(1_000_000);
        FreePbxClient closed = TestClients.client(fake);
        CompletableFuture<ApplyResult> applying = closed.applyConfigAsync(ProgressListener.none());

        closed.close();
        closed.close();

        assertThatThrownBy(applying::join).hasCauseInstanceOf(PbxConnectionException.class);
    }

    @Test
    void healthInWords() {
        fake.addCallRecord(
                Map.of(
                        "uniqueid",
                        "1.1",
                        "calldate",
                        LocalDateTime.now(ZoneOffset.UTC)
                                .minusMinutes(5)
                                .format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss")),
                        "sequence",
                        "1"));

        FreePbxHealth health = pbx.health();

        assertThat(health.light()).isEqualTo(Light.GREEN);
        assertThat(health.latency()).isPositive();
        assertThat(health.words())
                .contains("FreePBX 16.0.40.7 with Asterisk 16.28.0, running")
                .contains("the fullest disk is at 42 %")
                .contains("the newest call record is 5 minutes old")
                .contains("nothing waits to be applied")
                .contains("TRUNKS unknown: FreePBX does not tell");
    }

    @Test
    void healthWithTelephones() {
        TelephonySource telephony =
                new TelephonySource() {
                    @Override
                    public String road() {
                        return "test";
                    }

                    @Override
                    public List<Phone> phones() {
                        return List.of(new Phone("1001", "A", true), new Phone("1002", "B", false));
                    }

                    @Override
                    public List<Trunk> trunks() {
                        return List.of(
                                new Trunk("carrier", false, true), new Trunk("backup", true, true));
                    }

                    @Override
                    public List<LiveQueue> queues() {
                        throw new IllegalStateException("not asked for");
                    }
                };
        try (FreePbxClient knowing = TestClients.builder(fake).telephony(telephony).build()) {
            FreePbxHealth health = knowing.health();

            assertThat(health.light()).isEqualTo(Light.YELLOW);
            assertThat(health.words())
                    .contains("1 of 2 trunks are down: carrier")
                    .contains("1 of 2 telephones are there");
        }
    }

    @Test
    void healthNeverThrows() {
        fake.asteriskUp(false);
        assertThat(pbx.health().light()).isEqualTo(Light.RED);
        assertThat(pbx.health().words()).contains("Not running");

        fake.hide("checkdiskspace", "fetchAllCdrs");
        assertThat(pbx.health().words()).contains("DISK unknown");

        try (FreePbxClient stranger =
                FreePbxClient.builder()
                        .baseUri(fake.url())
                        .credentials(Credentials.of("nobody", "nothing"))
                        .build()) {
            FreePbxHealth health = stranger.health();
            assertThat(health.light()).isEqualTo(Light.RED);
            assertThat(health.findings())
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.subject()).isEqualTo(Subject.API));
        }
    }

    @Test
    void checkSaysWhatIsInTheWay() {
        assertThat(pbx.check().outcome()).isEqualTo(FreePbxCheck.Outcome.OK);
        try (FreePbxClient stranger =
                FreePbxClient.builder()
                        .baseUri(fake.url())
                        .credentials(Credentials.of("nobody", "nothing"))
                        .build()) {
            assertThat(stranger.check().outcome()).isEqualTo(FreePbxCheck.Outcome.CREDENTIALS);
            assertThat(stranger.check().isUsable()).isFalse();
        }
        fake.fail(FreePbxFault.HTML_PAGE);
        assertThat(pbx.check().outcome()).isEqualTo(FreePbxCheck.Outcome.NO_API);
        fake.close();
        assertThat(pbx.check().outcome()).isEqualTo(FreePbxCheck.Outcome.UNREACHABLE);
    }

    @Test
    void settingsAreReadAndWritten() {
        pbx.system().updateSetting("RINGTIMER", "20");

        assertThat(pbx.system().findSetting("RINGTIMER")).contains("20");
        assertThat(pbx.system().findSetting("NOSUCH")).isEmpty();
        assertThat(pbx.system().modules()).extracting(FreePbxModule::name).contains("core");
        assertThat(pbx.system().status().majorVersion()).isEqualTo(16);
    }
}
