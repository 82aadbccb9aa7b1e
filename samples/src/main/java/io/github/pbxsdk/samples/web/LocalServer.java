package io.github.pbxsdk.samples.web;

import com.sun.net.httpserver.HttpServer;
import io.github.pbxsdk.samples.runner.JsonLine;
import io.github.pbxsdk.samples.runner.SampleContext;
import io.github.pbxsdk.sms.webhook.WebhookRequest;
import io.github.pbxsdk.sms.webhook.WebhookResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.Function;

/** Serves a sample on this machine alone; a tunnel or a proxy makes it public. */
public final class LocalServer {

    private LocalServer() {}

    /**
     * Serves what lies below a path, at the option {@code port} for as long as the option {@code
     * for} says.
     */
    public static void serve(
            SampleContext sample, String path, Function<WebhookRequest, WebhookResponse> handler)
            throws IOException, InterruptedException {
        int port = Integer.parseInt(sample.option("port"));
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
        server.createContext(path, new JdkWebhook(handler));
        server.start();
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + path;
        sample.print(JsonLine.of("listening", url), "listening on " + url);
        try {
            sample.waitFor("for");
        } finally {
            server.stop(1);
        }
    }
}
