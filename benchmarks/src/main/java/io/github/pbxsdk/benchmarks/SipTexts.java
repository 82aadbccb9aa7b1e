package io.github.pbxsdk.benchmarks;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.sip.SipClient;
import io.github.pbxsdk.sip.SipTransport;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Texts over SIP, each with its answer, to fifty recipients at a time. */
public class SipTexts implements Benchmark {

    private static final int UNDER_WAY = 50;

    /** Leaves the number of recipients alone: no text waits for another one to the same. */
    private static final int RECIPIENTS = 1_000;

    private final SipTransport transport;

    /** Creates the one over UDP. */
    public SipTexts() {
        this(SipTransport.UDP);
    }

    private SipTexts(SipTransport transport) {
        this.transport = transport;
    }

    /** The same over one TCP connection. */
    public static final class OverTcp extends SipTexts {

        /** Creates it. */
        public OverTcp() {
            super(SipTransport.TCP);
        }
    }

    @Override
    public String name() {
        return transport == SipTransport.UDP ? "sip-message" : "sip-message-tcp";
    }

    @Override
    public String what() {
        return "SIP MESSAGE answered over " + transport + ", 50 under way";
    }

    @Override
    public String operations() {
        return "texts";
    }

    @Override
    public String peer() {
        return "jain-sip-ri 1.3.0-91";
    }

    @Override
    public Optional<Generator.Start> generator() {
        return Optional.of(SipAnswerer::start);
    }

    @Override
    public Workload open(Side side, String address) throws Exception {
        int port = Integer.parseInt(address);
        return side == Side.OURS
                ? new Ours(transport, port)
                : new JainSipTexts(transport.name(), port);
    }

    /** Sends as long as fewer than fifty are under way; at the end waits for all. */
    abstract static class Pipeline implements Workload {

        private final Semaphore free = new Semaphore(UNDER_WAY);
        private int recipient;

        @Override
        public void run(long operations) throws Exception {
            for (long i = 0; i < operations; i++) {
                take(1);
                recipient = (recipient + 1) % RECIPIENTS;
                send(String.valueOf(2_000 + recipient));
            }
            take(UNDER_WAY);
            free.release(UNDER_WAY);
        }

        private void take(int permits) throws InterruptedException {
            if (!free.tryAcquire(permits, 30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("a text was not answered");
            }
        }

        abstract void send(String to) throws Exception;

        void answered(Object answer) {
            Sink.keep(answer);
            free.release();
        }
    }

    private static final class Ours extends Pipeline {

        private final SipClient client;

        Ours(SipTransport transport, int port) {
            client = SipClient.builder().server("127.0.0.1", port).transport(transport).build();
            client.register("1001", Credentials.of("1001", "secret"));
        }

        @Override
        void send(String to) {
            TextMessage message =
                    TextMessage.to(Address.extension(to)).text("Door 4 is open").build();
            client.sendAsync(message).thenAccept(this::answered);
        }

        @Override
        public void close() throws IOException {
            client.close();
        }
    }
}
