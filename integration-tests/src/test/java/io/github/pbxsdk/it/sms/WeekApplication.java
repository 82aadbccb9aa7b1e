package io.github.pbxsdk.it.sms;

import com.sun.net.httpserver.HttpServer;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.http.HttpHeaders;
import io.github.pbxsdk.core.state.Durability;
import io.github.pbxsdk.core.state.FileStateStore;
import io.github.pbxsdk.core.state.StateChange;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.sms.PollingOptions;
import io.github.pbxsdk.sms.SmsClient;
import io.github.pbxsdk.sms.SmsIntake;
import io.github.pbxsdk.sms.event.MessageReceivedEvent;
import io.github.pbxsdk.sms.event.SmsEvent;
import io.github.pbxsdk.sms.webhook.SmsWebhook;
import io.github.pbxsdk.sms.webhook.WebhookRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * The application under test, in a process that is killed now and then: two accounts, each polled
 * and called. The handler of one commits with us; the other writes a line to a file of its own.
 */
final class WeekApplication {

    static final String INBOX = "inbox";

    private static final int FAILS_ONE_OF = 300;

    private final Path folder;
    private final OutputStream lines;

    private WeekApplication(Path folder) throws IOException {
        this.folder = folder;
        this.lines =
                Files.newOutputStream(
                        linesOf(folder), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    static Path linesOf(Path folder) {
        return folder.resolve("lines");
    }

    static StateStore open(Path folder, FasterTime time) {
        return FileStateStore.builder()
                .folder(folder.resolve("store"))
                .durability(Durability.OPERATING_SYSTEM)
                .time(time)
                .open();
    }

    /** Arguments: folder, URL of the list, start of the week, when the clocks were equal. */
    public static void main(String[] args) throws Exception {
        new WeekApplication(Path.of(args[0]))
                .run(args[1], Instant.parse(args[2]), new FasterTime(Long.parseLong(args[3])));
    }

    private void run(String list, Instant start, FasterTime time) throws Exception {
        try (time;
                StateStore store = open(folder, time);
                PbxResources resources = PbxResources.builder().time(time).build()) {
            SmsIntake.Builder intake = SmsIntake.builder().store(store).time(time);
            SmsIntake committing = intake.committing(this::commit).build();
            SmsIntake writing = intake.handler(this::write).build();
            WeekProvider one = new WeekProvider(list, "committing");
            WeekProvider two = new WeekProvider(list, "writing");
            HttpServer server = serve(List.of(webhook(one, committing), webhook(two, writing)));
            try (SmsClient first = client(one, resources);
                    SmsClient second = client(two, resources)) {
                first.startPolling(polling(start), committing);
                second.startPolling(polling(start), writing);
                answerUntilToldToEnd(store, server.getAddress().getPort());
            } finally {
                server.stop(1);
            }
        }
        // The pool of the server is not ours to wait for.
        System.exit(0);
    }

    private static SmsClient client(WeekProvider provider, PbxResources resources) {
        return SmsClient.builder()
                .provider(provider)
                .resources(resources)
                .timeout(Duration.ofHours(1))
                .build();
    }

    private static PollingOptions polling(Instant start) {
        return PollingOptions.every(Duration.ofSeconds(5)).from(start).onError(e -> {});
    }

    private static SmsWebhook webhook(WeekProvider provider, SmsIntake intake) {
        return SmsWebhook.builder()
                .parser(request -> provider.events(request.bodyText()))
                .acceptUnsigned()
                .intake(intake)
                .build();
    }

    private static HttpServer serve(List<SmsWebhook> webhooks) throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newFixedThreadPool(2));
        server.createContext(
                "/sms",
                exchange -> {
                    byte[] body = exchange.getRequestBody().readAllBytes();
                    WebhookRequest request =
                            WebhookRequest.of("POST", "/sms", HttpHeaders.empty(), body);
                    int status =
                            webhooks.stream()
                                    .mapToInt(webhook -> webhook.handle(request).status())
                                    .max()
                                    .orElseThrow();
                    exchange.sendResponseHeaders(status, -1);
                    exchange.close();
                });
        server.start();
        return server;
    }

    private static void answerUntilToldToEnd(StateStore store, int port) throws IOException {
        BufferedReader input =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        say("http://127.0.0.1:" + port + "/sms");
        for (String line = input.readLine(); "count".equals(line); line = input.readLine()) {
            try (var entries = store.stream(INBOX)) {
                say(String.valueOf(entries.count()));
            }
        }
    }

    private static void say(String line) throws IOException {
        System.out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        System.out.flush();
    }

    /** Under a key of its own each time: one that is handled twice is there twice. */
    private void commit(SmsEvent event, Consumer<StateChange> commit) {
        failNowAndThen();
        String id = ((MessageReceivedEvent) event).message().id().orElseThrow().value();
        commit.accept(StateChange.put(INBOX, id + "|" + UUID.randomUUID(), "text"));
    }

    private void write(SmsEvent event) throws IOException {
        failNowAndThen();
        String line = event.repetitionKey().orElseThrow() + "\n";
        lines.write(line.getBytes(StandardCharsets.UTF_8));
    }

    private static void failNowAndThen() {
        if (ThreadLocalRandom.current().nextInt(FAILS_ONE_OF) == 0) {
            throw new IllegalStateException("the database is away");
        }
    }
}
