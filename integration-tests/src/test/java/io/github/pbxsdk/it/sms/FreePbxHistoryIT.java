package io.github.pbxsdk.it.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.pbxsdk.core.CallOptions;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxTimeoutException;
import io.github.pbxsdk.core.event.FeedListener;
import io.github.pbxsdk.core.event.Subscription;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.GatewayLimits;
import io.github.pbxsdk.core.message.MessageGateway;
import io.github.pbxsdk.core.message.MessageId;
import io.github.pbxsdk.core.message.MessageReceipt;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.it.lab.MariaDb;
import io.github.pbxsdk.sms.Messages;
import io.github.pbxsdk.sms.PollingOptions;
import io.github.pbxsdk.sms.Reconciliation;
import io.github.pbxsdk.sms.SmsClient;
import io.github.pbxsdk.sms.SmsIntake;
import io.github.pbxsdk.sms.event.MessageReceivedEvent;
import io.github.pbxsdk.sms.event.SmsEvent;
import io.github.pbxsdk.sms.provider.FreePbxSms;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of the SMS module, read from a real MariaDB by a user who may only read. */
class FreePbxHistoryIT {

    private static final String THEIRS = "61491570156";
    private static final Instant NOON = Instant.parse("2026-10-25T12:00:00Z");

    private final MariaDb server = MariaDb.running();
    private final DataSource reader = server.reader("asterisk");
    private final SmsModule module = new SmsModule(server);
    private final StateStore store = StateStore.inMemory();
    private final List<TextMessage> polled = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() throws SQLException {
        module.close();
        store.close();
    }

    private SmsClient client(DataSource database) {
        return SmsClient.builder()
                .provider(
                        FreePbxSms.builder()
                                .gateway(new LostAnswers())
                                .domain("pbx.example.com")
                                .history(database)
                                .build())
                .store(store)
                .build();
    }

    private List<TextMessage> poll(Instant from, int count) {
        SmsIntake intake = SmsIntake.builder().store(store).handler(this::keepOurs).build();
        try (SmsClient sms = client(reader)) {
            sms.startPolling(PollingOptions.every(Duration.ofMillis(20)).from(from), intake);
            await().until(() -> polled.size() >= count);
        }
        return polled;
    }

    private void keepOurs(SmsEvent event) {
        TextMessage message = ((MessageReceivedEvent) event).message();
        if (message.to().contains(Address.phone("+" + module.number()))) {
            polled.add(message);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTC", "Pacific/Auckland", "America/Los_Angeles"})
    void theZoneOfThisMachineDoesNotMatter(String zone) throws SQLException {
        TimeZone before = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        try {
            module.in(THEIRS, "an hour before", "SM1", NOON.minusSeconds(3600));
            module.in(THEIRS, "größer 😀\nBye", "SM2", NOON.plusSeconds(1));

            assertThat(poll(NOON, 1))
                    .singleElement()
                    .satisfies(
                            message -> {
                                assertThat(message.text()).isEqualTo("größer 😀\nBye");
                                assertThat(message.sentAt()).contains(NOON.plusSeconds(1));
                                assertThat(message.from()).contains(Address.phone("+" + THEIRS));
                                assertThat(message.thread()).contains("t1");
                                assertThat(message.raw().find("read")).contains("0");
                            });
        } finally {
            TimeZone.setDefault(before);
        }
    }

    @Test
    void aRowWithoutATimeIsNotLost() throws SQLException {
        module.in(THEIRS, "no time", null, null);

        assertThat(poll(Instant.now().minusSeconds(60), 1))
                .extracting(TextMessage::id)
                .containsExactly(Optional.of(MessageId.of(module.lastRow())));
    }

    @Test
    void countsTheUnread() throws SQLException {
        try (SmsClient sms = client(reader)) {
            int before = sms.unreadCount();
            module.in(THEIRS, "one", null, NOON);
            module.in(THEIRS, "two", null, NOON);
            module.out(THEIRS, "ours");

            assertThat(sms.unreadCount()).isEqualTo(before + 2);
        }
    }

    @Test
    void tellsWhatBecameOfATextWhoseAnswerWasLost() throws SQLException {
        TextMessage text =
                TextMessage.to(Address.phone("+" + THEIRS))
                        .from(Address.phone("+" + module.number()))
                        .text("See you at 3 pm, größer 😀")
                        .build();
        try (SmsClient sms = client(reader)) {
            Messages once = sms.with(CallOptions.idempotencyKey("appointment-1")).messages();
            assertThatThrownBy(() -> once.send(text)).isInstanceOf(PbxTimeoutException.class);
            module.out(THEIRS, "another");
            assertThat(once.reconcile(text).outcome()).isEqualTo(Reconciliation.Outcome.NOT_FOUND);
            module.out(THEIRS, text.text());

            Reconciliation found = once.reconcile(text);

            assertThat(found.outcome()).isEqualTo(Reconciliation.Outcome.SENT);
            assertThat(found.result().orElseThrow().id()).contains(MessageId.of(module.lastRow()));
        }
    }

    @Test
    void theDatabaseIsTheJudgeOfReadingOnly() throws SQLException {
        module.in(THEIRS, "theirs", null, NOON);

        assertThatThrownBy(() -> run("UPDATE sms_messages SET `read` = 1"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("denied");
        try (SmsClient sms = client(server.reader("no_such_schema"))) {
            assertThatThrownBy(sms::unreadCount)
                    .isInstanceOf(PbxConnectionException.class)
                    .hasMessageContaining("sms_messages");
        }
    }

    private void run(String statement) throws SQLException {
        try (Connection connection = reader.getConnection();
                Statement update = connection.createStatement()) {
            update.executeUpdate(statement);
        }
    }

    /** A road whose answers never arrive. */
    private static final class LostAnswers implements MessageGateway {

        @Override
        public String name() {
            return "lost answers";
        }

        @Override
        public GatewayLimits limits() {
            return GatewayLimits.builder().recipientKinds(Address.Kind.SIP_URI).build();
        }

        @Override
        public CompletableFuture<MessageReceipt> sendAsync(TextMessage message) {
            return CompletableFuture.failedFuture(new PbxTimeoutException("no answer", null, true));
        }

        @Override
        public Subscription subscribe(FeedListener<? super TextMessage> listener) {
            throw new UnsupportedOperationException("only sends");
        }
    }
}
