package io.github.pbxsdk.sms.internal.freepbx;

import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.event.Subscription;
import io.github.pbxsdk.core.message.MessageTraffic;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the reports of texts that are being sent; watches the traffic while there are any.
 *
 * <p>Of equal texts to one number, each report is for the one that has waited longest.
 */
public final class SentWatch {

    private final MessageTraffic traffic;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Expected> waiting = new ArrayList<>();
    private @Nullable Subscription subscription;

    /** Creates a watch; it subscribes to nothing yet. */
    public SentWatch(MessageTraffic traffic) {
        this.traffic = traffic;
    }

    /**
     * Begins to wait for a text, before it is sent.
     *
     * @param from our number, empty if the PBX chooses it
     * @throws PbxException if the traffic can't be watched
     */
    public Expected expect(String from, String to, String text) {
        Expected expected = new Expected(FreePbxText.digits(from), FreePbxText.digits(to), text);
        lock.lock();
        try {
            if (subscription == null) {
                subscription = traffic.subscribeToTraffic(this::onReport);
            }
            waiting.add(expected);
            return expected;
        } catch (IllegalStateException | UnsupportedOperationException e) {
            throw new PbxException(
                    "nothing was sent: the texts of the PBX can't be watched: " + e.getMessage(),
                    e,
                    false);
        } finally {
            lock.unlock();
        }
    }

    private void onReport(TextMessage report) {
        if (FreePbxReports.isSent(report)) {
            oldestFor(report).ifPresent(expected -> expected.seen.complete(report));
        }
    }

    private Optional<Expected> oldestFor(TextMessage report) {
        lock.lock();
        try {
            Optional<Expected> found =
                    waiting.stream().filter(expected -> expected.matches(report)).findFirst();
            found.ifPresent(waiting::remove);
            return found;
        } finally {
            lock.unlock();
        }
    }

    private void stopWaitingFor(Expected expected) {
        Subscription unused = null;
        lock.lock();
        try {
            waiting.remove(expected);
            if (waiting.isEmpty()) {
                unused = subscription;
                subscription = null;
            }
        } finally {
            lock.unlock();
        }
        if (unused != null) {
            unused.close();
        }
    }

    /** One text that is being sent. */
    public final class Expected implements AutoCloseable {

        private final String from;
        private final String to;
        private final String text;
        private final CompletableFuture<@Nullable TextMessage> seen = new CompletableFuture<>();

        private Expected(String from, String to, String text) {
            this.from = from;
            this.to = to;
            this.text = text;
        }

        private boolean matches(TextMessage report) {
            return isTo(report) && isFrom(report) && FreePbxText.isSameText(text, report.text());
        }

        private boolean isTo(TextMessage report) {
            return report.to().stream()
                    .anyMatch(address -> FreePbxText.digits(address.text()).equals(to));
        }

        private boolean isFrom(TextMessage report) {
            return from.isEmpty()
                    || report.from()
                            .map(address -> FreePbxText.digits(address.text()).equals(from))
                            .orElse(true);
        }

        /** Waits for the report, for so long at most. */
        public Optional<TextMessage> await(Duration patience, Time time) {
            Time.Alarm alarm = time.schedule(patience, () -> seen.complete(null));
            try {
                return Optional.ofNullable(seen.join());
            } finally {
                alarm.cancel();
            }
        }

        /** Ends the waiting. */
        @Override
        public void close() {
            stopWaitingFor(this);
        }
    }
}
