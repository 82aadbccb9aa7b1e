package io.github.pbxsdk.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** Takes texts as Twilio and as Vonage do, and says yes to all. */
final class SmsServer implements Generator {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final AtomicLong number = new AtomicLong();

    private SmsServer() throws IOException {
        // Or an answer waits 40 ms for an acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 512);
        server.setExecutor(threads);
        server.createContext("/2010-04-01/", exchange -> answer(exchange, 201, twilio()));
        server.createContext("/sms/json", exchange -> answer(exchange, 200, vonage()));
        server.start();
    }

    static SmsServer start() throws IOException {
        return new SmsServer();
    }

    private String twilio() {
        return """
        {"sid":"SM%032d","account_sid":"AC1","to":"+61491570156","from":"+61491570110",\
        "body":"See you tomorrow at 3 pm.","status":"queued","direction":"outbound-api",\
        "num_segments":"1","num_media":"0","price":null,"price_unit":"USD","error_code":null,\
        "error_message":null,"date_created":"Wed, 15 Jan 2025 03:04:05 +0000",\
        "api_version":"2010-04-01"}\
        """
                .formatted(number.incrementAndGet());
    }

    private String vonage() {
        return """
        {"message-count":"1","messages":[{"to":"61491570156","message-id":"%d","status":"0",\
        "remaining-balance":"3.14","message-price":"0.03","network":"50501"}]}\
        """
                .formatted(number.incrementAndGet());
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        exchange.getRequestBody().readAllBytes();
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
