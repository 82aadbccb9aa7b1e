package io.github.pbxsdk.it.sip;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.it.lab.Asterisk;
import io.github.pbxsdk.it.lab.OnAsterisk;
import io.github.pbxsdk.sip.OtherDevices;
import io.github.pbxsdk.sip.RegisterOptions;
import io.github.pbxsdk.sip.SipClient;
import io.github.pbxsdk.sip.SipTransport;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How long a text takes from {@code send} to the listener of the other extension. */
@OnAsterisk
class SipLatencyIT {

    private static final int WARM_UP = 50;
    private static final int TEXTS = 200;

    private static final RegisterOptions SHARED =
            RegisterOptions.defaults().otherDevices(OtherDevices.SHARE);

    /** The goal for half of them is 10 ms; who shares the machine needs more. */
    private static final long LIMIT_MILLIS = Long.getLong("pbxsdk.sip.latency", 100);

    @ParameterizedTest
    @EnumSource
    void aTextIsSoonThere(SipTransport transport, Asterisk asterisk) throws InterruptedException {
        long[] nanos = new long[TEXTS];
        try (SipClient one = SipClientIT.builder(asterisk, transport).build();
                SipClient other = SipClientIT.builder(asterisk, transport).build()) {
            BlockingQueue<Long> arrived = new LinkedBlockingQueue<>();
            other.onMessage(message -> arrived.add(System.nanoTime()));
            one.register("1013", asterisk.extension(1013), SHARED);
            other.register("1014", asterisk.extension(1014), SHARED);
            for (int i = -WARM_UP; i < TEXTS; i++) {
                long start = System.nanoTime();
                one.send(text(i));
                Long end = arrived.poll(10, TimeUnit.SECONDS);
                assertThat(end).as("text %s", i).isNotNull();
                if (i >= 0) {
                    nanos[i] = end - start;
                }
            }
        }
        Arrays.sort(nanos);
        System.out.printf(
                "a text over %s through Asterisk %d: half %.2f ms, p99 %.2f ms%n",
                transport, asterisk.major(), nanos[TEXTS / 2] / 1e6, nanos[TEXTS * 99 / 100] / 1e6);
        assertThat(nanos[TEXTS / 2] / 1e6).isLessThan((double) LIMIT_MILLIS);
    }

    private static TextMessage text(int number) {
        return TextMessage.to(Address.extension("1014"))
                .from(Address.extension("1013"))
                .text("text " + number)
                .build();
    }
}
