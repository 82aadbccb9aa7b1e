package io.github.pbxsdk.it.sms;

import com.sun.net.httpserver.HttpServer;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.samples.web.JdkWebhook;
import io.github.pbxsdk.sms.SmsIntake;
import io.github.pbxsdk.sms.event.SmsEvent;
import io.github.pbxsdk.sms.event.SmsOrigin;
import io.github.pbxsdk.sms.webhook.SmsWebhook;
import io.github.pbxsdk.testing.sms.FakeSmsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** An application's end of a webhook, on the JDK's server: it is verified, parsed and handled. */
final class WebhookEnd implements AutoCloseable {

    private final List<SmsEvent> handled = new CopyOnWriteArrayList<>();
    private final AtomicInteger failures = new AtomicInteger();
    private final StateStore store = StateStore.inMemory();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    private WebhookEnd(HttpServer server) {
        this.server = server;
        server.setExecutor(threads);
    }

    /** Starts one, and has the provider call it. */
    static WebhookEnd of(
            CallingProvider provider,
            FakeSmsServer fake,
            SmsOrigin origin,
            Consumer<SmsEvent> handler) {
        WebhookEnd end = new WebhookEnd(listening());
        SmsWebhook webhook =
                SmsWebhook.builder()
                        .parser(provider.parser(origin))
                        .verifier(provider.verifier(fake))
                        .intake(
                                SmsIntake.builder()
                                        .store(end.store)
                                        .handler(event -> end.handle(event, handler))
                                        .build())
                        .build();
        end.server.createContext("/sms", new JdkWebhook(webhook::handle));
        end.server.start();
        fake.webhooksTo(end.url());
        return end;
    }

    private static HttpServer listening() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void handle(SmsEvent event, Consumer<SmsEvent> handler) {
        if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new IllegalStateException("the disk is full");
        }
        handled.add(event);
        handler.accept(event);
    }

    /** Has the handler fail so often, then no more. */
    void fail(int times) {
        failures.set(times);
    }

    List<SmsEvent> handled() {
        return List.copyOf(handled);
    }

    private URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/sms?key=s3cret");
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        store.close();
    }
}
