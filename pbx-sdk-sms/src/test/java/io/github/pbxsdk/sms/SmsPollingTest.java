package io.github.pbxsdk.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.event.Subscription;
import io.github.pbxsdk.core.http.HttpHeaders;
import io.github.pbxsdk.core.message.MediaItem;
import io.github.pbxsdk.core.message.MessageId;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.retry.RetryPolicy;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.core.time.ManualTime;
import io.github.pbxsdk.sms.event.MessageReceivedEvent;
import io.github.pbxsdk.sms.event.SmsEvent;
import io.github.pbxsdk.sms.event.SmsOrigin;
import io.github.pbxsdk.sms.webhook.SmsWebhook;
import io.github.pbxsdk.sms.webhook.WebhookParsers;
import io.github.pbxsdk.sms.webhook.WebhookRequest;
import io.github.pbxsdk.testing.sms.FakeMessageMedia;
import io.github.pbxsdk.testing.sms.FakeSmsBridge;
import io.github.pbxsdk.testing.sms.FakeSmsBroadcast;
import io.github.pbxsdk.testing.sms.FakeSmsServer;
import io.github.pbxsdk.testing.sms.FakeTwilio;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SmsPollingTest {

    private static final String PATIENT = "+61491570156";
    private static final String CLINIC = "+61491570110";

    private final Instant start = Instant.now().minusSeconds(60);
    private final PollingOptions often = PollingOptions.every(Duration.ofMillis(10)).from(start);
    private final StateStore store = StateStore.inMemory();
    private final BlockingQueue<String> handled = new LinkedBlockingQueue<>();

    @AfterEach
    void closeStore() {
        store.close();
    }

    private SmsIntake intake() {
        return SmsIntake.builder().store(store).handler(event -> handled.add(id(event))).build();
    }

    private static String id(SmsEvent event) {
        return ((MessageReceivedEvent) event).message().id().map(MessageId::value).orElse("none");
    }

    private SmsClient client(TestProviders provider, FakeSmsServer server) {
        return provider.client(server).store(store).build();
    }

    private void assertNext(String... ids) throws InterruptedException {
        for (String id : ids) {
            assertThat(handled.poll(10, TimeUnit.SECONDS)).isEqualTo(id);
        }
    }

    @Test
    void handsEachTextOverOnceInTheOrderOfTheProvider() throws InterruptedException {
        try (FakeTwilio server = new FakeTwilio();
                SmsClient client = client(TestProviders.TWILIO, server)) {
            for (int i = 5; i > 0; i--) {
                server.receive("SM" + i, PATIENT, CLINIC, "Text", start.plusSeconds(i));
            }
            try (Subscription polling = client.startPolling(often, intake())) {
                assertNext("SM1", "SM2", "SM3", "SM4", "SM5");
                server.receive("late", PATIENT, CLINIC, "Text", start.plusSeconds(2));
                assertNext("late");
                server.receive("SM6", PATIENT, CLINIC, "Text", start.plusSeconds(6));
                assertNext("SM6");
                assertThat(polling).isNotNull();
            }
            assertThat(handled).isEmpty();
        }
    }

    @Test
    void goesOnWhereItEndedAfterARestart() throws InterruptedException {
        try (FakeSmsBridge server = new FakeSmsBridge()) {
            server.receive("m1", PATIENT, CLINIC, "Text", start.plusSeconds(1).toString());
            pollUntil(server, "m1");
            server.receive("m2", PATIENT, CLINIC, "Text", start.plusSeconds(2).toString());
            server.receive("m3", PATIENT, CLINIC, "Text", start.plusSeconds(2).toString());
            pollUntil(server, "m2", "m3");
            assertThat(handled).isEmpty();
        }
    }

    private void pollUntil(FakeSmsBridge server, String... ids) throws InterruptedException {
        try (SmsClient client = client(TestProviders.FREEPBX_BRIDGE, server);
                Subscription polling = client.startPolling(often, intake())) {
            assertThat(polling).isNotNull();
            assertNext(ids);
        }
    }

    @Test
    void asksForMoreUntilTheListReachesBack() throws InterruptedException {
        try (FakeSmsBridge server = new FakeSmsBridge();
                SmsClient client = client(TestProviders.FREEPBX_BRIDGE, server)) {
            for (int i = 0; i < 300; i++) {
                server.receive("m" + i, PATIENT, CLINIC, "Text", start.plusMillis(i).toString());
            }
            try (Subscription polling = client.startPolling(often, intake())) {
                assertThat(polling).isNotNull();
                for (int i = 0; i < 300; i++) {
                    assertNext("m" + i);
                }
            }
        }
    }

    @Test
    void ourOwnTextsAreNotReceived() throws InterruptedException {
        try (FakeSmsBridge server = new FakeSmsBridge();
                SmsClient client = client(TestProviders.FREEPBX_BRIDGE, server)) {
            server.receive("ours", CLINIC, PATIENT, "Text", start.plusSeconds(1).toString());
            server.receive("theirs", PATIENT, CLINIC, "Text", start.plusSeconds(2).toString());
            try (Subscription polling = client.startPolling(often, intake())) {
                assertThat(polling).isNotNull();
                assertNext("theirs");
            }
        }
    }

    @Test
    void aTextWithoutAReadableTimeIsDeliveredOnce() throws InterruptedException {
        try (FakeSmsBridge server = new FakeSmsBridge();
                SmsClient client = client(TestProviders.FREEPBX_BRIDGE, server)) {
            server.receive("when", PATIENT, CLINIC, "Text", "yesterday");
            try (Subscription polling = client.startPolling(often, intake())) {
                assertThat(polling).isNotNull();
                assertNext("when");
                server.receive("m2", PATIENT, CLINIC, "Text", start.plusSeconds(2).toString());
                assertNext("m2");
            }
        }
    }

    @Test
    void aHandlerThatThrowsHoldsUpWhatFollowsAndIsTriedAgain() throws InterruptedException {
        AtomicInteger failures = new AtomicInteger(2);
        SmsIntake failing =
                SmsIntake.builder()
                        .store(store)
                        .handler(
                                event -> {
                                    handled.add(id(event));
                                    if (failures.getAndDecrement() > 0) {
                                        throw new IllegalStateException("database away");
                                    }
                                })
                        .build();
        BlockingQueue<RuntimeException> errors = new LinkedBlockingQueue<>();
        try (FakeTwilio server = new FakeTwilio();
                SmsClient client = client(TestProviders.TWILIO, server)) {
            server.receive("SM1", PATIENT, CLINIC, "Text", start.plusSeconds(1));
            server.receive("SM2", PATIENT, CLINIC, "Text", start.plusSeconds(2));
            try (Subscription polling = client.startPolling(often.onError(errors::add), failing)) {
                assertThat(polling).isNotNull();
                assertNext("SM1", "SM1", "SM1", "SM2");
            }
            assertThat(errors).hasSize(2);
        }
    }

    @Test
    void aHandlerThatFailsNowAndThenIsNotWaitedForLongerAndLonger() {
        ManualTime time = ManualTime.startingAt(start.plusSeconds(60));
        Set<String> failed = ConcurrentHashMap.newKeySet();
        SmsIntake intake =
                SmsIntake.builder()
                        .store(store)
                        .handler(
                                event -> {
                                    if (failed.add(id(event))) {
                                        throw new IllegalStateException("the first time");
                                    }
                                    handled.add(id(event));
                                })
                        .build();
        try (FakeSmsBridge server = new FakeSmsBridge();
                PbxResources resources = PbxResources.builder().time(time).build();
                SmsClient client =
                        TestProviders.FREEPBX_BRIDGE
                                .client(server)
                                .store(store)
                                .resources(resources)
                                // The end of what was asked is not to be taken for the next round.
                                .timeout(Duration.ofHours(1))
                                .build()) {
            for (int i = 0; i < 8; i++) {
                server.receive("m" + i, PATIENT, CLINIC, "Text", start.plusSeconds(i).toString());
            }
            Duration interval = Duration.ofSeconds(10);
            Duration twice = interval.multipliedBy(2);
            client.startPolling(PollingOptions.every(interval).from(start), intake);
            for (int i = 1; i <= 8; i++) {
                int failures = i;
                await().until(() -> failed.size() == failures && isDue(time, twice));
                time.advance(twice);
            }

            await().until(() -> handled.size() == 8);
        }
    }

    private static boolean isDue(ManualTime time, Duration within) {
        return time.pending().stream().anyMatch(pause -> pause.compareTo(within) <= 0);
    }

    @Test
    void aTextThatFailsForEverGoesToSomebodyElse() throws InterruptedException {
        SmsIntake failing =
                SmsIntake.builder()
                        .store(store)
                        .handler(
                                event -> {
                                    if (id(event).equals("poison")) {
                                        throw new IllegalStateException("can't");
                                    }
                                    handled.add(id(event));
                                })
                        .build();
        try (FakeTwilio server = new FakeTwilio();
                SmsClient client = client(TestProviders.TWILIO, server)) {
            server.receive("poison", PATIENT, CLINIC, "Text", start.plusSeconds(1));
            server.receive("SM2", PATIENT, CLINIC, "Text", start.plusSeconds(2));
            PollingOptions options =
                    often.onError(e -> {})
                            .deadLetters(3, (event, e) -> handled.add("dead " + id(event)));
            try (Subscription polling = client.startPolling(options, failing)) {
                assertThat(polling).isNotNull();
                assertNext("dead poison", "SM2");
                server.receive("SM3", PATIENT, CLINIC, "Text", start.plusSeconds(3));
                assertNext("SM3");
            }
        }
    }

    @Test
    void aTextThatSomebodyElseHandlesIsWaitedForInSilence() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        SmsIntake slow =
                SmsIntake.builder()
                        .store(store)
                        .handler(
                                event -> {
                                    started.countDown();
                                    go.await();
                                    handled.add("slowly " + id(event));
                                })
                        .build();
        BlockingQueue<RuntimeException> errors = new LinkedBlockingQueue<>();
        PollingOptions options =
                often.onError(errors::add)
                        .deadLetters(1, (event, e) -> handled.add("dead " + id(event)));
        ExecutorService other = Executors.newSingleThreadExecutor();
        try (FakeTwilio server = new FakeTwilio();
                SmsClient client = client(TestProviders.TWILIO, server)) {
            Future<SmsIntake.Outcome> first = other.submit(() -> slow.accept(event("SM1")));
            assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
            server.receive("SM1", PATIENT, CLINIC, "Text", start.plusSeconds(1));
            server.receive("SM2", PATIENT, CLINIC, "Text", start.plusSeconds(2));
            try (Subscription polling = client.startPolling(options, intake())) {
                assertThat(polling).isNotNull();
                await().until(() -> server.requests().size() > 5);
                assertThat(handled).isEmpty();

                go.countDown();
                assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo(SmsIntake.Outcome.HANDLED);
                assertNext("slowly SM1", "SM2");
            }
            assertThat(errors).isEmpty();
        } finally {
            other.shutdown();
        }
    }

    private static SmsEvent event(String id) {
        return new MessageReceivedEvent(
                new SmsOrigin("twilio", "AC1"),
                TextMessage.builder(TextMessage.Direction.INBOUND)
                        .id(MessageId.of(id))
                        .text("Text")
                        .build());
    }

    @Test
    void aTextThatIsGivenUpStaysWithWhoeverHandlesItAgain() throws Exception {
        AtomicBoolean failing = new AtomicBoolean(true);
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        SmsIntake intake =
                SmsIntake.builder()
                        .store(store)
                        .handler(
                                event -> {
                                    if (!id(event).equals("SM1")) {
                                        handled.add(id(event));
                                        return;
                                    }
                                    if (failing.getAndSet(false)) {
                                        throw new IllegalStateException("can't");
                                    }
                                    started.countDown();
                                    go.await();
                                })
                        .build();
        BlockingQueue<Future<SmsIntake.Outcome>> again = new LinkedBlockingQueue<>();
        ExecutorService other = Executors.newSingleThreadExecutor();
        PollingOptions options =
                often.deadLetters(
                        1,
                        (event, e) -> {
                            again.add(other.submit(() -> intake.accept(event)));
                            await().until(() -> started.getCount() == 0);
                        });
        try (FakeTwilio server = new FakeTwilio();
                SmsClient client = client(TestProviders.TWILIO, server)) {
            server.receive("SM1", PATIENT, CLINIC, "Text", start.plusSeconds(1));
            server.receive("SM2", PATIENT, CLINIC, "Text", start.plusSeconds(2));
            try (Subscription polling = client.startPolling(options, intake)) {
                assertThat(polling).isNotNull();
                assertNext("SM2");
                go.countDown();
                assertThat(again.take().get(10, TimeUnit.SECONDS))
                        .isEqualTo(SmsIntake.Outcome.HANDLED);
            }
        } finally {
            other.shutdown();
        }
    }

    @Test
    void pollingOutlivesAHandlerThatBreaksAndSomebodyToldWhoThrows() throws InterruptedException {
        AtomicInteger failures = new AtomicInteger(2);
        SmsIntake breaking =
                SmsIntake.builder()
                        .store(store)
                        .handler(
                                event -> {
                                    if (failures.getAndDecrement() > 0) {
                                        throw new StackOverflowError("broken");
                                    }
                                    handled.add(id(event));
                                })
                        .build();
        BlockingQueue<RuntimeException> errors = new LinkedBlockingQueue<>();
        PollingOptions options =
                often.onError(
                        e -> {
                            errors.add(e);
                            throw e;
                        });
        try (FakeTwilio server = new FakeTwilio();
                SmsClient client = client(TestProviders.TWILIO, server)) {
            server.receive("SM1", PATIENT, CLINIC, "Text", start.plusSeconds(1));
            try (Subscription polling = client.startPolling(options, breaking)) {
                assertThat(polling).isNotNull();
                assertNext("SM1");
            }
            assertThat(errors)
                    .hasSize(2)
                    .allSatisfy(e -> assertThat(e).hasCauseInstanceOf(StackOverflowError.class));
        }
    }

    @Test
    void whatWaitsForAListenerIsToldAlthoughTheClientIsClosed() throws InterruptedException {
        try (FakeTwilio server = new FakeTwilio();
                SmsClient client = client(TestProviders.TWILIO, server)) {
            for (int i = 1; i <= 3; i++) {
                server.receive("SM" + i, PATIENT, CLINIC, "Text", start.plusSeconds(i));
            }
            client.events().subscribe(MessageReceivedEvent.class, event -> busy(client, event));

            client.startPolling(Duration.ofMillis(20));

            assertNext("SM1", "SM2", "SM3");
        }
    }

    /** Closes the client when all three are noted as handled, of which two wait for us. */
    private void busy(SmsClient client, MessageReceivedEvent event) {
        if (handled.isEmpty()) {
            await().until(() -> noted() == 3);
            client.close();
        }
        handled.add(id(event));
    }

    @Test
    void aTextThatNobodyListensToWaitsForAListener() throws InterruptedException {
        try (FakeMessageMedia server = new FakeMessageMedia();
                SmsClient client = client(TestProviders.MESSAGE_MEDIA, server)) {
            server.receive("r1", PATIENT, CLINIC, "Yes", start.plusSeconds(1).toString());
            client.startPolling(Duration.ofMillis(10));
            await().until(() -> server.requests().size() > 4);
            assertThat(server.unconfirmed()).isOne();

            client.events().subscribe(MessageReceivedEvent.class, event -> handled.add(id(event)));

            assertNext("r1");
            await().until(() -> server.unconfirmed() == 0);
        }
    }

    private long noted() {
        return store.scan("sms.seen", "", 10).stream()
                .filter(entry -> entry.text().equals("1 handled"))
                .count();
    }

    @Test
    void aClientThatIsClosedWaitsForTheHandlerOfPollingThatIsBeingEnded() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        AtomicBoolean over = new AtomicBoolean();
        SmsIntake slow =
                SmsIntake.builder()
                        .store(store)
                        .handler(
                                event -> {
                                    started.countDown();
                                    go.await();
                                    over.set(true);
                                })
                        .build();
        try (FakeTwilio server = new FakeTwilio();
                SmsClient client = client(TestProviders.TWILIO, server)) {
            server.receive("SM1", PATIENT, CLINIC, "Text", start.plusSeconds(1));
            Subscription polling = client.startPolling(often, slow);
            assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
            AtomicBoolean waited = new AtomicBoolean();
            Thread ending = new Thread(polling::close);
            Thread closing = new Thread(() -> waited.set(isOverAfterClosing(client, over)));

            ending.start();
            await().until(() -> ending.getState() == Thread.State.WAITING);
            closing.start();
            await().until(() -> isWaitingOrOver(closing));
            go.countDown();
            closing.join(10_000);

            assertThat(waited).isTrue();
        }
    }

    private static boolean isOverAfterClosing(SmsClient client, AtomicBoolean over) {
        client.close();
        return over.get();
    }

    private static boolean isWaitingOrOver(Thread thread) {
        return thread.getState() == Thread.State.WAITING || !thread.isAlive();
    }

    @Test
    void aTextThatBreaksTheHandlerForEverGoesToSomebodyElse() throws InterruptedException {
        SmsIntake breaking =
                SmsIntake.builder()
                        .store(store)
                        .handler(
                                event -> {
                                    throw new StackOverflowError("broken");
                                })
                        .build();
        try (FakeTwilio server = new FakeTwilio();
                SmsClient client = client(TestProviders.TWILIO, server)) {
            server.receive("SM1", PATIENT, CLINIC, "Text", start.plusSeconds(1));
            PollingOptions options =
                    often.onError(e -> {})
                            .deadLetters(2, (event, e) -> handled.add("dead " + id(event)));
            try (Subscription polling = client.startPolling(options, breaking)) {
                assertThat(polling).isNotNull();
                assertNext("dead SM1");
            }
        }
    }

    @Test
    void listenersAndAnIntakeWithOneStoreGetEachTextBoth() throws InterruptedException {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        try (FakeTwilio server = new FakeTwilio();
                SmsClient client = client(TestProviders.TWILIO, server)) {
            client.events().subscribe(MessageReceivedEvent.class, event -> heard.add(id(event)));
            client.startPolling(Duration.ofMillis(10));
            client.startPolling(often, intake());
            for (int i = 1; i <= 5; i++) {
                server.receive("SM" + i, PATIENT, CLINIC, "Text", Instant.now());
                assertNext("SM" + i);
                assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("SM" + i);
            }
        }
    }

    @Test
    void aProviderWithConfirmationIsPolledForOneReaderOnly() {
        PollingOptions hourly = PollingOptions.every(Duration.ofHours(1));
        SmsIntake ours = intake();
        try (FakeMessageMedia server = new FakeMessageMedia();
                SmsClient client = client(TestProviders.MESSAGE_MEDIA, server);
                SmsInbox inbox = client.inbox()) {
            Subscription polling = client.startPolling(hourly, ours);
            client.startPolling(hourly, ours).close();

            assertThatThrownBy(() -> client.startPolling(hourly, intake()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContainingAll("messagemedia", "close that polling first");
            assertThatThrownBy(() -> inbox.startPolling(Duration.ofHours(1)))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(inbox.isPolling()).isFalse();

            polling.close();
            client.startPolling(Duration.ofHours(1));
            inbox.startPolling(Duration.ofHours(1));
            assertThat(inbox.isPolling()).isTrue();
        }
    }

    @Test
    void whatComesByWebhookAndByPollingIsOneText() throws InterruptedException {
        try (FakeTwilio server = new FakeTwilio();
                SmsClient client = client(TestProviders.TWILIO, server)) {
            SmsIntake intake = intake();
            SmsWebhook webhook =
                    SmsWebhook.builder()
                            .parser(WebhookParsers.twilio(new SmsOrigin("twilio", "AC1")))
                            .acceptUnsigned()
                            .intake(intake)
                            .build();
            webhook.handle(text("SM1"));
            assertNext("SM1");
            server.receive("SM1", PATIENT, CLINIC, "Text", start.plusSeconds(1));
            server.receive("SM2", PATIENT, CLINIC, "Text", start.plusSeconds(2));
            try (Subscription polling = client.startPolling(often, intake)) {
                assertThat(polling).isNotNull();
                assertNext("SM2");
                server.receive("SM3", PATIENT, CLINIC, "Text", start.plusSeconds(3));
                assertNext("SM3");
                assertThat(webhook.handle(text("SM2")).status()).isEqualTo(200);
            }
            assertThat(handled).isEmpty();
        }
    }

    @Test
    void picturesOfAPolledTextAreThoseThatItsWebhookTells() {
        List<SmsEvent> came = new CopyOnWriteArrayList<>();
        SmsIntake intake = SmsIntake.builder().store(store).handler(came::add).build();
        try (FakeTwilio server = new FakeTwilio();
                SmsClient client = client(TestProviders.TWILIO, server)) {
            server.receive("SM1", PATIENT, CLINIC, "No picture", start.plusSeconds(1));
            server.receive(
                    "MM2", PATIENT, CLINIC, "", start.plusSeconds(2), "image/jpeg", "image/png");
            try (Subscription polling = client.startPolling(often, intake)) {
                assertThat(polling).isNotNull();
                await().until(() -> came.size() == 2 && lists(server) > 3);
            }

            String files = server.url() + "/2010-04-01/Accounts/AC1/Messages/MM2/Media/ME";
            assertThat(media(came.get(0))).isEmpty();
            assertThat(media(came.get(1)))
                    .containsExactly(
                            MediaItem.builder()
                                    .url(URI.create(files + "0".repeat(31) + "1"))
                                    .contentType("image/jpeg")
                                    .build(),
                            MediaItem.builder()
                                    .url(URI.create(files + "0".repeat(31) + "2"))
                                    .contentType("image/png")
                                    .build());
            assertThat(server.requests())
                    .as("nobody asks again for what was handled")
                    .filteredOn(request -> request.path().endsWith("/Media.json"))
                    .hasSize(1);
        }
    }

    private static long lists(FakeSmsServer server) {
        return server.requests().stream()
                .filter(request -> request.path().endsWith("/Messages.json"))
                .filter(request -> request.parameter("Page").isEmpty())
                .count();
    }

    private static List<MediaItem> media(SmsEvent event) {
        return ((MessageReceivedEvent) event).message().media();
    }

    @Test
    void aTextWhosePicturesCanNotBeListedIsReadAgain() {
        List<SmsEvent> came = new CopyOnWriteArrayList<>();
        SmsIntake intake = SmsIntake.builder().store(store).handler(came::add).build();
        BlockingQueue<RuntimeException> errors = new LinkedBlockingQueue<>();
        try (FakeTwilio server = new FakeTwilio();
                SmsClient client =
                        TestProviders.TWILIO
                                .client(server)
                                .store(store)
                                .retry(RetryPolicy.none())
                                .build()) {
            server.receive("MM1", PATIENT, CLINIC, "", start.plusSeconds(1), "image/jpeg");
            server.failFiles(503, 2);
            try (Subscription polling = client.startPolling(often.onError(errors::add), intake)) {
                assertThat(polling).isNotNull();
                await().until(() -> !came.isEmpty());
            }

            assertThat(media(came.get(0))).hasSize(1);
            assertThat(errors).hasSize(2).allMatch(SmsRejectedException.class::isInstance);
        }
    }

    @Test
    void aTextWhosePicturesAreGoneHoldsNobodyUp() {
        List<SmsEvent> came = new CopyOnWriteArrayList<>();
        SmsIntake intake = SmsIntake.builder().store(store).handler(came::add).build();
        try (FakeTwilio server = new FakeTwilio();
                SmsClient client = client(TestProviders.TWILIO, server)) {
            server.receive("MM1", PATIENT, CLINIC, "", start.plusSeconds(1), "image/jpeg");
            server.receive("SM2", PATIENT, CLINIC, "Text", start.plusSeconds(2));
            server.failFiles(404, 100);
            try (Subscription polling = client.startPolling(often, intake)) {
                assertThat(polling).isNotNull();
                await().until(() -> came.size() == 2);
            }

            assertThat(media(came.get(0))).isEmpty();
            assertThat(((MessageReceivedEvent) came.get(0)).message().attributes())
                    .containsEntry("unreadable-media", "true");
            assertThat(((MessageReceivedEvent) came.get(1)).message().attributes()).isEmpty();
        }
    }

    @Test
    void aTextThatIsBeingCompletedWhenPollingEndsIsNotGivenUp() throws InterruptedException {
        BlockingQueue<SmsEvent> given = new LinkedBlockingQueue<>();
        try (FakeTwilio server = new FakeTwilio();
                SmsClient client = client(TestProviders.TWILIO, server)) {
            SmsIntake intake =
                    SmsIntake.builder()
                            .store(store)
                            .handler(
                                    event -> {
                                        handled.add(id(event));
                                        server.slow(Duration.ofMinutes(1));
                                    })
                            .build();
            server.receive("SM1", PATIENT, CLINIC, "Text", start.plusSeconds(1));
            server.receive("MM2", PATIENT, CLINIC, "", start.plusSeconds(2), "image/jpeg");
            PollingOptions options =
                    often.onError(e -> {}).deadLetters(1, (event, e) -> given.add(event));
            Subscription polling = client.startPolling(options, intake);
            server.await(request -> request.path().endsWith("/Media.json"));

            polling.close();

            assertNext("SM1");
            assertThat(given).isEmpty();
            assertThat(handled).isEmpty();
        }
    }

    @Test
    void anInboxShowsPicturesToo() {
        try (FakeTwilio server = new FakeTwilio();
                SmsClient client = client(TestProviders.TWILIO, server);
                SmsInbox inbox = client.inbox()) {
            server.receive("MM1", PATIENT, CLINIC, "", start.plusSeconds(1), "image/jpeg");

            inbox.refresh();
            inbox.refresh();

            assertThat(inbox.messages())
                    .singleElement()
                    .satisfies(text -> assertThat(text.media()).hasSize(1));
            assertThat(server.requests())
                    .filteredOn(request -> request.path().endsWith("/Media.json"))
                    .hasSize(1);
        }
    }

    private static WebhookRequest text(String sid) {
        String body = "MessageSid=" + sid + "&From=%2B61491570156&Body=Text&SmsStatus=received";
        return WebhookRequest.of(
                "POST", "/sms", HttpHeaders.empty(), body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void confirmsWhatWasHandledUntilNothingIsLeft() throws InterruptedException {
        try (FakeMessageMedia server = new FakeMessageMedia();
                SmsClient client = client(TestProviders.MESSAGE_MEDIA, server)) {
            for (int i = 1; i <= 5; i++) {
                server.receive("r" + i, PATIENT, CLINIC, "Yes", start.plusSeconds(i).toString());
            }
            try (Subscription polling = client.startPolling(often, intake())) {
                assertNext("r1", "r2", "r3", "r4", "r5");
                server.receive("r6", PATIENT, CLINIC, "Yes", start.plusSeconds(6).toString());
                assertNext("r6");
                server.receive("r7", PATIENT, CLINIC, "Yes", start.plusSeconds(7).toString());
                assertNext("r7");
                assertThat(polling).isNotNull();
            }
            assertThat(server.unconfirmed()).isZero();
        }
    }

    @Test
    void anOutageIsToldAndWhatCameMeanwhileArrives() throws InterruptedException {
        BlockingQueue<RuntimeException> errors = new LinkedBlockingQueue<>();
        FakeSmsBridge gone = new FakeSmsBridge();
        gone.close();
        try (SmsClient client = client(TestProviders.FREEPBX_BRIDGE, gone);
                Subscription polling = client.startPolling(often.onError(errors::add), intake())) {
            assertThat(polling).isNotNull();
            assertThat(errors.poll(10, TimeUnit.SECONDS)).isNotNull();
        }
        try (FakeSmsBridge back = new FakeSmsBridge()) {
            back.receive("m1", PATIENT, CLINIC, "Text", start.plusSeconds(1).toString());
            pollUntil(back, "m1");
        }
    }

    @Test
    void theFirstStartTakesWhatComesFromNowOn() throws InterruptedException {
        try (FakeTwilio server = new FakeTwilio();
                SmsClient client = client(TestProviders.TWILIO, server)) {
            server.receive("old", PATIENT, CLINIC, "Text", Instant.now().minusSeconds(3600));
            try (Subscription polling =
                    client.startPolling(PollingOptions.every(Duration.ofMillis(10)), intake())) {
                assertThat(polling).isNotNull();
                server.await(request -> request.method().equals("GET"));
                server.receive("new", PATIENT, CLINIC, "Text", Instant.now().plusSeconds(1));
                assertNext("new");
            }
        }
    }

    @Test
    void aProviderWithoutAListCanNotBePolled() {
        try (FakeSmsBroadcast server = new FakeSmsBroadcast();
                SmsClient client = client(TestProviders.SMS_BROADCAST, server)) {
            assertThatThrownBy(() -> client.startPolling(Duration.ofSeconds(30)))
                    .isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> client.startPolling(Duration.ZERO))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void anInboxShowsWhatCame() throws InterruptedException {
        BlockingQueue<Integer> unread = new LinkedBlockingQueue<>();
        try (FakeSmsBridge server = new FakeSmsBridge();
                SmsClient client = client(TestProviders.FREEPBX_BRIDGE, server);
                SmsInbox inbox = client.inbox()) {
            server.receive("m1", PATIENT, CLINIC, "One", start.plusSeconds(1).toString());
            server.receive("m2", PATIENT, CLINIC, "Two", start.plusSeconds(2).toString());
            inbox.subscribe(changed -> unread.add(changed.unread()));

            inbox.refresh();
            inbox.refresh();

            assertThat(inbox.messages())
                    .extracting(text -> text.text())
                    .isEqualTo(List.of("Two", "One"));
            assertThat(unread).containsExactly(2);
            assertThat(client.unreadCount()).isEqualTo(2);
            inbox.markRead(inbox.messages().get(0));
            assertThat(inbox.unread()).isOne();

            unread.clear();
            inbox.startPolling(Duration.ofMillis(10));
            inbox.startPolling(Duration.ofMillis(10));
            assertThat(inbox.isPolling()).isTrue();
            server.receive("m3", PATIENT, CLINIC, "Three", Instant.now().plusSeconds(1).toString());
            assertThat(unread.poll(10, TimeUnit.SECONDS)).isEqualTo(1);
            assertThat(unread.poll(10, TimeUnit.SECONDS)).isEqualTo(2);
            inbox.stopPolling();
            assertThat(inbox.isPolling()).isFalse();
            assertThat(inbox.messages().get(0).text()).isEqualTo("Three");
        }
    }
}
