package io.github.pbxsdk.samples.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.samples.ClinicBackend;
import io.github.pbxsdk.samples.SmsWebhook;
import io.github.pbxsdk.testing.sms.FakeSmsBroadcast;
import io.github.pbxsdk.testing.sms.SmsFault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The samples that serve, called as a front end and a carrier call them. */
class WebSamplesTest {

    private static final Pattern URL = Pattern.compile("\\{\"listening\":\"([^\"]+)\"}");
    private static final String REPLY =
            "{\"from\":\"+61491570156\",\"to\":\"\",\"message\":\"Yes\",\"id\":\"r1\"}";

    private final HttpClient client = HttpClient.newHttpClient();
    private final Lines lines = new Lines();
    private final FakeSmsBroadcast carrier = new FakeSmsBroadcast();
    private FutureTask<ExitCode> run = new FutureTask<>(() -> ExitCode.FAULT);
    private Thread thread = new Thread(run);

    @TempDir Path folder;

    @AfterEach
    void stop() throws Exception {
        thread.interrupt();
        assertThat(run.get(10, TimeUnit.SECONDS)).isEqualTo(ExitCode.INTERRUPTED);
        carrier.close();
    }

    private String start(Sample sample, String... line) throws Exception {
        Trial trial =
                new Trial()
                        .environment("SMS_BROADCAST_USERNAME", "clinic")
                        .environment("SMS_BROADCAST_PASSWORD", "secret")
                        .outputTo(lines);
        run = new FutureTask<>(() -> trial.run(sample, line));
        thread = new Thread(run);
        thread.start();
        Matcher url = URL.matcher(lines.next());
        assertThat(url.matches()).isTrue();
        return url.group(1);
    }

    private HttpResponse<String> call(String method, String url, String body, String... headers)
            throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url))
                        .method(method, BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void aWebhookShowsEachTextOnceAndReports() throws Exception {
        String url =
                start(
                        SmsWebhook.SAMPLE,
                        "--key",
                        "k1",
                        "--store",
                        folder.toString(),
                        "--port",
                        "0",
                        "--json");

        assertThat(call("POST", url, REPLY).statusCode()).isEqualTo(401);
        assertThat(call("POST", url + "?key=k1", REPLY).statusCode()).isEqualTo(200);
        assertThat(call("POST", url + "?key=k1", REPLY).statusCode()).isEqualTo(200);
        String report = "&to=61491570156&ref=1&smsref=7&status=Delivered";
        assertThat(call("GET", url + "?key=k1" + report, "").statusCode()).isEqualTo(200);

        assertThat(lines.next())
                .isEqualTo("{\"received\":\"Yes\",\"from\":\"+61491570156\",\"id\":\"r1\"}");
        assertThat(lines.next()).isEqualTo("{\"report\":\"DELIVERED\",\"id\":\"7\"}");
    }

    private String clinic() throws Exception {
        Path patients = folder.resolve("patients");
        Files.writeString(patients, "17 mobile 0491 570 156\n18 mobile +61491570157\n");
        return start(
                ClinicBackend.SAMPLE,
                "--patients",
                patients.toString(),
                "--store",
                folder.resolve("store").toString(),
                "--token",
                "t1",
                "--key",
                "k1",
                "--port",
                "0",
                "--server",
                carrier.url(),
                "--json");
    }

    private HttpResponse<String> get(String url) throws Exception {
        return call("GET", url, "", "Authorization", "Bearer t1");
    }

    private HttpResponse<String> post(String url, String body) throws Exception {
        return call("POST", url, body, "Authorization", "Bearer t1", "Idempotency-Key", "a-1");
    }

    @Test
    void aClinicHasAConversationWithItsPatient() throws Exception {
        String api = clinic();

        assertThat(get(api + "patient/17/phones/").body())
                .isEqualTo("{\"phones\":[\"+61491570156\"]}");
        String sent = post(api + "patient/17/send/", "{\"message\":\"Tomorrow?\"}").body();
        assertThat(post(api + "patient/17/send/", "{\"message\":\"Tomorrow?\"}").body())
                .isEqualTo(sent);
        assertThat(carrier.sends()).hasSize(1);
        String id = sent.replaceFirst(".*\"id\":\"(\\d+)\".*", "$1");
        String report = "?key=k1&to=61491570156&smsref=" + id + "&status=";
        call("GET", api + "webhook/dlr/" + report + "Delivered", "");
        call("GET", api + "webhook/dlr/" + report + "Expired", "");
        assertThat(call("POST", api + "webhook/inbound/?key=k1", REPLY).statusCode())
                .isEqualTo(200);
        call("POST", api + "webhook/inbound/?key=k1", REPLY);

        String conversation = get(api + "patient/17/conversation/").body();
        assertThat(conversation.split("\"text\":")).hasSize(3);
        assertThat(conversation)
                .containsSubsequence("\"DELIVERED\"", "\"out\"", "Tomorrow?", "\"in\"", "Yes");
        assertThat(get(api + "patient/18/conversation/").body()).isEqualTo("{\"messages\":[]}");
        assertThat(get(api + "messages/").body()).isEqualTo(conversation);
    }

    @Test
    void aClinicSendsToManyAndOneThatFailsKeepsNobodyElseOut() throws Exception {
        String api = clinic();

        HttpResponse<String> sent =
                post(
                        api + "send-bulk/",
                        "{\"message\":\"Closed today\",\"recipients\":[\"0491570156\",\"102\","
                                + "\"0491570157\"]}");

        assertThat(sent.statusCode()).isEqualTo(200);
        assertThat(sent.body()).contains("no text can be sent to");
        assertThat(carrier.sends()).as("one request for both").hasSize(1);
        assertThat(get(api + "messages/").body())
                .contains("+61491570156", "+61491570157", "Closed today");
    }

    @Test
    void aClinicSaysWhatWentWrong() throws Exception {
        String api = clinic();

        assertThat(call("GET", api + "messages/", "").statusCode()).isEqualTo(401);
        assertThat(get(api + "elsewhere/").statusCode()).isEqualTo(404);
        assertThat(post(api + "send/", "{\"message\":\"Hi\",\"to\":\"102\"}").statusCode())
                .isEqualTo(400);
        assertThat(post(api + "send/", "[]").body()).contains("a JSON object, please");
        carrier.fail(SmsFault.DROP_AFTER_ACCEPTING);
        assertThat(post(api + "send/", "{\"message\":\"Hi\",\"to\":\"0491570156\"}").statusCode())
                .isEqualTo(504);
        assertThat(call("POST", api + "webhook/inbound/", REPLY).statusCode()).isEqualTo(401);
    }

    /** An output whose lines can be waited for. */
    private static final class Lines extends ByteArrayOutputStream {

        private final BlockingQueue<String> whole = new LinkedBlockingQueue<>();

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            super.write(bytes, offset, length);
            String text = toString(StandardCharsets.UTF_8);
            int end = text.lastIndexOf('\n');
            if (end >= 0) {
                text.substring(0, end).lines().forEach(whole::add);
                reset();
                super.writeBytes(text.substring(end + 1).getBytes(StandardCharsets.UTF_8));
            }
        }

        String next() throws IOException, InterruptedException {
            String line = whole.poll(10, TimeUnit.SECONDS);
            if (line == null) {
                throw new IOException("no line came");
            }
            return line;
        }
    }
}
