package io.github.pbxsdk.samples;

import io.github.pbxsdk.core.CallOptions;
import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.message.MessageId;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.state.FileStateStore;
import io.github.pbxsdk.core.state.StateChange;
import io.github.pbxsdk.core.state.StateEntry;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.pbx.PbxSetting;
import io.github.pbxsdk.samples.runner.JsonLine;
import io.github.pbxsdk.samples.runner.Sample;
import io.github.pbxsdk.samples.runner.SampleContext;
import io.github.pbxsdk.samples.web.JsonRoute;
import io.github.pbxsdk.samples.web.LocalServer;
import io.github.pbxsdk.sms.SendOutcome;
import io.github.pbxsdk.sms.SendResult;
import io.github.pbxsdk.sms.SmsBulk;
import io.github.pbxsdk.sms.SmsClient;
import io.github.pbxsdk.sms.SmsIntake;
import io.github.pbxsdk.sms.SmsState;
import io.github.pbxsdk.sms.SmsStatus;
import io.github.pbxsdk.sms.event.DeliveryReportEvent;
import io.github.pbxsdk.sms.event.MessageReceivedEvent;
import io.github.pbxsdk.sms.event.SmsEvent;
import io.github.pbxsdk.sms.provider.SmsBroadcast;
import io.github.pbxsdk.sms.webhook.WebhookParsers;
import io.github.pbxsdk.sms.webhook.WebhookRequest;
import io.github.pbxsdk.sms.webhook.WebhookResponse;
import io.github.pbxsdk.sms.webhook.WebhookVerifier;
import io.github.pbxsdk.sms.webhook.WebhookVerifiers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Texts between a clinic and its patients: eight routes for a front end and for the carrier. */
public final class ClinicBackend {

    /** The sample as {@code samples/run} knows it. */
    public static final Sample SAMPLE =
            Sample.named("clinic-backend", "serves texts between a clinic and its patients")
                    .needs(PbxSetting.SMS_BROADCAST_USERNAME, PbxSetting.SMS_BROADCAST_PASSWORD)
                    .required("patients", "FILE", "lines such as: 17 mobile +61491570156")
                    .required("store", "FOLDER", "where texts are kept")
                    .required("token", "TOKEN", "the bearer token of the front end")
                    .required("key", "KEY", "what the URLs at the carrier end in: ?key=KEY")
                    .option("port", "PORT", "where to listen, on this machine alone", "8000")
                    .option("server", "URL", "of SMS Broadcast", "https://api.smsbroadcast.com.au")
                    .option("for", "TIME", "how long to serve", "8h")
                    .running(ClinicBackend::run);

    private final SmsClient sms;
    private final StateStore store;
    private final List<String> phones;
    private final WebhookVerifier frontEnd;
    private final io.github.pbxsdk.sms.webhook.SmsWebhook carrier;

    private ClinicBackend(SampleContext sample, SmsBroadcast provider, SmsClient sms, StateStore at)
            throws IOException {
        String bearer = "Bearer " + sample.option("token");
        this.sms = sms;
        this.store = at;
        this.phones = Files.readAllLines(Path.of(sample.option("patients")));
        this.frontEnd = WebhookVerifiers.secretInHeader("Authorization", bearer);
        this.carrier =
                io.github.pbxsdk.sms.webhook.SmsWebhook.builder()
                        .parser(WebhookParsers.smsBroadcast(provider.origin()))
                        .verifier(WebhookVerifiers.secretInQuery("key", sample.option("key")))
                        .intake(SmsIntake.builder().store(at).committing(this::keep).build())
                        .build();
    }

    /** Runs the sample. */
    public static void main(String[] args) {
        SAMPLE.start(args);
    }

    private static void run(SampleContext sample) throws IOException, InterruptedException {
        String user = sample.get(PbxSetting.SMS_BROADCAST_USERNAME);
        SmsBroadcast.Builder carrier = SmsBroadcast.builder().baseUrl(sample.option("server"));
        carrier.credentials(Credentials.of(user, sample.get(PbxSetting.SMS_BROADCAST_PASSWORD)));
        SmsBroadcast provider = carrier.build();
        Path folder = Path.of(sample.option("store"));
        try (StateStore at = FileStateStore.builder().folder(folder).open();
                SmsClient sms =
                        SmsClient.builder().provider(provider).region("AU").store(at).build()) {
            ClinicBackend backend = new ClinicBackend(sample, provider, sms, at);
            LocalServer.serve(sample, "/api/sms/", backend::answer);
        }
    }

    private WebhookResponse answer(WebhookRequest request) {
        String[] path = request.url().replaceFirst("/?(\\?.*)?$", "").split("/", -1);
        if (path.length == 5 && path[3].equals("webhook")) {
            return carrier.handle(request);
        }
        if (!frontEnd.accepts(request, Instant.now())) {
            return JsonRoute.failure(401, "who are you?");
        }
        String patient = path.length == 6 ? path[4] : "";
        return switch (request.method() + " " + path[path.length - 1]) {
            case "POST send" -> JsonRoute.run(() -> send(request, patient));
            case "POST send-bulk" -> JsonRoute.run(() -> sendToAll(request));
            case "GET messages" -> JsonRoute.run(() -> texts(number -> true));
            case "GET conversation" -> JsonRoute.run(() -> texts(numbersOf(patient)::contains));
            case "GET phones" -> JsonRoute.run(() -> JsonLine.of("phones", numbersOf(patient)));
            default -> JsonRoute.failure(404, "no such route");
        };
    }

    private JsonLine send(WebhookRequest request, String patient) throws IOException {
        Map<?, ?> body = JsonRoute.object(request.bodyText());
        Object number = body.get("to") == null ? numbersOf(patient).get(0) : body.get("to");
        TextMessage text = message(body, number);
        String key = JsonRoute.key(request) + " " + text.to().get(0).text();
        SendResult sent = sms.with(CallOptions.idempotencyKey(key)).messages().send(text);
        return keep(text, sent).and("status", sent.status().state());
    }

    private JsonLine sendToAll(WebhookRequest request) throws IOException {
        Map<?, ?> body = JsonRoute.object(request.bodyText());
        List<?> numbers = (List<?>) JsonRoute.required(body, "recipients");
        List<TextMessage> texts = numbers.stream().map(number -> message(body, number)).toList();
        SmsBulk bulk = SmsBulk.builder(sms).build();
        List<JsonLine> results = new ArrayList<>();
        for (SendOutcome one : bulk.send(JsonRoute.key(request), texts).outcomes()) {
            one.result().ifPresent(sent -> keep(one.message(), sent));
            JsonLine line = JsonLine.of("to", one.to().text()).and("status", one.state());
            results.add(line.and("message", one.reason()));
        }
        return JsonLine.of("results", results);
    }

    private TextMessage message(Map<?, ?> body, Object number) {
        String words = JsonRoute.required(body, "message").toString();
        return TextMessage.to(sms.address(number.toString())).text(words).build();
    }

    private JsonLine keep(TextMessage text, SendResult sent) {
        String id = sent.id().map(MessageId::value).orElse(sent.idempotencyKey());
        store.commit(text("out", id, text.to().get(0).text(), text));
        return JsonLine.of("id", id).and("to", text.to().get(0).text());
    }

    private static StateChange text(String way, String id, String number, TextMessage text) {
        Instant at = text.sentAt().or(text::receivedAt).orElseGet(Instant::now);
        JsonLine line = JsonLine.of("id", id).and("direction", way).and("number", number);
        line.and("text", text.text()).and("at", "" + at.toEpochMilli());
        return StateChange.put("clinic.texts", way + "|" + id, line.toString());
    }

    private JsonLine texts(Predicate<Object> isWanted) throws IOException {
        Map<String, JsonLine> byTime = new TreeMap<>();
        for (StateEntry entry : store.stream("clinic.texts").toList()) {
            Map<?, ?> text = JsonRoute.object(entry.text());
            if (isWanted.test(text.get("number"))) {
                JsonLine line = JsonLine.of("status", status("" + text.get("id")).orElse(null));
                text.forEach((name, value) -> line.and("" + name, value));
                byTime.put(text.get("at") + entry.key(), line);
            }
        }
        return JsonLine.of("messages", byTime.values());
    }

    private List<String> numbersOf(String patient) {
        return phones.stream()
                .filter(line -> line.startsWith(patient + " "))
                .map(line -> sms.address(line.split(" ", 3)[2]).text())
                .toList();
    }

    /** Stored in one step with the note that it was handled: once, also after a crash. */
    private void keep(SmsEvent event, Consumer<StateChange> commit) {
        if (event instanceof MessageReceivedEvent received) {
            TextMessage text = received.message();
            String id = event.repetitionKey().orElse(UUID.randomUUID().toString());
            String from = text.from().map(address -> sms.address(address.text()).text()).orElse("");
            commit.accept(text("in", id, from, text));
        } else if (event instanceof DeliveryReportEvent report && report.id().isPresent()) {
            String id = report.id().get().value();
            SmsStatus before = SmsStatus.of(SmsState.valueOf(status(id).orElse("UNKNOWN")), "");
            SmsState now = before.mergedWith(report.status()).state();
            commit.accept(StateChange.put("clinic.status", id, now.name()));
        }
    }

    private Optional<String> status(String id) {
        return store.find("clinic.status", id).map(StateEntry::text);
    }
}
