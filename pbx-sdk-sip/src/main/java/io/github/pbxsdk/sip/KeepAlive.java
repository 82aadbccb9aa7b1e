package io.github.pbxsdk.sip;

import io.github.pbxsdk.core.ConnectionState;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.time.Time;
import io.github.pbxsdk.sip.internal.transport.Flow;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Asks the server for a sign of life now and then, which keeps the way through routers open and
 * finds out when it is gone.
 *
 * <p>WebSockets do so by themselves, unless the server expects more. Used by tasks of the engine's
 * actor.
 */
final class KeepAlive {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final SipEngine engine;
    private Time.Alarm alarm = () -> {};
    private @Nullable Duration expected;

    KeepAlive(SipEngine engine) {
        this.engine = engine;
    }

    void connectionChanged(ConnectionState state) {
        alarm.cancel();
        expected = null;
        if (state == ConnectionState.CONNECTED && !engine.settings().transport().isWebSocket()) {
            plan();
        }
    }

    /** Learns after how long without a sign of life the server gives us up (RFC 5626, 4.4). */
    void expectedWithin(Duration time) {
        if (time.toSeconds() > 0 && !time.equals(expected)) {
            expected = time;
            plan();
        }
    }

    private void plan() {
        alarm.cancel();
        long whole = interval().toMillis();
        long pause = whole - ThreadLocalRandom.current().nextLong(whole / 5 + 1);
        alarm = engine.time().schedule(Duration.ofMillis(pause), () -> engine.execute(this::ask));
    }

    private Duration interval() {
        Duration ours = engine.settings().keepAliveInterval();
        return expected != null && expected.compareTo(ours) < 0 ? expected : ours;
    }

    private void ask() {
        Flow flow = engine.flow();
        if (flow == null) {
            return;
        }
        if (engine.registrations().isEmpty()) {
            // Nobody to lose; and a server may take a stranger's question for an attack.
            plan();
            return;
        }
        engine.pings()
                .send(flow, PATIENCE, () -> true)
                .whenComplete(
                        (response, failure) ->
                                engine.execute(
                                        () -> {
                                            if (failure == null) {
                                                plan();
                                            } else {
                                                lost(flow);
                                            }
                                        }));
    }

    private void lost(Flow flow) {
        engine.drop(
                flow,
                new PbxConnectionException(
                        flow.peer() + " gives no sign of life any more", null, true));
    }

    void close() {
        alarm.cancel();
    }
}
