package io.github.pbxsdk.sms;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.core.time.Time;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class JdkTimeTest {

    @Test
    void ringsUnlessItIsTakenBack() throws InterruptedException {
        JdkTime time = new JdkTime();
        BlockingQueue<String> rung = new LinkedBlockingQueue<>();
        Time.Alarm first = time.schedule(Duration.ofMinutes(1), () -> rung.add("first"));
        time.schedule(Duration.ofMillis(100), () -> rung.add("second"));

        first.cancel();

        assertThat(rung.poll(30, TimeUnit.SECONDS)).isEqualTo("second");
        assertThat(rung).isEmpty();
    }
}
