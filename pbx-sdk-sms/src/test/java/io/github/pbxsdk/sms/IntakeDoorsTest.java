package io.github.pbxsdk.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.sms.event.SmsOrigin;
import io.github.pbxsdk.sms.provider.FreePbxSms;
import io.github.pbxsdk.sms.webhook.SmsWebhook;
import io.github.pbxsdk.sms.webhook.WebhookParser;
import io.github.pbxsdk.sms.webhook.WebhookParsers;
import io.github.pbxsdk.sms.webhook.WebhookVerifiers;
import io.github.pbxsdk.testing.sms.FakeSmsBridge;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class IntakeDoorsTest {

    private static final Address ONE = Address.phone("+61491570110");
    private static final Address OTHER = Address.phone("+61491570157");

    private final SmsIntake intake =
            SmsIntake.builder().store(StateStore.inMemory()).handler(event -> {}).build();

    private SmsWebhook webhook(String account, Address... numbers) {
        return webhook(new SmsOrigin("freepbx", account), numbers);
    }

    private SmsWebhook webhook(SmsOrigin origin, Address... numbers) {
        return SmsWebhook.builder()
                .parser(WebhookParsers.freePbx(origin))
                .acceptUnsigned()
                .numbers(List.of(numbers))
                .intake(intake)
                .build();
    }

    @Test
    void twoWaysWithoutIdsForOneNumberAreRefused() {
        webhook("one", ONE);

        assertThatThrownBy(() -> webhook("two", OTHER, ONE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("numbers(...)");
        assertThatThrownBy(() -> webhook("two")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void twoForDifferentNumbersAndTheSameOneAgainAreFine() {
        assertThat(List.of(webhook("one", ONE), webhook("two", OTHER), webhook("one", ONE)))
                .hasSize(3);
    }

    @Test
    void waysWithIdsMayCrossAnything() {
        webhook("one");

        assertThat(
                        SmsWebhook.builder()
                                .parser(WebhookParsers.twilio(new SmsOrigin("twilio", "AC1")))
                                .acceptUnsigned()
                                .intake(intake)
                                .build())
                .isNotNull();
    }

    @Test
    void aWebhookWithoutIdsAndTheLiveTextsOfThePbxAreRefusedWhicheverIsFirst() {
        FreePbxSms pbx = pbx();
        webhook(pbx.origin(), ONE);
        SmsIntake other =
                SmsIntake.builder().store(StateStore.inMemory()).handler(event -> {}).build();
        pbx.subscribe(other);

        assertThatThrownBy(() -> pbx.subscribe(intake))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("freepbx pbx.example.com", "handled twice");
        assertThatThrownBy(() -> other.addDoorWithoutIds(pbx.origin(), List.of(ONE)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aWebhookWithoutIdsForAllNumbersStandsAloneWhateverItsAccountIsCalled() {
        FreePbxSms pbx = pbx();
        webhook("one", ONE);
        pbx.subscribe(intake);

        assertThatThrownBy(() -> webhook("two"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("numbers(...)");
    }

    private static FreePbxSms pbx() {
        PbxRoad road = new PbxRoad(pbx -> {});
        return FreePbxSms.builder().gateway(road).domain("pbx.example.com").traffic(road).build();
    }

    @Test
    void aBridgeThatPostsNoIdsIsNotPolledAsWellUnlessItSaysThatItPostsThem() {
        try (FakeSmsBridge server = new FakeSmsBridge();
                SmsClient client = TestProviders.FREEPBX_BRIDGE.client(server).build()) {
            SmsOrigin origin = TestProviders.bridge(server.url()).origin();
            client.startPolling(PollingOptions.every(Duration.ofHours(1)), intake);

            assertThatThrownBy(() -> bridge(WebhookParsers.freePbxBridge(origin)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("handled twice");
            assertThat(bridge(WebhookParsers.freePbxBridgeWithIds(origin))).isNotNull();
        }
    }

    private SmsWebhook bridge(WebhookParser parser) {
        return SmsWebhook.builder()
                .parser(parser)
                .verifier(WebhookVerifiers.freePbxBridge("secret"))
                .intake(intake)
                .build();
    }

    @Test
    void aWebhookWithoutIdsAndPollingOfTheSameTextsAreRefusedWhicheverIsFirst() {
        SmsIntake second =
                SmsIntake.builder().store(StateStore.inMemory()).handler(event -> {}).build();
        PollingOptions hourly = PollingOptions.every(Duration.ofHours(1));
        try (FakeSmsBridge server = new FakeSmsBridge();
                SmsClient client = TestProviders.FREEPBX_BRIDGE.client(server).build()) {
            SmsOrigin origin = TestProviders.bridge(server.url()).origin();
            webhook(origin);
            assertThatThrownBy(() -> client.startPolling(hourly, intake))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("take one way");

            client.startPolling(hourly, second);
            assertThatThrownBy(() -> second.addDoorWithoutIds(origin, List.of()))
                    .isInstanceOf(IllegalStateException.class);
        }
    }
}
