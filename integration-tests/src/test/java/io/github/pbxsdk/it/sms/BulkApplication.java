package io.github.pbxsdk.it.sms;

import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.retry.RetryPolicy;
import io.github.pbxsdk.core.state.Durability;
import io.github.pbxsdk.core.state.FileStateStore;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.sms.BulkReport;
import io.github.pbxsdk.sms.SendOutcome;
import io.github.pbxsdk.sms.SmsBulk;
import io.github.pbxsdk.sms.SmsClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * An application that sends a text to everybody, from the beginning each time it is started.
 *
 * <p>Some go one by one, the others in batches; what certainly was not sent goes again, until
 * nothing of that kind is left. Then it writes down who had which outcome.
 */
final class BulkApplication {

    private static final int BATCH = 50;

    private BulkApplication() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        String url = arguments[1];
        int alone = Integer.parseInt(arguments[2]);
        int recipients = Integer.parseInt(arguments[3]);
        try (StateStore store = open(folder)) {
            CompletableFuture<List<SendOutcome>> first =
                    CompletableFuture.supplyAsync(
                            () -> sendAll(store, new BulkProvider(url, "alone", 1), 0, alone));
            List<SendOutcome> others =
                    sendAll(store, new BulkProvider(url, "batch", BATCH), alone, recipients);
            List<String> lines = new ArrayList<>();
            first.join().forEach(outcome -> lines.add(line(outcome)));
            others.forEach(outcome -> lines.add(line(outcome)));
            Files.write(outcomesIn(folder), lines);
        }
    }

    static Path outcomesIn(Path folder) {
        return folder.resolve("outcomes");
    }

    private static StateStore open(Path folder) {
        return FileStateStore.builder()
                .folder(folder.resolve("state"))
                .durability(Durability.OPERATING_SYSTEM)
                .open();
    }

    private static List<SendOutcome> sendAll(
            StateStore store, BulkProvider provider, int from, int to) {
        try (SmsClient sms =
                SmsClient.builder()
                        .provider(provider)
                        .store(store)
                        .timeout(Duration.ofSeconds(1))
                        .retry(RetryPolicy.defaults().firstDelay(Duration.ofMillis(50)))
                        .build()) {
            SmsBulk bulk = SmsBulk.builder(sms).concurrency(4).build();
            List<TextMessage> all =
                    IntStream.range(from, to).mapToObj(BulkApplication::text).toList();
            BulkReport report = bulk.send("everybody", all);
            while (!report.retryable().isEmpty()) {
                sendUntilOver(bulk, report.retryable());
                report = bulk.send("everybody", all);
            }
            return report.outcomes();
        }
    }

    /** Each time only what is left: to go through all of them takes longer than to send these. */
    private static void sendUntilOver(SmsBulk bulk, List<TextMessage> left) {
        List<TextMessage> again = left;
        while (!again.isEmpty()) {
            again = bulk.send("everybody", again).retryable();
        }
    }

    private static TextMessage text(int recipient) {
        return TextMessage.to(Address.phone("+61400%06d".formatted(recipient)))
                .text("We are closed tomorrow")
                .build();
    }

    /** Returns the place of a recipient in the list. */
    static int place(String number) {
        return Integer.parseInt(number.substring("+61400".length()));
    }

    private static String line(SendOutcome outcome) {
        return place(outcome.to().text()) + " " + outcome.state();
    }
}
