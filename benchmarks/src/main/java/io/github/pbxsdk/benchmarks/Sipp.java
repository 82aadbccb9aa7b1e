package io.github.pbxsdk.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * SIPp, the usual load generator, sending the same texts: no contest, for it neither registers nor
 * proves who it is, but a measure of what the receiver can take.
 *
 * <p>It is the program that the environment variable {@code SIPP} names, or {@code sipp}.
 */
final class Sipp {

    private static final String SCENARIO =
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <scenario name="text">
              <send retrans="500"><![CDATA[
            MESSAGE sip:[call_number]@127.0.0.1 SIP/2.0
            Via: SIP/2.0/[transport] [local_ip]:[local_port];rport;branch=[branch]
            Max-Forwards: 70
            From: <sip:1001@127.0.0.1>;tag=[call_number]
            To: <sip:[call_number]@127.0.0.1>
            Call-ID: [call_id]
            CSeq: 1 MESSAGE
            User-Agent: SIPp
            Content-Type: text/plain;charset=UTF-8
            Content-Length: [len]

            Door 4 is open]]></send>
              <recv response="202"/>
            </scenario>
            """;

    private final String program;

    private Sipp(String program) {
        this.program = program;
    }

    /** Returns it, if it is there. */
    static Optional<Sipp> find() {
        String program = Optional.ofNullable(System.getenv("SIPP")).orElse("sipp");
        return isThere(program) ? Optional.of(new Sipp(program)) : Optional.empty();
    }

    private static boolean isThere(String program) {
        try {
            Process process = start(List.of(program, "-v"), Path.of("."));
            return process.waitFor(10, TimeUnit.SECONDS);
        } catch (IOException e) {
            // It is not installed.
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Process start(List<String> command, Path folder) throws IOException {
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /**
     * Sends texts, fifty under way, and returns how many a second were answered.
     *
     * @param transport {@code UDP} or {@code TCP}
     * @param folder for what it writes
     * @throws IOException if it does not come to its end
     */
    double textsPerSecond(String transport, String address, int texts, Path folder)
            throws IOException, InterruptedException {
        Path scenario = Files.writeString(folder.resolve("text.xml"), SCENARIO);
        Path figures = folder.resolve("figures.csv");
        Process process =
                start(
                        List.of(
                                program,
                                "127.0.0.1:" + address,
                                "-sf",
                                scenario.toString(),
                                "-i",
                                "127.0.0.1",
                                "-t",
                                transport.equals("UDP") ? "u1" : "t1",
                                "-m",
                                String.valueOf(texts),
                                "-l",
                                "50",
                                "-r",
                                "100000",
                                "-trace_stat",
                                "-stf",
                                figures.toString(),
                                "-nostdin"),
                        folder);
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException("sipp did not come to a good end");
            }
        } finally {
            process.destroyForcibly();
        }
        return last(Files.readAllLines(figures), "CallRate(C)");
    }

    /** Returns the last value of a column. */
    private static double last(List<String> lines, String column) {
        int index = Arrays.asList(lines.get(0).split(";", -1)).indexOf(column);
        return Double.parseDouble(lines.get(lines.size() - 1).split(";", -1)[index]);
    }
}
