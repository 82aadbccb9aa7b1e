package io.github.pbxsdk.samples.web;

import com.sun.net.httpserver.HttpServer;
import io.github.pbxsdk.sms.webhook.WebhookRequest;
import io.github.pbxsdk.sms.webhook.WebhookResponse;
import io.javalin.Javalin;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Function;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.servlet.ServletContextHandler;
import org.eclipse.jetty.servlet.ServletHolder;
import org.springframework.web.context.support.GenericWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;

/** The route {@code /sms} on a server of each kind. */
enum WebServer {
    JDK {
        @Override
        Running start(Function<WebhookRequest, WebhookResponse> handler) throws Exception {
            HttpServer server = HttpServer.create(new InetSocketAddress(loopback(), 0), 0);
            server.createContext("/sms", new JdkWebhook(handler));
            server.start();
            return new Running(server.getAddress().getPort(), () -> server.stop(0));
        }
    },
    SERVLET {
        @Override
        Running start(Function<WebhookRequest, WebhookResponse> handler) throws Exception {
            return jetty(new ServletHolder(new ServletWebhook(handler)), "/sms");
        }
    },
    SPRING {
        @Override
        Running start(Function<WebhookRequest, WebhookResponse> handler) throws Exception {
            GenericWebApplicationContext context = new GenericWebApplicationContext();
            context.registerBean(SpringWebhook.class, () -> new SpringWebhook(handler));
            return jetty(new ServletHolder(new DispatcherServlet(context)), "/*");
        }
    },
    JAVALIN {
        @Override
        Running start(Function<WebhookRequest, WebhookResponse> handler) {
            Javalin app =
                    Javalin.create(config -> config.showJavalinBanner = false)
                            .get("/sms", new JavalinWebhook(handler))
                            .post("/sms", new JavalinWebhook(handler))
                            .start(loopback().getHostAddress(), 0);
            return new Running(app.port(), app::stop);
        }
    };

    abstract Running start(Function<WebhookRequest, WebhookResponse> handler) throws Exception;

    private static InetAddress loopback() {
        return InetAddress.getLoopbackAddress();
    }

    private static Running jetty(ServletHolder servlet, String path) throws Exception {
        Server server = new Server(new InetSocketAddress(loopback(), 0));
        ServletContextHandler context = new ServletContextHandler();
        context.addServlet(servlet, path);
        server.setHandler(context);
        server.start();
        int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
        return new Running(port, () -> stop(server));
    }

    private static void stop(Server server) {
        try {
            server.stop();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** A server that runs. */
    record Running(int port, Runnable end) implements AutoCloseable {

        String url() {
            return "http://127.0.0.1:" + port + "/sms";
        }

        @Override
        public void close() {
            end.run();
        }
    }
}
