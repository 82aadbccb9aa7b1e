package io.github.pbxsdk.testing;

import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A call that a client has originated: told up to the talk, and to its end when that is wanted. */
final class OriginatedCall {

    private final RecordedCall call;
    private final Retelling retelling;
    private final BiConsumer<Retelling, RecordedCall.Moment> teller;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean over;

    OriginatedCall(
            RecordedCall call,
            Retelling retelling,
            BiConsumer<Retelling, RecordedCall.Moment> teller) {
        this.call = call;
        this.retelling = retelling;
        this.teller = teller;
    }

    /** Tells of it until two talk with each other, or until it has failed. */
    void begin() {
        lock.lock();
        try {
            tell(moment -> moment.at().isBefore(call.hangup()));
            over = call.hangup().equals(Instant.MAX);
        } finally {
            lock.unlock();
        }
    }

    boolean isOver() {
        lock.lock();
        try {
            return over;
        } finally {
            lock.unlock();
        }
    }

    /** Tells whether a channel is one of it that nobody has hung up. */
    boolean has(String channel) {
        lock.lock();
        try {
            return !over && channels().anyMatch(channel::equals);
        } finally {
            lock.unlock();
        }
    }

    private Stream<String> channels() {
        return call.moments().stream()
                .filter(moment -> moment.text().startsWith("Event: Newchannel"))
                .map(moment -> retelling.event(moment).get("Channel"));
    }

    /** Files what it leaves, and tells the end of it; does nothing if it was over. */
    void hangUp(Consumer<PlayedCall> file) {
        lock.lock();
        try {
            if (over) {
                return;
            }
            over = true;
            retelling.hangUp(Instant.now());
            // Who hears of the end finds the record.
            file.accept(new PlayedCall(retelling.records()));
            tell(moment -> !moment.at().isBefore(call.hangup()) && !isOfTelephone(moment));
        } finally {
            lock.unlock();
        }
    }

    /** In the recordings the second telephone hangs up, and not the server. */
    private static boolean isOfTelephone(RecordedCall.Moment moment) {
        String text = moment.text();
        return text.startsWith("Event: HangupRequest")
                || (text.contains("\"ChannelHangupRequest\"") && !text.contains("\"id\":\"c2c"));
    }

    private void tell(Predicate<RecordedCall.Moment> wanted) {
        call.moments().stream().filter(wanted).forEach(moment -> teller.accept(retelling, moment));
    }
}
