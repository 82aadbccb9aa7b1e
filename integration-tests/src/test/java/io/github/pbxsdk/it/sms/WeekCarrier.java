package io.github.pbxsdk.it.sms;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * A carrier with a week of texts, evenly spread: it lists them, some of them late, and calls
 * webhooks for a third of them, some twice and out of order, and never again when nobody answers.
 */
final class WeekCarrier implements AutoCloseable {

    private static final Duration WEEK = Duration.ofDays(7);

    /** A text may be listed so much later than others that were sent after it. */
    private static final Duration LATEST = Duration.ofMinutes(4);

    private static final int ONE_OF_THREE = 3;
    private static final int LATE_ONES = 97;

    private final int texts;
    private final long startMillis;
    private final long stepMillis;
    private final AtomicIntegerArray listed;
    private final HttpServer server;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final Random random = new Random(7);
    private volatile int highest;

    WeekCarrier(int texts) throws IOException {
        this.texts = texts;
        this.startMillis = Instant.now().minus(WEEK).toEpochMilli();
        this.stepMillis = Math.max(1, WEEK.toMillis() / texts);
        this.listed = new AtomicIntegerArray(texts);
        this.server = HttpServer.create(new InetSocketAddress(loopback(), 0), 0);
        server.setExecutor(Executors.newFixedThreadPool(2));
        server.createContext("/list", this::list);
        server.start();
    }

    private static InetAddress loopback() {
        return InetAddress.getLoopbackAddress();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/list";
    }

    Instant start() {
        return Instant.ofEpochMilli(startMillis);
    }

    private String line(int number) {
        return "m" + number + ";" + (startMillis + number * stepMillis);
    }

    private void list(HttpExchange exchange) throws IOException {
        long since = Long.parseLong(exchange.getRequestURI().getQuery());
        int first = (int) Math.max(0, (since - startMillis + stepMillis - 1) / stepMillis);
        StringBuilder lines = new StringBuilder();
        for (int i = first; i < highest; i++) {
            if (listed.get(i) == 1) {
                lines.append(line(i)).append('\n');
            }
        }
        byte[] body = lines.toString().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** Brings texts up to a number, without the end. */
    void bring(int from, int to, String webhook) throws InterruptedException {
        for (int i = from; i < to; i++) {
            boolean late = i % LATE_ONES == 0;
            if (!late) {
                listed.set(i, 1);
            }
            highest = i + 1;
            int lateOne = i - (int) (LATEST.toMillis() / stepMillis);
            if (lateOne >= 0) {
                listed.set(lateOne, 1);
            }
            if (i % ONE_OF_THREE == 0) {
                call(webhook, i);
                if (random.nextInt(4) == 0) {
                    call(webhook, Math.max(0, i - random.nextInt(30)));
                }
            }
        }
    }

    /** Lists what is still late. */
    void bringTheLateOnes() {
        for (int i = 0; i < texts; i++) {
            listed.set(i, 1);
        }
    }

    private void call(String webhook, int number) throws InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(webhook))
                        .timeout(Duration.ofSeconds(5))
                        .POST(BodyPublishers.ofString(line(number)))
                        .build();
        try {
            client.send(request, BodyHandlers.discarding());
        } catch (IOException e) {
            // Nobody is there: this carrier does not call again.
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
