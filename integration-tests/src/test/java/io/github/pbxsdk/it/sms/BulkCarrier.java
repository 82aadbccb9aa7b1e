package io.github.pbxsdk.it.sms;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A carrier that fails in every way, and knows who got how many texts.
 *
 * <p>It takes a list of recipients, all or none: one that it refuses spoils the list.
 */
final class BulkCarrier implements AutoCloseable {

    private final AtomicIntegerArray texts;
    private final AtomicInteger requests = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private final int port;
    private HttpServer server;
    private int taken;

    BulkCarrier(int recipients) throws IOException {
        this.texts = new AtomicIntegerArray(recipients);
        this.server = start(0);
        this.port = server.getAddress().getPort();
    }

    private HttpServer start(int at) throws IOException {
        HttpServer started =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), 0);
        started.setExecutor(threads);
        started.createContext("/texts", this::answer);
        started.start();
        return started;
    }

    String url() {
        return "http://127.0.0.1:" + port + "/texts";
    }

    /** Hangs up, and refuses connections for a moment. */
    void goAway() throws IOException {
        server.stop(0);
        server = start(port);
    }

    int textsOf(int recipient) {
        return texts.get(recipient);
    }

    int requests() {
        return requests.get();
    }

    /** Waits until so many texts have been taken. */
    void await(int count) throws InterruptedException {
        lock.lock();
        try {
            long nanos = TimeUnit.MINUTES.toNanos(2);
            while (taken < count) {
                if (nanos <= 0) {
                    throw new AssertionError("only " + taken + " of " + count + " texts came");
                }
                nanos = grown.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        List<Integer> recipients =
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .map(BulkApplication::place)
                        .toList();
        int number = requests.incrementAndGet();
        if (number % 10_007 == 0) {
            reply(exchange, 429, "slow");
        } else if (number % 4001 == 0) {
            reply(exchange, 401, "who are you");
        } else if (number % 5003 == 0) {
            reply(exchange, 402, "no money");
        } else if (recipients.stream().anyMatch(BulkCarrier::isRefused)) {
            reply(exchange, 400, refusals(recipients));
        } else {
            take(recipients);
            replyOrFail(exchange, number, recipients.size());
        }
    }

    private static String refusals(List<Integer> recipients) {
        List<String> lines = new ArrayList<>();
        for (int place = 0; place < recipients.size(); place++) {
            if (isInvalid(recipients.get(place))) {
                lines.add(place + " invalid");
            } else if (isOptedOut(recipients.get(place))) {
                lines.add(place + " opted out");
            }
        }
        return String.join("\n", lines);
    }

    private void take(List<Integer> recipients) {
        recipients.forEach(texts::incrementAndGet);
        lock.lock();
        try {
            taken += recipients.size();
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** It has the texts, whatever it says. */
    private void replyOrFail(HttpExchange exchange, int number, int count) throws IOException {
        if (number % 211 == 0) {
            reply(exchange, 503, "<h1>Service Unavailable</h1>");
        } else if (number % 223 == 0) {
            exchange.close();
        } else if (number % 227 == 0) {
            reply(exchange, 200, "<html>Welcome</html>");
        } else if (number % 2503 == 0) {
            silence(exchange);
        } else {
            reply(exchange, 200, "OK " + count);
        }
    }

    /** Nothing comes before the caller has given up. */
    private static void silence(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 1000);
        exchange.getResponseBody().flush();
    }

    private static void reply(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    static boolean isRefused(int recipient) {
        return isInvalid(recipient) || isOptedOut(recipient);
    }

    static boolean isInvalid(int recipient) {
        return recipient % 500 == 3;
    }

    static boolean isOptedOut(int recipient) {
        return recipient % 500 == 7;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
