package io.github.pbxsdk.it.ami;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.pbxsdk.ami.AmiClient;
import io.github.pbxsdk.ami.event.AmiEvent;
import io.github.pbxsdk.ami.event.UserEvent;
import io.github.pbxsdk.core.event.ConnectionEvent;
import io.github.pbxsdk.core.event.GapEvent;
import io.github.pbxsdk.it.lab.Asterisk;
import io.github.pbxsdk.it.lab.OnAsterisk;
import io.github.pbxsdk.testing.EventProbe;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A server that sends events as fast as it can. */
@OnAsterisk
class AmiFloodIT {

    private static final int EVENTS = 50_000;

    /** A program that has just begun is still being compiled; what is measured comes after. */
    private static final int WARM_UP = 3 * EVENTS;

    private final String mark = "flood-" + UUID.randomUUID().toString().substring(0, 8);
    private final BitSet numbers = new BitSet();
    private long all;
    private int twice;

    @Test
    void isReadWithoutALossAndWithLittleWork(Asterisk asterisk) throws Exception {
        try (AmiClient ami = client(asterisk);
                EventProbe<GapEvent> gaps = EventProbe.on(ami.events(), GapEvent.class)) {
            ami.connect();
            EventProbe<ConnectionEvent> states = EventProbe.on(ami.events(), ConnectionEvent.class);
            ami.events().subscribe(AmiEvent.class, this::count);
            flood(asterisk, 0, WARM_UP);
            awaitAll(WARM_UP);
            long before = all();
            long cpu = cpuOfOurs();
            long start = System.nanoTime();

            flood(asterisk, WARM_UP, WARM_UP + EVENTS);
            awaitAll(WARM_UP + EVENTS);

            long events = all() - before;
            double seconds = (System.nanoTime() - start) / 1e9;
            double cores = (cpuOfOurs() - cpu) / 1e9 / seconds;
            System.out.printf(
                    Locale.ROOT,
                    "Asterisk %s: %d events in %.1f s, %.0f a second, %.3f of a core%n",
                    asterisk.version(),
                    events,
                    seconds,
                    events / seconds,
                    cores);
            states.none();
            gaps.none();
            assertThat(twice).as("events that came twice").isZero();
            // Virtual threads have no processor time of their own to look at.
            if (Runtime.version().feature() < 21) {
                assertThat(cores).isBetween(0.001, 0.25);
            }
        }
    }

    private static AmiClient client(Asterisk asterisk) {
        return AmiClient.builder()
                .host(asterisk.ami().getHostString())
                .port(asterisk.ami().getPort())
                .credentials(asterisk.amiCredentials())
                .build();
    }

    private synchronized void count(AmiEvent event) {
        all++;
        if (event instanceof UserEvent user && user.fields().is("UserEvent", mark)) {
            int number = Integer.parseInt(user.fields().get("Number"));
            twice += numbers.get(number) ? 1 : 0;
            numbers.set(number);
        }
    }

    private void awaitAll(int count) {
        await().atMost(Duration.ofMinutes(2)).until(() -> seen() == count);
    }

    private synchronized long all() {
        return all;
    }

    private synchronized int seen() {
        return numbers.cardinality();
    }

    /** The server has never less to do: the actions are all there before it has run the first. */
    private void flood(Asterisk asterisk, int from, int to)
            throws IOException, InterruptedException {
        try (Socket socket = new Socket(asterisk.ami().getAddress(), asterisk.ami().getPort())) {
            Thread answers = new Thread(() -> drain(socket), "answers");
            answers.start();
            OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
            write(
                    out,
                    "Action: Login\r\nUsername: "
                            + asterisk.setting("AMI_USER")
                            + "\r\nSecret: "
                            + asterisk.setting("AMI_SECRET")
                            + "\r\nEvents: off\r\n\r\n");
            for (int number = from; number < to; number++) {
                write(
                        out,
                        "Action: UserEvent\r\nUserEvent: "
                                + mark
                                + "\r\nNumber: "
                                + number
                                + "\r\nNote: a line as long as those of ordinary events are\r\n\r\n");
            }
            write(out, "Action: Logoff\r\n\r\n");
            out.flush();
            answers.join();
        }
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(US_ASCII));
    }

    private static void drain(Socket socket) {
        byte[] buffer = new byte[1 << 16];
        try {
            InputStream in = socket.getInputStream();
            while (in.read(buffer) >= 0) {
                Arrays.fill(buffer, (byte) 0);
            }
        } catch (IOException e) {
            // The session is over.
        }
    }

    private static long cpuOfOurs() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("pbx-sdk-"))
                .mapToLong(thread -> Math.max(0, threads.getThreadCpuTime(thread.getId())))
                .sum();
    }
}
