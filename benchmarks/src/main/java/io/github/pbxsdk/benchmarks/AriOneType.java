package io.github.pbxsdk.benchmarks;

import ch.loway.oss.ari4java.generated.models.ChannelDtmfReceived;
import io.github.pbxsdk.ari.AriClient;
import io.github.pbxsdk.ari.event.ChannelDtmfReceivedEvent;
import io.github.pbxsdk.core.Credentials;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * Recorded events of which one type is listened to: ours from the frame to the listener, the peer's
 * from the frame to the object, which is all that it can be spared.
 */
public final class AriOneType implements Benchmark {

    private static final int PORTION = 10_000;

    private static final String LAST =
            "{\"type\":\"ChannelDtmfReceived\",\"digit\":\"last\",\"duration_ms\":120,"
                    + "\"channel\":{\"id\":\"1.1\",\"name\":\"PJSIP/1\"},\"application\":\"demo\"}";

    @Override
    public String name() {
        return "ari-one-type";
    }

    @Override
    public String what() {
        return "ARI events taken in, one type of them listened to";
    }

    @Override
    public String operations() {
        return "events";
    }

    @Override
    public String peer() {
        return "ari4java 0.18.0";
    }

    @Override
    public Workload open(Side side, String address) throws Exception {
        List<String> events = RecordedAriEvents.load();
        return side == Side.OURS ? new Ours(events) : operations -> peer(events, operations);
    }

    private static void peer(List<String> events, long operations) throws Exception {
        for (long i = 0; i < operations; i++) {
            Object event = RecordedAriEvents.readByThePeer(events.get((int) (i % events.size())));
            if (event instanceof ChannelDtmfReceived digit) {
                Sink.keep(digit.getDigit());
            }
        }
    }

    private static final class Ours implements Workload {

        private final List<String> events;
        private final AriLoop loop = new AriLoop();
        private final Semaphore portions = new Semaphore(0);
        private final AriClient client;

        Ours(List<String> events) {
            this.events = events;
            client =
                    AriClient.builder()
                            .baseUri("http://127.0.0.1:8088")
                            .credentials(Credentials.of("user", "secret"))
                            .application("demo")
                            .transport(loop)
                            .build();
            client.events().subscribe(ChannelDtmfReceivedEvent.class, this::pressed);
            client.connect();
        }

        private void pressed(ChannelDtmfReceivedEvent event) {
            Sink.keep(event.digit());
            if (event.digit().equals("last")) {
                portions.release();
            }
        }

        @Override
        public void run(long operations) throws Exception {
            for (long i = 1; i <= operations; i++) {
                loop.deliver(events.get((int) (i % events.size())));
                if (i % PORTION == 0 || i == operations) {
                    loop.deliver(LAST);
                    portions.acquire();
                }
            }
        }

        @Override
        public void close() {
            client.close();
        }
    }
}
