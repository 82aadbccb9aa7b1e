package io.github.pbxsdk.it.sms;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.sms.SendOutcome.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bulk whose process is killed again and again, over a carrier that fails in every way. */
class BulkKillIT {

    private static final int RECIPIENTS = Integer.getInteger("pbxsdk.bulk.recipients", 100_000);
    private static final int ALONE = RECIPIENTS / 5;
    private static final int KILLS = Integer.getInteger("pbxsdk.bulk.kills", 10);
    private static final int MINUTES = 4;

    private final Map<State, Integer> counts = new EnumMap<>(State.class);

    @TempDir Path folder;

    @Test
    void eachRecipientHasOneOutcomeAndNobodyGetsTwoTexts() throws Exception {
        long start = System.nanoTime();
        try (BulkCarrier carrier = new BulkCarrier(RECIPIENTS)) {
            for (int i = 1; i <= KILLS; i++) {
                Process process = application(carrier);
                try {
                    carrier.await((int) ((long) RECIPIENTS * i / (KILLS + 2)));
                    if (i % 3 == 0) {
                        carrier.goAway();
                    }
                } finally {
                    process.destroyForcibly();
                }
                assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES)).isTrue();
                assertThat(process.exitValue()).as("it was killed").isEqualTo(128 + 9);
            }
            Process last = application(carrier);
            assertThat(last.waitFor(MINUTES, TimeUnit.MINUTES)).isTrue();
            assertThat(last.exitValue()).isZero();
            requireOneOutcomeEach(carrier);
            report(carrier, Duration.ofNanos(System.nanoTime() - start));
        }
    }

    private void requireOneOutcomeEach(BulkCarrier carrier) throws IOException {
        boolean[] seen = new boolean[RECIPIENTS];
        for (String line : Files.readAllLines(BulkApplication.outcomesIn(folder))) {
            String[] words = line.split(" ", 2);
            int recipient = Integer.parseInt(words[0]);
            State state = State.valueOf(words[1]);
            assertThat(seen[recipient]).as("%s has two outcomes", recipient).isFalse();
            seen[recipient] = true;
            counts.merge(state, 1, Integer::sum);
            requireTruth(recipient, state, carrier.textsOf(recipient));
        }
        assertThat(seen).as("who has an outcome").doesNotContain(false);
    }

    private static void requireTruth(int recipient, State state, int texts) {
        String who = recipient + " is " + state;
        switch (state) {
            case SENT -> assertThat(texts).as(who).isOne();
            case UNKNOWN -> assertThat(texts).as(who).isBetween(0, 1);
            case REJECTED -> {
                assertThat(texts).as(who).isZero();
                assertThat(BulkCarrier.isInvalid(recipient)).as(who).isTrue();
            }
            case SUPPRESSED -> {
                assertThat(texts).as(who).isZero();
                assertThat(BulkCarrier.isOptedOut(recipient)).as(who).isTrue();
            }
            default -> throw new AssertionError(who);
        }
    }

    private void report(BulkCarrier carrier, Duration took) {
        System.out.printf(
                "%d recipients, %d kills, %d requests in %d s: %s%n",
                RECIPIENTS, KILLS, carrier.requests(), took.toSeconds(), counts);
        assertThat(counts.get(State.SENT)).isGreaterThan(RECIPIENTS * 8 / 10);
        assertThat(counts.get(State.UNKNOWN)).as("it did fail").isPositive();
    }

    private Process application(BulkCarrier carrier) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BulkApplication.class.getName(),
                        folder.toString(),
                        carrier.url(),
                        String.valueOf(ALONE),
                        String.valueOf(RECIPIENTS))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
