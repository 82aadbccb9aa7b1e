package io.github.pbxsdk.benchmarks;

import java.time.Duration;
import java.util.Optional;

/** Texts sent and answered over HTTP, 16 under way, each under a key in a ledger in memory. */
public class SmsSends implements Benchmark {

    @Override
    public String name() {
        return "sms-send";
    }

    @Override
    public String what() {
        return "texts sent, 16 under way";
    }

    @Override
    public String operations() {
        return "texts";
    }

    @Override
    public String peer() {
        return "OkHttp alone";
    }

    @Override
    public Optional<Generator.Start> generator() {
        return Optional.of(SmsServer::start);
    }

    /** Much code, run a few thousand times in a second: both sides grow faster for that long. */
    @Override
    public Duration warmUp() {
        return Duration.ofSeconds(30);
    }

    @Override
    public Workload open(Side side, String address) throws Exception {
        return side == Side.OURS ? SmsSides.ours(SmsSides.client(address, null)) : peer(address);
    }

    Workload peer(String server) throws Exception {
        return SmsSides.bareOkHttp(server);
    }

    /** Beside twilio-java. */
    public static final class BesideTwilio extends SmsSends {

        @Override
        public String name() {
            return "sms-send-twilio";
        }

        @Override
        public String peer() {
            return SmsSides.TWILIO_JAVA;
        }

        @Override
        Workload peer(String server) {
            return SmsSides.blocking(SmsSides.twilioJava(server));
        }
    }

    /** Beside Vonage. */
    public static final class BesideVonage extends SmsSends {

        @Override
        public String name() {
            return "sms-send-vonage";
        }

        @Override
        public String peer() {
            return SmsSides.VONAGE;
        }

        @Override
        Workload peer(String server) {
            return SmsSides.blocking(SmsSides.vonage(server));
        }
    }
}
