package io.github.pbxsdk.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

class SmallestHeapIT {

    private static final int MOST_MEGABYTES = 256;

    // The libraries that each side needs: a JVM keeps the directory of every other one on its class
    // path in the heap as well, as much again as the list takes.

    private static final Pattern OURS =
            Pattern.compile(
                    "pbx-sdk|okhttp|okio|kotlin-stdlib-2|moshi|slf4j|resilience4j|jspecify");
    private static final Pattern THE_PEERS =
            Pattern.compile("pbx-sdk|ari4java|netty|jackson|jaxb|javax|slf4j|jspecify");

    /** One operation of one side, which ends with 0 if the heap was enough. */
    static final class Once {

        public static void main(String[] args) throws Exception {
            try (Workload workload = new AriRecordings().open(Side.valueOf(args[0]), args[1])) {
                workload.run(1);
            }
            System.exit(0);
        }
    }

    @Test
    void aListOfRecordingsNeedsAQuarterOfThePeersHeap(TestReporter reporter) throws Exception {
        try (Generator archive = new AriRecordings().generator().orElseThrow().start()) {
            int ours = smallest(Side.OURS, archive.address());
            int peer = smallest(Side.PEER, archive.address());

            reporter.publishEntry("smallest heap, ours and peer", ours + " MB, " + peer + " MB");
            assertThat(ours * 4).isLessThanOrEqualTo(peer);
        }
    }

    private static int smallest(Side side, String address)
            throws IOException, InterruptedException {
        assertThat(works(side, address, MOST_MEGABYTES)).as("%s runs at all", side).isTrue();
        int tooSmall = 0;
        int enough = MOST_MEGABYTES;
        while (enough - tooSmall > 1) {
            int middle = (tooSmall + enough) / 2;
            if (works(side, address, middle)) {
                enough = middle;
            } else {
                tooSmall = middle;
            }
        }
        return enough;
    }

    private static boolean works(Side side, String address, int megabytes)
            throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx" + megabytes + "m",
                                "-XX:+ExitOnOutOfMemoryError",
                                "-cp",
                                classPath(side),
                                Once.class.getName(),
                                side.name(),
                                address)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try {
            return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
        } finally {
            process.destroyForcibly();
        }
    }

    private static String classPath(Side side) {
        Pattern needed = side == Side.OURS ? OURS : THE_PEERS;
        return Pattern.compile(File.pathSeparator)
                .splitAsStream(System.getProperty("java.class.path"))
                .filter(
                        entry ->
                                !entry.endsWith(".jar")
                                        || needed.matcher(new File(entry).getName()).lookingAt())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
