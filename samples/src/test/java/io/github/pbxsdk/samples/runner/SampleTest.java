package io.github.pbxsdk.samples.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.core.PbxAuthenticationException;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxInterruptedException;
import io.github.pbxsdk.core.PbxProtocolException;
import io.github.pbxsdk.core.PbxRejectedException;
import io.github.pbxsdk.core.PbxTimeoutException;
import io.github.pbxsdk.pbx.PbxSetting;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SampleTest {

    private final Trial trial = new Trial();

    private static Sample failing(Exception failure) {
        return Sample.named("failing", "fails")
                .running(
                        sample -> {
                            throw failure;
                        });
    }

    @Nested
    class ExitCodes {

        static Stream<Arguments> failures() {
            return Stream.of(
                    Arguments.of(new PbxRejectedException("busy", 486, "Busy Here"), 1),
                    Arguments.of(new PbxAuthenticationException("wrong secret"), 1),
                    Arguments.of(new PbxProtocolException("no JSON", "<html>"), 1),
                    Arguments.of(new UsageException("wrong"), 2),
                    Arguments.of(new IllegalArgumentException("no number"), 2),
                    Arguments.of(new NoSuchFileException("list.csv"), 2),
                    Arguments.of(new PbxConnectionException("refused", null), 3),
                    Arguments.of(new PbxTimeoutException("no answer", null, true), 3),
                    Arguments.of(new IllegalStateException("a bug"), 70),
                    Arguments.of(new IOException("disk"), 70),
                    Arguments.of(new InterruptedException(), 130),
                    Arguments.of(new PbxInterruptedException("stopped", null, false), 130));
        }

        @ParameterizedTest
        @MethodSource("failures")
        void tellWhatKindOfFailureItWas(Exception failure, int expected) {
            assertThat(trial.run(failing(failure)).number()).isEqualTo(expected);
        }

        @Test
        void areZeroWhenTheWorkIsDone() {
            Sample quiet = Sample.named("quiet", "does nothing").running(sample -> {});

            assertThat(trial.run(quiet).number()).isZero();
            assertThat(trial.errors()).isEmpty();
        }

        @Test
        void areZeroWhenNobodyReadsTheOutputAnyMore() {
            Sample endless =
                    Sample.named("endless", "prints for ever")
                            .running(
                                    sample -> {
                                        while (true) {
                                            sample.say("one more line");
                                        }
                                    });

            ExitCode code = trial.outputTo(closedPipe()).run(endless);

            assertThat(code).isEqualTo(ExitCode.DONE);
        }

        private static OutputStream closedPipe() {
            return new OutputStream() {
                @Override
                public void write(int octet) throws IOException {
                    throw new IOException("Broken pipe");
                }
            };
        }
    }

    @Nested
    class Failures {

        @Test
        void areOneSentenceThatBeginsWithTheSample() {
            trial.run(failing(new PbxConnectionException("no route to\n  pbx.example.com", null)));

            assertThat(trial.errors()).isEqualTo("failing: no route to pbx.example.com" + line());
            assertThat(trial.output()).isEmpty();
        }

        @Test
        void saySoWhenTheOutcomeIsUnknown() {
            trial.run(failing(new PbxTimeoutException("no answer in 5 s", null, true)));

            assertThat(trial.errors()).contains("no answer in 5 s (it may have been carried out");
        }

        @Test
        void nameTheFile() {
            trial.run(failing(new AccessDeniedException("/etc/shadow")));

            assertThat(trial.errors())
                    .isEqualTo("failing: no permission for the file /etc/shadow" + line());
        }

        @Test
        void showWhereTheyBeganWithVerboseOnly() {
            Sample sample = failing(new IllegalStateException("a bug"));
            trial.run(sample);
            assertThat(trial.errors()).doesNotContain("\tat ").contains("--verbose");

            trial.run(sample, "--verbose");
            assertThat(trial.errors()).contains("\tat ");
        }

        @Test
        void areSilentAfterAnInterrupt() {
            trial.run(failing(new InterruptedException()));

            assertThat(trial.errors()).isEmpty();
        }

        private static String line() {
            return System.lineSeparator();
        }
    }

    @Nested
    class SettingsAndOptions {

        private final List<String> seen = new ArrayList<>();

        private Sample call() {
            return Sample.named("call", "calls")
                    .needs(PbxSetting.AMI_HOST, PbxSetting.AMI_SECRET)
                    .uses(PbxSetting.AMI_PORT)
                    .required("channel", "CHANNEL", "whom to call")
                    .option("from", "NUMBER", "who calls")
                    .option("for", "TIME", "how long it rings", "30s")
                    .flag("record", "record it")
                    .running(this::look);
        }

        private void look(SampleContext sample) {
            seen.add(sample.get(PbxSetting.AMI_HOST));
            seen.add(sample.get(PbxSetting.AMI_SECRET));
            seen.add(sample.find(PbxSetting.AMI_PORT).orElse("5038"));
            seen.add(sample.option("channel"));
            seen.add(sample.findOption("from").orElse("nobody"));
            seen.add(sample.duration("for").toString());
            seen.add(String.valueOf(sample.flag("record")));
        }

        @Test
        void comeFromTheArguments() {
            trial.run(
                    call(),
                    "--ami-host=pbx.example.com",
                    "--ami-secret",
                    "s3cret",
                    "--ami-port",
                    "5039",
                    "--channel",
                    "PJSIP/100",
                    "--from",
                    "-1",
                    "--for",
                    "250ms",
                    "--record");

            assertThat(trial.errors()).isEmpty();
            assertThat(seen)
                    .containsExactly(
                            "pbx.example.com",
                            "s3cret",
                            "5039",
                            "PJSIP/100",
                            "-1",
                            "PT0.25S",
                            "true");
        }

        @Test
        void comeFromTheEnvironmentAndHaveDefaults(@TempDir Path folder) throws IOException {
            Path secret = Files.writeString(folder.resolve("secret"), "from the file \n");

            trial.environment("AMI_HOST", "pbx.example.com")
                    .environment("AMI_SECRET_FILE", secret.toString())
                    .run(call(), "--channel", "PJSIP/100");

            assertThat(seen)
                    .containsExactly(
                            "pbx.example.com",
                            "from the file ",
                            "5038",
                            "PJSIP/100",
                            "nobody",
                            "PT30S",
                            "false");
        }

        @Test
        void areTakenFromTheArgumentsWhereBothGiveThem() {
            trial.environment("AMI_HOST", "from the environment")
                    .environment("AMI_SECRET", "s3cret")
                    .run(call(), "--ami-host", "from the arguments", "--channel", "PJSIP/100");

            assertThat(seen.get(0)).isEqualTo("from the arguments");
        }

        @Test
        void areAllNamedWhenTheyAreMissing() {
            ExitCode code = trial.environment("AMI_HOST", " ").run(call());

            assertThat(code).isEqualTo(ExitCode.USAGE);
            assertThat(trial.errors())
                    .startsWith("call: missing: --channel CHANNEL, AMI_HOST (or --ami-host HOST)")
                    .contains("AMI_SECRET (or --ami-secret SECRET)")
                    .doesNotContain("AMI_PORT");
            assertThat(seen).isEmpty();
        }

        @Test
        void mayNotComeFromTwoPlacesOfOneRank(@TempDir Path folder) throws IOException {
            Path secret = Files.writeString(folder.resolve("secret"), "one");

            ExitCode code =
                    trial.environment("AMI_HOST", "pbx.example.com")
                            .environment("AMI_SECRET", "other")
                            .environment("AMI_SECRET_FILE", secret.toString())
                            .run(call(), "--channel", "PJSIP/100");

            assertThat(code).isEqualTo(ExitCode.USAGE);
            assertThat(trial.errors())
                    .contains("AMI_SECRET and AMI_SECRET_FILE are both given: keep one")
                    .doesNotContain("other");
        }

        @Test
        void nameTheFileThatCannotBeRead(@TempDir Path folder) {
            String absent = folder.resolve("absent").toString();

            ExitCode code =
                    trial.run(
                            call(),
                            "--channel",
                            "PJSIP/100",
                            "--ami-host",
                            "pbx.example.com",
                            "--ami-secret-file",
                            absent);

            assertThat(code).isEqualTo(ExitCode.USAGE);
            assertThat(trial.errors())
                    .contains("--ami-secret-file: cannot read the file " + absent);
        }

        @ParameterizedTest
        @ValueSource(strings = {"10", "ten", "10 s", "-1s", "1d", "9999999999s", "PT1S", ""})
        void refuseWhatIsNoLengthOfTime(String text) {
            ExitCode code =
                    trial.environment("AMI_HOST", "pbx.example.com")
                            .environment("AMI_SECRET", "s3cret")
                            .run(call(), "--channel", "PJSIP/100", "--for=" + text);

            assertThat(code).isEqualTo(ExitCode.USAGE);
            assertThat(trial.errors()).contains("--for").contains("write 250ms, 10s, 2m or 1h");
        }

        @Test
        void mustBeDeclaredByTheSample() {
            Sample careless =
                    Sample.named("careless", "declares nothing")
                            .running(sample -> sample.find(PbxSetting.ARI_URL));

            assertThat(trial.run(careless)).isEqualTo(ExitCode.FAULT);
            assertThat(trial.errors()).contains("does not declare the setting ARI_URL");
        }
    }

    @Nested
    class CommandLine {

        private final Sample sample =
                Sample.named("watch", "watches")
                        .uses(PbxSetting.AMI_HOST)
                        .option("events", "NAMES", "which events")
                        .flag("once", "only one")
                        .running(context -> {});

        static Stream<Arguments> mistakes() {
            return Stream.of(
                    Arguments.of("--evnts", "no option --evnts; did you mean --events?"),
                    Arguments.of("--ami-hots=x", "did you mean --ami-host"),
                    Arguments.of("--zzzzzzzz", "no option --zzzzzzzz (--help shows all)"),
                    Arguments.of("--events", "--events needs a value: --events NAMES"),
                    Arguments.of("--events --once", "--events needs a value"),
                    Arguments.of("--once=yes", "--once takes no value"),
                    Arguments.of("--once --once", "--once was given twice"),
                    Arguments.of("everything", "cannot do anything with \"everything\""));
        }

        @ParameterizedTest
        @MethodSource("mistakes")
        void isAnsweredWithWhatIsWrongWithIt(String line, String expected) {
            ExitCode code = trial.run(sample, line.split(" "));

            assertThat(code).isEqualTo(ExitCode.USAGE);
            assertThat(trial.errors()).contains(expected);
            assertThat(trial.errors().lines()).hasSize(1);
        }

        @Test
        void mayHaveWordsWhereTheSampleSaysSo() {
            List<String> seen = new ArrayList<>();
            Sample recordings =
                    Sample.named("recordings", "lists or syncs")
                            .words("list | sync")
                            .running(context -> seen.addAll(context.words()));

            trial.run(recordings, "sync", "--json", "--", "--not-an-option");

            assertThat(seen).containsExactly("sync", "--not-an-option");
        }

        @Test
        void showsHelpWithoutAnySetting() {
            Sample needy =
                    Sample.named("needy", "needs much")
                            .needs(PbxSetting.AMI_HOST)
                            .uses(PbxSetting.AMI_PORT)
                            .required("to", "NUMBER", "whom")
                            .option("for", "TIME", "how long", "10s")
                            .words("list | sync")
                            .running(context -> {});

            assertThat(trial.run(needy, "--help")).isEqualTo(ExitCode.DONE);
            assertThat(trial.output())
                    .contains("needy: needs much")
                    .contains("samples/run needy [options] list | sync")
                    .containsPattern("--to NUMBER +whom \\(required\\)")
                    .containsPattern("--for TIME +how long \\(10s\\)")
                    .containsPattern("--ami-host HOST +host of .* \\(required\\) \\[AMI_HOST]")
                    .containsPattern("--ami-port PORT +its port \\[AMI_PORT]")
                    .contains("130 interrupted");
        }
    }

    @Nested
    class Printing {

        private final Sample sample =
                Sample.named("report", "reports")
                        .running(
                                context -> {
                                    context.say("two things follow");
                                    context.progress("one of two");
                                    context.print(JsonLine.of("thing", 1), "the first thing");
                                    context.print(JsonLine.of("thing", 2), "the second thing");
                                });

        @Test
        void isSentencesForPeople() {
            trial.run(sample);

            assertThat(trial.output().lines())
                    .containsExactly("two things follow", "the first thing", "the second thing");
            assertThat(trial.errors()).isEmpty();
        }

        @Test
        void isOneObjectPerLineForPrograms() {
            trial.onTerminal().run(sample, "--json");

            assertThat(trial.output().lines()).containsExactly("{\"thing\":1}", "{\"thing\":2}");
            assertThat(trial.errors()).isEmpty();
        }

        @Test
        void showsProgressOnATerminalAndClearsItAgain() {
            trial.onTerminal().run(sample);

            assertThat(trial.errors()).isEqualTo("\r\u001B[Kone of two\r\u001B[K");
        }

        @Test
        void takesTheTeethOutOfTextsFromStrangers() {
            Sample shown =
                    Sample.named("shown", "shows a text")
                            .running(context -> context.say("a\u001B[2Jb\u0007\u009Bc\td😀"));

            trial.run(shown);

            assertThat(trial.output().strip()).isEqualTo("a\uFFFD[2Jb\uFFFD\uFFFDc\td😀");
        }

        @Test
        void readsStandardInput() {
            Sample echo =
                    Sample.named("echo", "echoes")
                            .running(context -> context.say(context.input().readLine()));

            trial.input("Grüße\n").run(echo);

            assertThat(trial.output().strip()).isEqualTo("Grüße");
        }
    }

    @Test
    void durationsHaveFourUnits() {
        assertThat(Durations.parse("--for", "90m")).isEqualTo(Duration.ofMinutes(90));
        assertThat(Durations.parse("--for", "2h")).isEqualTo(Duration.ofHours(2));
        assertThat(Durations.parse("--for", "0s")).isEqualTo(Duration.ZERO);
    }
}
