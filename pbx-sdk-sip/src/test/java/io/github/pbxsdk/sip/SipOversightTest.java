package io.github.pbxsdk.sip;

import static io.github.pbxsdk.sip.TestClients.credentials;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.event.Subscription;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.observe.FlightRecord;
import io.github.pbxsdk.core.observe.FlightRecorder;
import io.github.pbxsdk.core.observe.FlightRecording;
import io.github.pbxsdk.core.observe.Metric;
import io.github.pbxsdk.core.observe.PbxMetrics;
import io.github.pbxsdk.core.observe.PbxObserver;
import io.github.pbxsdk.core.observe.Tags;
import io.github.pbxsdk.core.security.Operation;
import io.github.pbxsdk.core.security.OperationGuard;
import io.github.pbxsdk.core.security.OperationRefusedException;
import io.github.pbxsdk.testing.sip.FakeSip;
import io.github.pbxsdk.testing.sip.SipFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What those see who look after a client: guard, recorder and observer. */
class SipOversightTest {

    private final FakeSip server = FakeSip.asterisk22();

    @AfterEach
    void close() {
        server.close();
    }

    private static TextMessage text(String text) {
        return TextMessage.to(Address.extension("1002")).text(text).build();
    }

    @Test
    void aGuardThatLetsOneOnlyReadLetsNothingOut() {
        try (SipClient sip =
                TestClients.builder(server, SipTransport.UDP)
                        .guard(OperationGuard.readOnly())
                        .build()) {
            assertThatThrownBy(() -> sip.register("1001", credentials("1001")))
                    .isInstanceOf(OperationRefusedException.class);
            assertThatThrownBy(() -> sip.send(text("x")))
                    .isInstanceOf(OperationRefusedException.class)
                    .extracting(e -> ((PbxException) e).mayHaveBeenSent())
                    .isEqualTo(false);
            assertThatThrownBy(() -> SipSessions.on(sip).acquire("1001", credentials("1001")))
                    .isInstanceOf(OperationRefusedException.class);
            assertThat(server.requests()).isEmpty();

            sip.connect();
            assertThat(sip.ping()).isPositive();
        }
    }

    @Test
    void aCheckThatMayOnlyReadSaysWhatItDidNotTry() {
        try (SipClient sip =
                TestClients.builder(server, SipTransport.TCP)
                        .guard(OperationGuard.readOnly())
                        .build()) {
            SipCheck check = sip.check("1001", credentials("1001"));

            assertThat(check.find(SipCheck.Question.CREDENTIALS).orElseThrow().answer())
                    .isEqualTo(SipCheck.Answer.YES);
            assertThat(check.find(SipCheck.Question.READY_FOR_TEXTS).orElseThrow())
                    .matches(finding -> finding.answer() == SipCheck.Answer.UNKNOWN)
                    .matches(finding -> finding.words().contains("only reading"));
            assertThat(server.requests("MESSAGE")).isEmpty();
        }
    }

    @Test
    void theGuardIsAskedForEachOperationByName() {
        List<Operation> asked = new CopyOnWriteArrayList<>();
        try (SipClient sip =
                TestClients.builder(server, SipTransport.TCP).guard(asked::add).build()) {
            Registration registration = sip.register("1001", credentials("1001"));
            sip.send(text("x"));
            registration.devices();
            sip.ping();
            sip.watchMailbox("1001").close();
            registration.unregister();
        }

        assertThat(asked)
                .containsExactly(
                        Operation.change("sip", "REGISTER"),
                        Operation.change("sip", "MESSAGE"),
                        Operation.read("sip", "REGISTER"),
                        Operation.read("sip", "OPTIONS"),
                        Operation.read("sip", "SUBSCRIBE"),
                        Operation.change("sip", "REGISTER"));
    }

    @ParameterizedTest
    @EnumSource
    void theRecordingHasAllThatWasSaidButNoProof(SipTransport transport, @TempDir Path folder)
            throws IOException {
        Path file = folder.resolve("sip.flight");
        try (FlightRecorder recorder = FlightRecorder.to(file).build();
                SipClient sip =
                        TestClients.builder(server, transport).flightRecorder(recorder).build()) {
            server.next("REGISTER", SipFault.stale());
            sip.register("1001", credentials("1001"));
            sip.send(text("Door 4 is open"));
        }

        List<FlightRecord> records = FlightRecording.read(file).records();
        assertThat(records).extracting(FlightRecord::connection).containsOnly("sip-1");
        assertThat(records)
                .filteredOn(record -> record.direction() == FlightRecord.Direction.SENT)
                .extracting(FlightRecord::text)
                .anyMatch(text -> text.startsWith("REGISTER sip:"))
                .anyMatch(text -> text.startsWith("MESSAGE ") && text.endsWith("Door 4 is open"))
                .anyMatch(text -> text.contains("\nAuthorization:"));
        assertThat(records)
                .filteredOn(record -> record.direction() == FlightRecord.Direction.RECEIVED)
                .extracting(FlightRecord::text)
                .anyMatch(text -> text.startsWith("SIP/2.0 401"))
                .anyMatch(text -> text.startsWith("SIP/2.0 202"));
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                .doesNotContain("response=")
                .doesNotContain("cnonce=")
                .doesNotContain("secret-1001");
    }

    @Test
    void theObserverSeesRequestsTextsAndRegistrations() throws InterruptedException {
        Figures figures = new Figures();
        try (PbxResources resources = PbxResources.builder().observer(figures).build()) {
            try (SipClient sip =
                    TestClients.builder(server, SipTransport.UDP).resources(resources).build()) {
                sip.register("1001", credentials("1001"));
                server.next("MESSAGE", SipFault.loseRequest());
                sip.send(text("x"));

                assertThat(figures.nextTimed())
                        .contains("client=sip", "operation=MESSAGE", "outcome=ok");
                assertThat(figures.level(SipMetrics.REGISTERED)).isEqualTo(1);
                assertThat(figures.level(SipMetrics.REPEATS)).isEqualTo(1);
                assertThat(figures.level(SipMetrics.REFUSALS)).isZero();
                assertThat(figures.level(SipMetrics.REQUESTS))
                        .isEqualTo(figures.level(SipMetrics.ANSWERS))
                        .isGreaterThanOrEqualTo(4);
                assertThat(figures.level(SipMetrics.ROUND_TRIP)).isPositive();
                assertThat(figures.level(PbxMetrics.EVENTS)).isNotNegative();
            }
            assertThat(figures.watched).isEmpty();
        }
    }

    private static final class Figures implements PbxObserver {

        private final BlockingQueue<String> timed = new LinkedBlockingQueue<>();
        private final Map<Metric, LongSupplier> watched = new ConcurrentHashMap<>();

        @Override
        public void time(Metric metric, Tags tags, long nanos) {
            timed.add(metric + " " + tags);
        }

        @Override
        public Subscription watch(Metric metric, Tags tags, LongSupplier value) {
            watched.put(metric, value);
            return () -> watched.remove(metric);
        }

        String nextTimed() throws InterruptedException {
            String next = timed.poll(10, TimeUnit.SECONDS);
            assertThat(next).isNotNull();
            return next;
        }

        long level(Metric metric) {
            return watched.get(metric).getAsLong();
        }
    }
}
