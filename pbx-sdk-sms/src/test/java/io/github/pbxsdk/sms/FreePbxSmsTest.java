package io.github.pbxsdk.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.core.CallOptions;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxTimeoutException;
import io.github.pbxsdk.core.event.FeedListener;
import io.github.pbxsdk.core.event.GapEvent;
import io.github.pbxsdk.core.event.Subscription;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.MessageId;
import io.github.pbxsdk.core.message.MessageTraffic;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.sms.Reconciliation.Outcome;
import io.github.pbxsdk.sms.event.MessageReceivedEvent;
import io.github.pbxsdk.sms.event.SmsEvent;
import io.github.pbxsdk.sms.provider.FreePbxSms;
import io.github.pbxsdk.sms.provider.SmsCapabilities.Feature;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FreePbxSmsTest {

    private static final String OURS = "61491570110";
    private static final String THEIRS = "61491570156";
    private static final Duration SHORT = Duration.ofMillis(200);

    private final PbxDatabase database = new PbxDatabase();

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    private static FreePbxSms.Builder over(PbxRoad road) {
        return FreePbxSms.builder().gateway(road).domain("pbx.example.com").traffic(road);
    }

    private static SmsClient client(FreePbxSms.Builder provider) {
        return SmsClient.builder().provider(provider.build()).build();
    }

    private static TextMessage reminder() {
        return TestProviders.reminder().toBuilder().from(TestProviders.CLINIC).build();
    }

    @Nested
    class Sending {

        @ParameterizedTest
        @EnumSource
        void goesThroughTheModuleAndHasTheIdOfItsReport(Door door) {
            PbxRoad road =
                    new PbxRoad(
                            pbx -> {
                                pbx.report("sms-outbound", "16", OURS, THEIRS, "Another text");
                                pbx.report("sms-outbound", "17", OURS, "61491570157", text());
                                pbx.report("sms-inbound", "18", OURS, THEIRS, text());
                                pbx.report("sms-outbound", "19", OURS, THEIRS, text());
                            });
            try (SmsClient client = client(over(road))) {
                SendResult sent = door.send(client, reminder());

                assertThat(sent.id()).contains(MessageId.of("19"));
                assertThat(sent.status().state()).isEqualTo(SmsState.QUEUED);
                assertThat(road.sent)
                        .extracting(message -> message.to().get(0))
                        .containsExactly(
                                Address.sip("sip:61491570110+61491570156@pbx.example.com"));
                assertThat(road.listeners).isEmpty();
            }
        }

        private String text() {
            return reminder().text();
        }

        @Test
        void withoutASenderThePbxChoosesItsNumber() {
            PbxRoad road = new PbxRoad(pbx -> pbx.report("sms-outbound", "1", OURS, THEIRS, "Hi"));
            try (SmsClient client = client(over(road))) {
                SendResult sent =
                        client.messages()
                                .send(TextMessage.to(TestProviders.PATIENT).text("Hi").build());

                assertThat(sent.id()).contains(MessageId.of("1"));
                assertThat(road.sent.get(0).to().get(0))
                        .isEqualTo(Address.sip("sip:61491570156@pbx.example.com"));
            }
        }

        @Test
        void withoutAReportItIsAcceptedAndUnconfirmed() {
            PbxRoad road = new PbxRoad(pbx -> {});
            try (SmsClient client = client(over(road).confirmWithin(SHORT));
                    SmsClient unwatched =
                            client(FreePbxSms.builder().gateway(road).domain("pbx.example.com"))) {
                for (SmsClient each : List.of(client, unwatched)) {
                    SendResult sent = each.messages().send(reminder());

                    assertThat(sent.id()).isEmpty();
                    assertThat(sent.status())
                            .isEqualTo(
                                    SmsStatus.of(
                                            SmsState.ACCEPTED,
                                            "accepted, unconfirmed (202 Accepted)"));
                }
            }
        }

        @Test
        void aReportThatMayBeForgedConfirmsNothing() {
            PbxRoad road = new PbxRoad(pbx -> pbx.tell(forged()));
            try (SmsClient client = client(over(road).confirmWithin(SHORT))) {
                assertThat(client.messages().send(reminder()).id()).isEmpty();
            }
        }

        private TextMessage forged() {
            List<TextMessage> told = new ArrayList<>();
            PbxRoad road = new PbxRoad(pbx -> {});
            road.subscribeToTraffic(told::add);
            road.report("sms-outbound", "1", OURS, THEIRS, reminder().text());
            return told.get(0).toBuilder().putAttribute(MessageTraffic.SUSPICION, "odd").build();
        }

        @Test
        void equalTextsUnderWayHaveAReportEach() {
            CountDownLatch both = new CountDownLatch(2);
            AtomicInteger id = new AtomicInteger();
            PbxRoad road =
                    new PbxRoad(
                            pbx -> {
                                both.countDown();
                                await(both);
                                String next = String.valueOf(id.incrementAndGet());
                                pbx.report("sms-outbound", next, OURS, THEIRS, text());
                            });
            try (SmsClient client = client(over(road))) {
                List<SendResult> sent =
                        List.of(
                                        client.messages().sendAsync(reminder()),
                                        client.messages().sendAsync(reminder()))
                                .stream()
                                .map(sending -> sending.join())
                                .toList();

                assertThat(sent)
                        .extracting(result -> result.id().orElseThrow().value())
                        .containsExactlyInAnyOrder("1", "2");
            }
        }

        private static void await(CountDownLatch latch) {
            try {
                assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        @Test
        void aReportTellsWhatALostAnswerDidNot() {
            PbxTimeoutException lost = new PbxTimeoutException("no answer", null, true);
            PbxRoad reported =
                    new PbxRoad(
                            pbx -> pbx.report("sms-outbound", "1", OURS, THEIRS, reminder().text()),
                            lost);
            PbxRoad silent = new PbxRoad(pbx -> {}, lost);
            PbxRoad down = new PbxRoad(pbx -> {}, new PbxConnectionException("down", null));
            try (SmsClient lucky = client(over(reported));
                    SmsClient unlucky = client(over(silent).confirmWithin(SHORT));
                    SmsClient early = client(over(down))) {
                assertThat(lucky.messages().send(reminder()).id()).contains(MessageId.of("1"));
                assertThatThrownBy(() -> unlucky.messages().send(reminder())).isEqualTo(lost);
                assertThatThrownBy(() -> early.messages().send(reminder()))
                        .isInstanceOfSatisfying(
                                PbxConnectionException.class,
                                e -> assertThat(e.mayHaveBeenSent()).isFalse());
            }
        }

        @Test
        void refusesWhatAsteriskWouldDeliverEmpty() {
            PbxRoad road = new PbxRoad(pbx -> {});
            try (SmsClient client = client(over(road).confirmWithin(SHORT))) {
                TextMessage.Builder text = reminder().toBuilder();

                assertThatThrownBy(() -> client.messages().send(text.text("ä".repeat(512)).build()))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("1024 bytes");
                client.messages().send(text.text("ä".repeat(511)).build());
                assertThat(road.sent).hasSize(1);
            }
        }

        @Test
        void historyTellsWhatBecameOfAText() {
            PbxRoad road = new PbxRoad(pbx -> {}, new PbxTimeoutException("no answer", null, true));
            try (SmsClient client =
                    client(over(road).confirmWithin(SHORT).history(database.source()))) {
                Messages once = client.with(CallOptions.idempotencyKey("appointment-1")).messages();
                assertThatThrownBy(() -> once.send(reminder()))
                        .isInstanceOf(PbxTimeoutException.class);
                assertThat(once.reconcile(reminder()).outcome()).isEqualTo(Outcome.NOT_FOUND);
                database.out(41, OURS, "61491570157", reminder().text(), Instant.now());
                database.out(42, OURS, THEIRS, reminder().text(), Instant.now());

                Reconciliation found = once.reconcile(reminder());

                assertThat(found.outcome()).isEqualTo(Outcome.SENT);
                assertThat(found.result().orElseThrow().id()).contains(MessageId.of("42"));
                assertThat(found.result().orElseThrow().status().state()).isEqualTo(SmsState.SENT);
            }
        }
    }

    @Nested
    class Receiving {

        private final PbxRoad road = new PbxRoad(pbx -> {});
        private final List<SmsEvent> received = new CopyOnWriteArrayList<>();

        @Test
        void givesWhatCarriersBringAndNothingElse() {
            Subscription live = over(road).build().subscribe(received::add);
            road.report("sms-outbound", "1", OURS, THEIRS, "ours");
            road.report("sdk-message", "2", THEIRS, OURS, "between extensions");
            road.report("sms-inbound", "3", THEIRS, OURS, "Yes", "adaptor", "Twilio");
            live.close();
            road.report("sms-inbound", "4", THEIRS, OURS, "after the end");

            assertThat(received).hasSize(1);
            TextMessage message = ((MessageReceivedEvent) received.get(0)).message();
            assertThat(message.text()).isEqualTo("Yes");
            assertThat(message.from()).contains(TestProviders.PATIENT);
            assertThat(message.sentAt()).contains(Instant.ofEpochSecond(1_700_000_000));
            assertThat(received.get(0).repetitionKey()).contains("in|3");
        }

        @Test
        void aTextHasOneIdByReportByRowAndWhenTheCarrierRepeatsIt() {
            Instant start = Instant.ofEpochSecond(1_699_999_000);
            database.in(3, THEIRS, OURS, "Yes", start.plusSeconds(1000), "SM1");
            database.in(4, THEIRS, OURS, "Yes", start.plusSeconds(1001), "SM1");
            FreePbxSms freePbx = over(road).history(database.source()).build();
            try (StateStore store = StateStore.inMemory();
                    SmsClient client = SmsClient.builder().provider(freePbx).build()) {
                SmsIntake intake = SmsIntake.builder().store(store).handler(received::add).build();
                Subscription live = freePbx.subscribe(intake);
                road.report(
                        "sms-inbound",
                        "3",
                        THEIRS,
                        OURS,
                        "Yes",
                        "adaptor",
                        "Twilio",
                        "emid",
                        "SM1");
                live.close();
                database.in(5, THEIRS, OURS, "Later", start.plusSeconds(1002), "SM2");

                client.startPolling(
                        PollingOptions.every(Duration.ofMillis(10)).from(start), intake);

                Awaitility.await().until(() -> received.size() >= 2);
                assertThat(received)
                        .extracting(event -> ((MessageReceivedEvent) event).message().text())
                        .containsExactly("Yes", "Later");
            }
        }

        @Test
        void historyFillsAGap() throws Exception {
            Instant gap = Instant.ofEpochSecond(1_700_000_000);
            database.in(1, THEIRS, OURS, "long before", gap.minusSeconds(3600), "SM1");
            database.in(2, THEIRS, OURS, "fails", gap.plusSeconds(10), "SM2");
            database.in(3, THEIRS, OURS, "missed", gap.plusSeconds(20), "SM3");
            database.out(4, OURS, THEIRS, "ours", gap.plusSeconds(30));
            over(road).history(database.source()).build().subscribe(this::keep);

            assertThatThrownBy(() -> road.gap(gap)).isInstanceOf(IllegalStateException.class);

            assertThat(received).hasSize(1);
            assertThat(((MessageReceivedEvent) received.get(0)).message().text())
                    .isEqualTo("missed");
        }

        private void keep(SmsEvent event) {
            if (((MessageReceivedEvent) event).message().text().equals("fails")) {
                throw new IllegalStateException("no");
            }
            received.add(event);
        }

        @Test
        void tellsOfAGapThatNothingFills() throws Exception {
            List<GapEvent> gaps = new ArrayList<>();
            FeedListener<SmsEvent> listener =
                    new FeedListener<>() {
                        @Override
                        public void onEvent(SmsEvent event) {
                            received.add(event);
                        }

                        @Override
                        public void onGap(GapEvent gap) {
                            gaps.add(gap);
                        }
                    };
            over(road).build().subscribe(listener);
            over(road).history(PbxDatabase.absent()).build().subscribe(listener);

            road.gap(Instant.now());

            assertThat(gaps).hasSize(2);
            assertThat(received).isEmpty();
        }

        @Test
        void readsRowsWithoutATimeAndCountsTheUnread() {
            database.withoutTime(7, THEIRS, OURS, "no time");
            try (SmsClient client = client(over(road).history(database.source()));
                    SmsClient blind = client(over(road))) {
                assertThat(client.unreadCount()).isOne();
                assertThat(client.capabilities().can(Feature.POLLING)).isTrue();
                assertThat(blind.capabilities().can(Feature.POLLING)).isFalse();
                SmsInbox inbox = client.inbox();
                inbox.refresh();
                assertThat(inbox.messages()).extracting(TextMessage::text).contains("no time");
                assertThat(inbox.messages().get(0).raw().find("CNAM")).contains("Pat");
            }
        }

        @Test
        void aDatabaseThatIsAwayIsAFailureAndNoEmptyInbox() {
            try (SmsClient client = client(over(road).history(PbxDatabase.absent()))) {
                assertThatThrownBy(client::unreadCount)
                        .isInstanceOf(PbxConnectionException.class)
                        .hasMessageContaining("sms_messages");
            }
        }
    }
}
