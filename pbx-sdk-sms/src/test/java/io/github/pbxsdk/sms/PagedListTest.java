package io.github.pbxsdk.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.http.HttpHeaders;
import io.github.pbxsdk.core.http.HttpRequest;
import io.github.pbxsdk.core.message.MessageId;
import io.github.pbxsdk.core.time.ManualTime;
import io.github.pbxsdk.core.time.Time;
import io.github.pbxsdk.sms.event.MessageReceivedEvent;
import io.github.pbxsdk.sms.event.SmsEvent;
import io.github.pbxsdk.sms.internal.json.JsonObject;
import io.github.pbxsdk.sms.internal.json.PagedList;
import io.github.pbxsdk.sms.provider.HttpAnswer;
import io.github.pbxsdk.sms.provider.ProviderHttp;
import io.github.pbxsdk.sms.provider.TwilioSms;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Lists of any length are read to their end, and no further than they are wanted. */
class PagedListTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final String NEXT = "],\"next_page_uri\":\"/next\"}";
    private static final String END = "],\"next_page_uri\":null}";

    private final ExecutorService wire = Executors.newSingleThreadExecutor();
    private final AtomicInteger asked = new AtomicInteger();
    private final TwilioSms twilio = TestProviders.twilio("http://127.0.0.1:9");

    @AfterEach
    void close() {
        wire.shutdownNow();
    }

    @Test
    void aDayOfMoreTextsThanAHundredThousandIsReadToItsEnd() {
        String ours = page(1000, "outbound-api", NOON) + NEXT;
        String theirs = page(1, "inbound", NOON) + END;

        CompletableFuture<List<SmsEvent>> received =
                twilio.receiveAsync(
                        NOON.minusSeconds(60), new Pages(number -> number <= 120 ? ours : theirs));

        assertThat(received)
                .succeedsWithin(Duration.ofSeconds(60))
                .satisfies(found -> assertThat(ids(found)).containsExactly("SM0"));
    }

    @Test
    void whatLiesBehindTheTimeThatIsAskedForIsNotRead() {
        String now = page(2, "inbound", NOON) + NEXT;
        String before = page(2, "inbound", NOON.minus(Duration.ofHours(9))) + NEXT;

        CompletableFuture<List<SmsEvent>> received =
                twilio.receiveAsync(
                        NOON.minusSeconds(60), new Pages(number -> number <= 2 ? now : before));

        assertThat(received)
                .succeedsWithin(Duration.ofSeconds(10))
                .satisfies(found -> assertThat(found).hasSize(4));
        assertThat(asked).hasValue(3);
    }

    @Test
    void aListThatBeginsWithTheOldestIsReadToItsEnd() {
        String date = "\"date_sent\":\"Sun, 01 Mar 2026 0%d:00:00 GMT\"";
        String before = "{\"messages\":[{" + date.formatted(1) + "},{" + date.formatted(2) + "}";
        String now = page(2, "inbound", NOON) + END;

        CompletableFuture<List<SmsEvent>> received =
                twilio.receiveAsync(
                        NOON.minusSeconds(60),
                        new Pages(number -> number <= 2 ? before + NEXT : now));

        assertThat(received)
                .succeedsWithin(Duration.ofSeconds(10))
                .satisfies(found -> assertThat(found).hasSize(2));
    }

    @Test
    void pagesThatNeverEndDo() {
        assertThat(twilio.receiveAsync(NOON, new Pages(number -> page(0, "", NOON) + NEXT)))
                .failsWithin(Duration.ofSeconds(20))
                .withThrowableThat()
                .withCauseInstanceOf(PbxException.class)
                .withMessageContaining("pages");
    }

    @Test
    void whateverGoesWrongWithAPageEndsTheList() {
        PagedList.Layout broken =
                new PagedList.Layout(
                        answer -> JsonObject.parse(answer.body()),
                        page -> {
                            throw new StackOverflowError("nested too deeply");
                        },
                        page -> "");

        assertThat(
                        PagedList.all(
                                new Pages(number -> "{}"),
                                "http://127.0.0.1:9",
                                Credentials.of("AC1", "12345"),
                                broken,
                                "/first",
                                Optional::of))
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .withCauseInstanceOf(StackOverflowError.class);
    }

    @Test
    void aListThatIsGivenUpIsNotReadOn() throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        CompletableFuture<List<SmsEvent>> received =
                twilio.receiveAsync(
                        NOON,
                        new Pages(
                                number -> {
                                    awaitQuietly(go);
                                    return page(0, "", NOON) + NEXT;
                                }));
        await().until(() -> asked.get() == 1);

        received.cancel(true);
        go.countDown();

        CompletableFuture.runAsync(() -> {}, wire).join();
        CompletableFuture.runAsync(() -> {}, wire).join();
        assertThat(asked).hasValue(1);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<String> ids(List<SmsEvent> events) {
        return events.stream()
                .map(event -> ((MessageReceivedEvent) event).message())
                .map(text -> text.id().map(MessageId::value).orElse("none"))
                .toList();
    }

    /** The newest first, as Twilio lists them. */
    private static String page(int count, String direction, Instant newest) {
        String message =
                "{\"sid\":\"SM%d\",\"direction\":\"%s\",\"date_sent\":\"%s\",\"num_media\":\"0\"}";
        return IntStream.range(0, count)
                .mapToObj(
                        number ->
                                message.formatted(
                                        number, direction, date(newest.minusMillis(number))))
                .collect(Collectors.joining(",", "{\"messages\":[", ""));
    }

    private static String date(Instant at) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(at.atOffset(ZoneOffset.UTC));
    }

    /** Answers each question with a page, by its number from 1. */
    private final class Pages implements ProviderHttp {

        private final IntFunction<String> pages;

        Pages(IntFunction<String> pages) {
            this.pages = pages;
        }

        @Override
        public HttpRequest.Builder request(String method, String url) {
            return HttpRequest.builder(method, url);
        }

        @Override
        public <T> CompletableFuture<T> call(HttpRequest request, Function<HttpAnswer, T> reader) {
            int number = asked.incrementAndGet();
            return CompletableFuture.supplyAsync(() -> pages.apply(number), wire)
                    .thenApply(json -> new HttpAnswer("a list", 200, HttpHeaders.empty(), json))
                    .thenApply(reader);
        }

        @Override
        public <T> CompletableFuture<T> blocking(Supplier<T> call) {
            return CompletableFuture.supplyAsync(call, wire);
        }

        @Override
        public Time time() {
            return ManualTime.startingAt(NOON);
        }
    }
}
