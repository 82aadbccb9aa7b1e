package io.github.pbxsdk.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.pbxsdk.core.CallOptions;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.ShortCode;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.observe.Metric;
import io.github.pbxsdk.core.observe.PbxObserver;
import io.github.pbxsdk.core.observe.Tags;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.core.time.ManualTime;
import io.github.pbxsdk.sms.SendOutcome.State;
import io.github.pbxsdk.sms.SendPolicy.Refusal;
import io.github.pbxsdk.sms.SmsRejectedException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** The rules of the house. */
class SendPolicyTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Address ANN = Address.phone("+61491570156");

    private static TextMessage to(Address person) {
        return TextMessage.to(person).text("See you tomorrow").build();
    }

    private static TextMessage to(int number) {
        return to(Address.phone("+614915700%02d".formatted(number)));
    }

    private static SendPolicy.Builder australia() {
        return SendPolicy.builder().countries("au", "NZ");
    }

    @Test
    void onlyAllowedCountriesPass() {
        SendPolicy policy = australia().build();

        assertThat(policy.refusal(to(ANN), NOON)).isEmpty();
        assertThat(policy.refusal(to(Address.phone("+64211234567")), NOON)).isEmpty();
        assertThat(policy.refusal(to(Address.phone("+12065550100")), NOON))
                .hasValue(Refusal.COUNTRY);
        assertThat(policy.refusal(to(ShortCode.of("12345", "US")), NOON)).hasValue(Refusal.COUNTRY);
        assertThat(policy.refusal(to(Address.extension("102")), NOON)).isEmpty();
        assertThat(SendPolicy.builder().build().refusal(to(Address.phone("+12065550100")), NOON))
                .as("without countries, all are allowed")
                .isEmpty();
        assertThatThrownBy(() -> SendPolicy.builder().countries("Atlantis"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void emergencyNumbersAreAlwaysRefused() {
        SendPolicy any = SendPolicy.builder().build();

        assertThat(any.refusal(to(Address.extension("911")), NOON))
                .hasValue(Refusal.EMERGENCY_NUMBER);
        assertThat(any.refusal(to(Address.shortCode("112")), NOON))
                .hasValue(Refusal.EMERGENCY_NUMBER);
        assertThat(any.refusal(to(Address.extension("102")), NOON))
                .as("an emergency number of India, and everybody else's extension")
                .isEmpty();
        assertThat(
                        SendPolicy.builder()
                                .countries("IN")
                                .build()
                                .refusal(to(Address.extension("102")), NOON))
                .hasValue(Refusal.EMERGENCY_NUMBER);
        assertThat(australia().build().refusal(to(Address.extension("000")), NOON))
                .hasValue(Refusal.EMERGENCY_NUMBER);
    }

    @Test
    void premiumNumbersAreAlwaysRefused() {
        SendPolicy any = SendPolicy.builder().build();

        assertThat(any.refusal(to(Address.phone("+611900654321")), NOON))
                .hasValue(Refusal.PREMIUM_NUMBER);
        assertThat(any.refusal(to(Address.phone("+19002345678")), NOON))
                .hasValue(Refusal.PREMIUM_NUMBER);
        assertThat(any.refusal(to(ANN), NOON)).isEmpty();
    }

    @Test
    void quietHoursGoByTheClockOfThePlaceAndOverMidnight() {
        ZoneId sydney = ZoneId.of("Australia/Sydney");
        SendPolicy policy =
                SendPolicy.builder()
                        .quietHours(LocalTime.of(21, 0), LocalTime.of(8, 0), sydney)
                        .build();

        assertThat(policy.refusal(to(ANN), at("2026-11-21T20:59", sydney))).isEmpty();
        assertThat(policy.refusal(to(ANN), at("2026-11-21T21:00", sydney)))
                .hasValue(Refusal.QUIET_HOURS);
        assertThat(policy.refusal(to(ANN), at("2026-11-22T07:59", sydney)))
                .hasValue(Refusal.QUIET_HOURS);
        assertThat(policy.refusal(to(ANN), at("2026-11-22T08:00", sydney))).isEmpty();
    }

    @Test
    void aTextThatIsToBeSentLaterIsAskedForThatTime() {
        SendPolicy policy =
                SendPolicy.builder()
                        .quietHours(LocalTime.of(21, 0), LocalTime.of(8, 0), ZoneOffset.UTC)
                        .build();
        Instant night = Instant.parse("2026-11-21T23:00:00Z");
        TextMessage tomorrow =
                to(ANN).toBuilder().scheduledAt(Instant.parse("2026-11-22T09:00:00Z")).build();
        TextMessage tonight = to(ANN).toBuilder().scheduledAt(night).build();

        assertThat(policy.refusal(tomorrow, night)).isEmpty();
        assertThat(policy.refusal(tonight, NOON)).hasValue(Refusal.QUIET_HOURS);
    }

    private static Instant at(String local, ZoneId zone) {
        return java.time.LocalDateTime.parse(local).atZone(zone).toInstant();
    }

    @Test
    void aRefusalIsAResultOfABulkAndCanBeSentAtAnotherTime() {
        NotingProvider provider = new NotingProvider();
        SendPolicy policy = australia().recipientLimit(1).tenant("clinic-7", 3).build();
        ManualTime time = ManualTime.startingAt(NOON);
        try (StateStore store = StateStore.inMemory(time);
                PbxResources resources = PbxResources.builder().time(time).build();
                SmsClient sms =
                        SmsClient.builder()
                                .provider(provider)
                                .store(store)
                                .policy(policy)
                                .resources(resources)
                                .build()) {
            SmsBulk bulk = SmsBulk.builder(sms).concurrency(1).build();

            BulkReport first =
                    bulk.send("morning", List.of(to(1), to(Address.phone("+12065550100")), to(2)));
            BulkReport second = bulk.send("evening", List.of(to(1), to(3), to(4)));

            assertThat(first.outcomes())
                    .extracting(SendOutcome::state)
                    .containsExactly(State.SENT, State.REJECTED, State.SENT);
            assertThat(first.outcomes().get(1).kind()).hasValue(Kind.POLICY);
            assertThat(first.retryable()).isEmpty();
            assertThat(second.outcomes())
                    .extracting(SendOutcome::state)
                    .containsExactly(State.REJECTED, State.SENT, State.REJECTED);
            assertThat(second.retryable()).hasSize(2);

            time.advance(Duration.ofDays(1));
            BulkReport nextDay = bulk.send("evening", second.retryable());
            assertThat(nextDay.count(State.SENT)).isEqualTo(2);
            assertThat(provider.taken).hasSize(5);
        }
    }

    @Test
    void whatWasNotSentDoesNotCountAndNeitherDoesWhatWasSentBefore() {
        NotingProvider provider = new NotingProvider();
        provider.answering(ANN.text(), NotingProvider.no(Kind.CONTENT));
        try (SmsClient sms =
                SmsClient.builder()
                        .provider(provider)
                        .policy(SendPolicy.builder().recipientLimit(1).build())
                        .build()) {
            Messages once = sms.with(CallOptions.idempotencyKey("appointment-1214")).messages();
            assertThatThrownBy(() -> once.send(to(ANN))).hasMessageContaining("CONTENT");

            once.send(to(ANN));

            assertThat(once.send(to(ANN)).isKnownBefore()).isTrue();
            assertThatThrownBy(() -> sms.messages().send(to(ANN)))
                    .asInstanceOf(InstanceOfAssertFactories.type(SmsRejectedException.class))
                    .satisfies(
                            no -> {
                                assertThat(no.kind()).isEqualTo(Kind.POLICY);
                                assertThat(no.providerCode()).isEqualTo("RECIPIENT_LIMIT");
                                assertThat(no.mayHaveBeenSent()).isFalse();
                            });
        }
    }

    @Test
    void clientsThatShareAStoreShareTheLimits() {
        Address sender = Address.phone("+61491570110");
        SendPolicy policy = SendPolicy.builder().senderLimit(2).build();
        try (StateStore store = StateStore.inMemory();
                SmsClient one = limited(store, policy, sender);
                SmsClient two = limited(store, policy, sender)) {
            one.messages().send(to(1));
            two.messages().send(to(2));

            assertThatThrownBy(() -> one.messages().send(to(3)))
                    .hasMessageContaining("sender has sent all texts");
        }
    }

    private static SmsClient limited(StateStore store, SendPolicy policy, Address sender) {
        return SmsClient.builder()
                .provider(new NotingProvider())
                .store(store)
                .sender(sender)
                .policy(policy)
                .build();
    }

    @Test
    void useAndRefusalsAreCounted() {
        Map<String, Long> counted = new ConcurrentHashMap<>();
        PbxObserver observer =
                new PbxObserver() {
                    @Override
                    public void count(Metric metric, Tags tags, long amount) {
                        String reason = tags.asMap().getOrDefault("reason", "");
                        counted.merge(metric.name() + reason, amount, Long::sum);
                        assertThat(tags.asMap()).containsEntry("tenant", "clinic-7");
                    }
                };
        try (PbxResources resources = PbxResources.builder().observer(observer).build();
                SmsClient sms =
                        SmsClient.builder()
                                .provider(new NotingProvider())
                                .policy(australia().tenant("clinic-7", 100).build())
                                .resources(resources)
                                .build()) {
            List<TextMessage> messages =
                    List.of(
                            TextMessage.to(ANN).text("x".repeat(161)).build(),
                            to(Address.phone("+12065550100")));

            SmsBulk.builder(sms).build().send("run", messages);

            await().atMost(Duration.ofSeconds(10)).until(() -> counted.size() == 3);
            assertThat(counted)
                    .containsEntry("pbx.sms.texts", 1L)
                    .containsEntry("pbx.sms.segments", 2L)
                    .containsEntry("pbx.sms.refusalsCOUNTRY", 1L);
        }
    }

    @Property(tries = 200)
    void aLimitIsNeverPassedHoweverManyAreSentAtOnce(
            @ForAll @IntRange(min = 1, max = 12) int limit,
            @ForAll @IntRange(min = 1, max = 12) int texts,
            @ForAll @IntRange(min = 1, max = 8) int concurrency) {
        NotingProvider provider = new NotingProvider();
        try (SmsClient sms =
                SmsClient.builder()
                        .provider(provider)
                        .policy(SendPolicy.builder().tenant("t", limit).build())
                        .build()) {
            BulkReport report =
                    SmsBulk.builder(sms)
                            .concurrency(concurrency)
                            .build()
                            .send(
                                    "run",
                                    IntStream.range(0, texts)
                                            .mapToObj(SendPolicyTest::to)
                                            .toList());

            assertThat(provider.taken).hasSize(Math.min(limit, texts));
            assertThat(report.count(State.SENT)).isEqualTo(Math.min(limit, texts));
            assertThat(report.retryable()).hasSize(texts - Math.min(limit, texts));
        }
    }

    @Property
    void quietHoursAreThoseBetweenTheirEndsOnAnyDay(
            @ForAll @IntRange(max = 1439) int from,
            @ForAll @IntRange(max = 1439) int until,
            @ForAll @IntRange(max = 1439) int now) {
        if (from == until) {
            return;
        }
        SendPolicy policy =
                SendPolicy.builder()
                        .quietHours(
                                LocalTime.ofSecondOfDay(from * 60L),
                                LocalTime.ofSecondOfDay(until * 60L),
                                ZoneOffset.UTC)
                        .build();
        Instant at = Instant.parse("2026-11-21T00:00:00Z").plusSeconds(now * 60L);

        boolean quiet = Math.floorMod(now - from, 1440) < Math.floorMod(until - from, 1440);
        assertThat(policy.refusal(to(ANN), at).isPresent()).isEqualTo(quiet);
    }
}
