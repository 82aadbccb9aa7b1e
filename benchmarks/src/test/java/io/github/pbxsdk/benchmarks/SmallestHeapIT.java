package io.github.pbxsdk.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

class SmallestHeapIT {

    private static final int MOST_MEGABYTES = 256;

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
    void aListOfRecordingsNeedsLessThanAThirdOfThePeersHeap(TestReporter reporter)
            throws Exception {
        try (Generator archive = new AriRecordings().generator().orElseThrow().start()) {
            int ours = smallest(Side.OURS, archive.address());
            int peer = smallest(Side.PEER, archive.address());

            reporter.publishEntry("smallest heap, ours and peer", ours + " MB, " + peer + " MB");
            assertThat(ours * 3).isLessThan(peer);
        }
    }

    private static int smallest(Side side, String address)
            throws IOException, InterruptedException {
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
                                System.getProperty("java.class.path"),
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
}
