package io.github.pbxsdk.samples.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.samples.PhoneNumbers;
import io.github.pbxsdk.samples.SmsBulk;
import io.github.pbxsdk.samples.SmsConversations;
import io.github.pbxsdk.samples.SmsInbox;
import io.github.pbxsdk.samples.SmsSegments;
import io.github.pbxsdk.samples.SmsSend;
import io.github.pbxsdk.testing.sms.FakeBandwidth;
import io.github.pbxsdk.testing.sms.FakeFlowroute;
import io.github.pbxsdk.testing.sms.FakeMessageMedia;
import io.github.pbxsdk.testing.sms.FakeSmsBridge;
import io.github.pbxsdk.testing.sms.FakeSmsBroadcast;
import io.github.pbxsdk.testing.sms.FakeSmsServer;
import io.github.pbxsdk.testing.sms.FakeTelnyx;
import io.github.pbxsdk.testing.sms.FakeTwilio;
import io.github.pbxsdk.testing.sms.FakeVoipMs;
import io.github.pbxsdk.testing.sms.SmsFault;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The samples of SMS against a carrier that is none. */
class SmsSamplesTest {

    private static final String HELLO =
            "{\"to\":\"+61491570156\",\"status\":\"ACCEPTED\",\"messageId\":\"2942263\","
                    + "\"segments\":1,\"mayHaveBeenSent\":true,\"error\":null}";

    private final FakeSmsBroadcast carrier = new FakeSmsBroadcast();

    @TempDir Path ledger;

    @AfterEach
    void stop() {
        carrier.close();
    }

    private Trial trial() {
        return new Trial()
                .environment("SMS_BROADCAST_USERNAME", "clinic")
                .environment("SMS_BROADCAST_PASSWORD", "secret");
    }

    private ExitCode send(Trial trial, String... more) {
        List<String> line =
                new ArrayList<>(List.of("--server", carrier.url(), "--text", "Hello", "--json"));
        line.addAll(List.of(more));
        return trial.run(SmsSend.SAMPLE, line.toArray(String[]::new));
    }

    @Test
    void aTextGoesOutWithItsSender() {
        Trial trial = trial().environment("SMS_SENDER_ID", "MyClinic");

        ExitCode code = send(trial, "--to", "0491 570 156");

        assertThat(trial.errors()).isEmpty();
        assertThat(code).isEqualTo(ExitCode.DONE);
        assertThat(trial.output().strip()).isEqualTo(HELLO);
        assertThat(carrier.sends())
                .singleElement()
                .satisfies(
                        request -> {
                            assertThat(request.parameter("to")).hasValue("61491570156");
                            assertThat(request.parameter("from")).hasValue("MyClinic");
                        });
    }

    @Test
    void underOneKeyATextGoesOutOnceAlsoByTwoPrograms() {
        String[] line = {
            "--to", "0491570156", "--key", "appointment-1214", "--ledger", ledger.toString()
        };
        send(trial(), line);

        Trial second = trial();
        ExitCode code = send(second, line);

        assertThat(second.errors()).isEmpty();
        assertThat(code).isEqualTo(ExitCode.DONE);
        assertThat(second.output().strip()).isEqualTo(HELLO);
        assertThat(carrier.sends()).hasSize(1);
    }

    @Test
    void whatNobodyKnowsIsSaidAndNotSentAgain() {
        String[] line = {
            "--to", "0491570156", "--key", "appointment-1214", "--ledger", ledger.toString()
        };
        carrier.fail(SmsFault.DROP_AFTER_ACCEPTING);
        Trial first = trial();

        assertThat(send(first, line)).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(first.output())
                .startsWith(
                        "{\"to\":\"+61491570156\",\"status\":\"UNKNOWN\",\"messageId\":null,"
                                + "\"segments\":1,\"mayHaveBeenSent\":true,\"error\":\"");
        assertThat(first.errors()).contains("it may have been carried out all the same");

        Trial second = trial();
        assertThat(send(second, line)).isEqualTo(ExitCode.REFUSED);
        assertThat(second.errors()).contains("nobody knows");
        assertThat(carrier.sends()).hasSize(1);
    }

    @Test
    void whatIsNoNumberIsAnArgumentAndNothingIsSent() {
        Trial trial = trial();

        assertThat(send(trial, "--to", "102")).isEqualTo(ExitCode.USAGE);
        assertThat(trial.errors()).contains("no text can be sent to");
        assertThat(carrier.requests()).isEmpty();
    }

    @Test
    void aWrongPasswordIsARefusalAndNoServerIsUnreachable() {
        assertThat(send(trial(), "--to", "0491570156", "--sms-broadcast-password", "wrong"))
                .isEqualTo(ExitCode.REFUSED);
        carrier.close();
        assertThat(send(trial(), "--to", "0491570156")).isEqualTo(ExitCode.UNREACHABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "http://sms.invalid", "ftp://sms.invalid", ""})
    void aServerThatIsNoneIsASettingToo(String server) {
        Trial texts = trial();
        ExitCode code =
                texts.run(
                        SmsSend.SAMPLE,
                        "--to",
                        "0491570156",
                        "--text",
                        "Hello",
                        "--server",
                        server);

        assertThat(code).as(texts.errors()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void credentialsInClearTextForAnotherHostAreASettingToo() {
        Trial trial =
                new Trial()
                        .environment("FREEPBX_URL", "http://pbx.invalid")
                        .environment("FREEPBX_API_KEY", "key")
                        .environment("FREEPBX_API_SECRET", "secret");

        assertThat(trial.run(SmsInbox.SAMPLE)).isEqualTo(ExitCode.USAGE);
        assertThat(trial.errors()).contains("in clear text");
    }

    @Test
    void anExpensiveCharacterIsNamed() {
        Trial trial = new Trial();

        ExitCode code = trial.run(SmsSegments.SAMPLE, "--text", "Your order is ready ✓", "--json");

        assertThat(code).isEqualTo(ExitCode.DONE);
        assertThat(trial.output().lines())
                .containsExactly(
                        "{\"encoding\":\"UCS2\",\"units\":21,\"segments\":1,"
                                + "\"parts\":[\"Your order is ready ✓\"]}");
        Trial inWords = new Trial();
        inWords.run(SmsSegments.SAMPLE, "--text", "Your order is ready ✓");
        assertThat(inWords.output()).contains("not in 7 bits: ✓ at 20, CHECK MARK");
    }

    @Test
    void linesOfJsonAreAnsweredLineByLine() {
        Trial texts = new Trial().input("{\"text\":\"Hello\"}\n{\"text\":\"✓\\n✓\"}\n");
        Trial numbers =
                new Trial()
                        .input(
                                "{\"text\":\"0491 570 156\",\"region\":\"AU\"}\n"
                                        + "{\"text\":\"(206) 555-0100\",\"region\":\"US\"}\n"
                                        + "{\"text\":\"sip:102@pbx.example.com\"}\n"
                                        + "{\"text\":\"102\",\"region\":\"AU\"}\n");

        assertThat(texts.run(SmsSegments.SAMPLE, "--json")).isEqualTo(ExitCode.DONE);
        assertThat(numbers.run(PhoneNumbers.SAMPLE, "--json")).isEqualTo(ExitCode.DONE);

        assertThat(texts.output().lines())
                .containsExactly(
                        "{\"encoding\":\"GSM7\",\"units\":5,\"segments\":1,\"parts\":[\"Hello\"]}",
                        "{\"encoding\":\"UCS2\",\"units\":3,\"segments\":1,\"parts\":[\"✓\\n✓\"]}");
        assertThat(numbers.output().lines())
                .containsExactly(
                        "{\"kind\":\"PHONE_NUMBER\",\"e164\":\"+61491570156\"}",
                        "{\"kind\":\"PHONE_NUMBER\",\"e164\":\"+12065550100\"}",
                        "{\"kind\":\"SIP_URI\",\"e164\":null}",
                        "{\"kind\":\"UNPARSED\",\"e164\":null}");
        assertThat(new Trial().input("{\"words\":1}\n").run(SmsSegments.SAMPLE, "--json"))
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void everybodyInAFileGetsHisTextOnceAndTheResultsStandInAFile() throws Exception {
        Path people = ledger.resolve("people.csv");
        Path result = ledger.resolve("result.csv");
        Files.writeString(
                people,
                "name,to\nAnn,0491 570 156\n\"Zoë \"\"Z\"\", Dr\",+61491570157\n"
                        + "Ann again,0491570156\nNobody,102\n");
        String[] line = {
            "--server",
            carrier.url(),
            "--file",
            people.toString(),
            "--run",
            "reminders",
            "--text",
            "Hi {{name}}",
            "--ledger",
            ledger.resolve("state").toString(),
            "--rate",
            "1000",
            "--result",
            result.toString(),
            "--json"
        };
        Trial first = trial();
        Trial second = trial();

        assertThat(first.run(SmsBulk.SAMPLE, line)).isEqualTo(ExitCode.DONE);
        assertThat(second.run(SmsBulk.SAMPLE, line)).isEqualTo(ExitCode.DONE);

        assertThat(first.output().lines().toList())
                .hasSize(4)
                .first()
                .asString()
                .startsWith("{\"to\":\"+61491570156\",\"status\":\"ACCEPTED\",\"messageId\":\"")
                .endsWith("\"segments\":1,\"mayHaveBeenSent\":true,\"error\":null}");
        assertThat(first.output())
                .contains("\"status\":\"DUPLICATE\"", "\"to\":\"102\",\"status\":\"REJECTED\"");
        assertThat(carrier.sends())
                .extracting(request -> request.parameter("message").orElse(""))
                .containsExactlyInAnyOrder("Hi Ann", "Hi Zoë \"Z\", Dr");
        assertThat(Files.readAllLines(result))
                .hasSize(5)
                .startsWith("to,status,messageId,segments,mayHaveBeenSent,error");
    }

    @Test
    void aGapWithoutAValueStopsAMailingBeforeAnythingIsSent() throws Exception {
        Path people = ledger.resolve("people.csv");
        Files.writeString(people, "to,name\n0491570156,Ann\n0491570157,\n");
        Trial trial = trial();

        ExitCode code =
                trial.run(
                        SmsBulk.SAMPLE,
                        "--server",
                        carrier.url(),
                        "--file",
                        people.toString(),
                        "--run",
                        "reminders",
                        "--text",
                        "Hi {{name}}");

        assertThat(code).isEqualTo(ExitCode.USAGE);
        assertThat(trial.errors()).contains("row 1 has no name");
        assertThat(carrier.requests()).isEmpty();
    }

    @Test
    void aTextGoesOverABridgeWhereThatIsTheProvider() {
        try (FakeSmsBridge bridge = new FakeSmsBridge()) {
            Trial trial = inbox(bridge);

            ExitCode code =
                    trial.run(
                            SmsSend.SAMPLE,
                            "--provider",
                            "freepbx",
                            "--to",
                            "0491570156",
                            "--text",
                            "Hello",
                            "--json");

            assertThat(code).as(trial.errors()).isEqualTo(ExitCode.DONE);
            assertThat(trial.output()).contains("\"to\":\"+61491570156\"");
            assertThat(bridge.sends()).hasSize(1);
        }
    }

    static Stream<Arguments> accounts() {
        return Stream.of(
                account(
                        "messagemedia",
                        FakeMessageMedia::new,
                        Map.of("MESSAGEMEDIA_API_KEY", "key", "MESSAGEMEDIA_API_SECRET", "s")),
                account(
                        "twilio",
                        FakeTwilio::new,
                        Map.of("TWILIO_ACCOUNT_SID", "AC1", "TWILIO_AUTH_TOKEN", "token")),
                account(
                        "flowroute",
                        FakeFlowroute::new,
                        Map.of("FLOWROUTE_ACCESS_KEY", "key", "FLOWROUTE_SECRET_KEY", "secret")),
                account("telnyx", FakeTelnyx::new, Map.of("TELNYX_API_KEY", "KEY1")),
                account(
                        "bandwidth",
                        FakeBandwidth::new,
                        Map.of(
                                "BANDWIDTH_API_TOKEN",
                                "token",
                                "BANDWIDTH_API_SECRET",
                                "secret",
                                "BANDWIDTH_ACCOUNT_ID",
                                "5500123",
                                "BANDWIDTH_APPLICATION_ID",
                                "93de2206-9669-4e07-948d-329f4b722ee2")),
                account(
                        "voipms",
                        FakeVoipMs::new,
                        Map.of("VOIPMS_API_USERNAME", "clinic", "VOIPMS_API_PASSWORD", "secret")));
    }

    private static Arguments account(
            String name, Supplier<FakeSmsServer> start, Map<String, String> settings) {
        return Arguments.of(name, start, settings);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("accounts")
    void everyProviderOfTheSettingsCanBeNamed(
            String name, Supplier<FakeSmsServer> start, Map<String, String> settings) {
        try (FakeSmsServer account = start.get()) {
            Trial trial = trial().environment("SMS_SENDER_ID", "+12065550101");
            settings.forEach(trial::environment);
            trial.environment(name.toUpperCase(Locale.ROOT) + "_URL", account.url());

            ExitCode code = send(trial, "--provider", name, "--to", "+13125550101");

            assertThat(code).as(trial.errors()).isEqualTo(ExitCode.DONE);
            assertThat(trial.output()).contains("\"to\":\"+13125550101\"");
            assertThat(account.sends()).hasSize(1);
            assertThat(carrier.requests()).isEmpty();
        }
    }

    @Test
    void aProviderThatIsNoneIsAnArgumentAndTheOthersAreNamed() {
        Trial unknown = trial();
        Trial missing = trial();

        assertThat(send(unknown, "--provider", "nobody", "--to", "0491570156"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(unknown.errors())
                .contains("nobody", "smsbroadcast", "twilio", "voipms", "freepbx-bridge");
        assertThat(send(missing, "--provider", "twilio", "--to", "0491570156"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(missing.errors()).contains("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN");
        assertThat(carrier.requests()).isEmpty();
    }

    @Test
    void withoutSettingsTextsGoToTheFakeAndThatIsSaid() throws Exception {
        Path people = ledger.resolve("people.csv");
        Files.writeString(people, "to,name\n0491570156,Ann\n0491570157,Zoë\n");
        Trial one = new Trial();
        Trial many = new Trial();
        String[] mailing = {
            "--file", people.toString(), "--text", "Hi {{name}}", "--run", "reminders", "--json"
        };

        assertThat(one.run(SmsSend.SAMPLE, "--to", "0491570156", "--text", "Hello"))
                .isEqualTo(ExitCode.DONE);
        assertThat(many.run(SmsBulk.SAMPLE, mailing)).isEqualTo(ExitCode.DONE);

        assertThat(one.output()).startsWith("no settings are given").contains("ACCEPTED");
        assertThat(many.errors()).contains("no settings are given");
        assertThat(many.output().lines())
                .hasSize(2)
                .allMatch(line -> line.contains("\"status\":\"ACCEPTED\""));
    }

    @Test
    void aSimplerTextIsOfferedWhereItSavesMessages() {
        Trial trial = new Trial().input("It’s ready. " + "x".repeat(80) + "\n");

        trial.run(SmsSegments.SAMPLE);

        assertThat(trial.output().lines().toList())
                .first()
                .asString()
                .startsWith("2 message(s) in UCS2");
        assertThat(trial.output()).contains("1 message(s) as: It's ready. ");
    }

    @Test
    void numbersAreReadFromWordsAndFromStandardInput() {
        Trial words = new Trial();
        Trial lines = new Trial().input("0491 570 156 ext 3\n102\n");

        words.run(PhoneNumbers.SAMPLE, "(0491) 570-156", "--json");
        lines.run(PhoneNumbers.SAMPLE, "--json");

        assertThat(words.output().strip())
                .isEqualTo("{\"kind\":\"PHONE_NUMBER\",\"e164\":\"+61491570156\"}");
        assertThat(lines.output().lines())
                .containsExactly(
                        "{\"kind\":\"PHONE_NUMBER\",\"e164\":\"+61491570156\"}",
                        "{\"kind\":\"UNPARSED\",\"e164\":null}");
        assertThat(new Trial().run(PhoneNumbers.SAMPLE, "102", "--region", "Atlantis"))
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aTextThatArrivesIsShownWhileTheInboxIsOpen() throws Exception {
        try (FakeSmsBridge bridge = new FakeSmsBridge()) {
            bridge.receive("m1", "+61491570156", "+61255501234", "Hello", now());
            Awaited shown = new Awaited("Are you there?");
            Trial trial = inbox(bridge).outputTo(shown);
            FutureTask<ExitCode> run =
                    new FutureTask<>(() -> trial.run(SmsInbox.SAMPLE, "--every", "20ms", "--json"));
            Thread thread = new Thread(run);
            thread.start();
            bridge.await(request -> request.path().endsWith("/api/sms/messages"));

            bridge.receive("m2", "+61491570156", "+61255501234", "Are you there?", now());

            assertThat(shown.come.await(10, TimeUnit.SECONDS)).isTrue();
            thread.interrupt();
            assertThat(run.get(10, TimeUnit.SECONDS)).isEqualTo(ExitCode.INTERRUPTED);
            assertThat(shown.text())
                    .contains("{\"unread\":1,", "\"text\":\"Hello\"")
                    .contains("{\"unread\":2,\"polling\":true");
        }
    }

    @Test
    void anInboxThatCannotBeReadIsNotAnEmptyOne() {
        FakeSmsBridge bridge = new FakeSmsBridge();
        Trial trial = inbox(bridge);
        bridge.close();

        assertThat(trial.run(SmsInbox.SAMPLE, "--for", "1ms")).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(trial.output()).isEmpty();
    }

    @Test
    void followsAConversationAndSaysWhichPhoneItIs() throws Exception {
        try (FakeSmsBridge bridge = new FakeSmsBridge()) {
            Awaited shown = new Awaited("I am here");
            Trial trial = inbox(bridge).outputTo(shown);
            FutureTask<ExitCode> run =
                    new FutureTask<>(
                            () ->
                                    trial.run(
                                            SmsConversations.SAMPLE,
                                            "--with",
                                            "+61491570156,+61491570157",
                                            "--text",
                                            "Hello",
                                            "--every",
                                            "20ms",
                                            "--json"));
            Thread thread = new Thread(run);
            thread.start();
            bridge.await(request -> request.path().endsWith("/api/sms/messages"));

            bridge.receive("m1", "+61491570157", "+61255501234", "I am here", now());

            assertThat(shown.come.await(10, TimeUnit.SECONDS)).isTrue();
            thread.interrupt();
            assertThat(run.get(10, TimeUnit.SECONDS)).isEqualTo(ExitCode.INTERRUPTED);
            assertThat(shown.text())
                    .contains("{\"who\":\"we\",\"text\":\"Hello\",\"phone\":null,\"unread\":0}")
                    .contains(
                            "\"text\":\"I am here\",\"phone\":\"phone +61491570157\",\"unread\":1");
        }
    }

    private static String now() {
        return Instant.now().toString();
    }

    private static Trial inbox(FakeSmsBridge bridge) {
        return new Trial()
                .environment("FREEPBX_URL", bridge.url())
                .environment("FREEPBX_API_KEY", "key")
                .environment("FREEPBX_API_SECRET", "secret")
                .environment("FREEPBX_DEFAULT_FROM", "+61255501234");
    }

    /** An output that tells when something stands in it. */
    private static final class Awaited extends ByteArrayOutputStream {

        private final String wanted;
        final CountDownLatch come = new CountDownLatch(1);

        Awaited(String wanted) {
            this.wanted = wanted;
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            super.write(bytes, offset, length);
            if (text().contains(wanted)) {
                come.countDown();
            }
        }

        String text() {
            return toString(StandardCharsets.UTF_8);
        }
    }
}
