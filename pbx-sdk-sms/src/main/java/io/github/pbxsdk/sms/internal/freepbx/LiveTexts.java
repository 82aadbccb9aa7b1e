package io.github.pbxsdk.sms.internal.freepbx;

import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.event.FeedListener;
import io.github.pbxsdk.core.event.GapEvent;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.sms.event.SmsEvent;
import io.github.pbxsdk.sms.event.SmsOrigin;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands on what the SMS module reports, and fills gaps from its table. */
public final class LiveTexts implements FeedListener<TextMessage> {

    private static final Logger log = LoggerFactory.getLogger(LiveTexts.class);

    /** Clocks differ, and rows are written before and after the report. */
    private static final Duration OVERLAP = Duration.ofMinutes(5);

    private final SmsOrigin origin;
    private final @Nullable SmsTable table;
    private final FeedListener<? super SmsEvent> listener;

    /**
     * Hands on to a listener.
     *
     * @param table what gaps are filled from, if there is anything
     */
    public LiveTexts(
            SmsOrigin origin, @Nullable SmsTable table, FeedListener<? super SmsEvent> listener) {
        this.origin = origin;
        this.table = table;
        this.listener = listener;
    }

    @Override
    public void onEvent(TextMessage report) throws Exception {
        Optional<SmsEvent> received = FreePbxReports.received(origin, report);
        if (received.isPresent()) {
            listener.onEvent(received.get());
        }
    }

    @Override
    public void onGap(GapEvent gap) throws Exception {
        Optional<List<SmsEvent>> missed = missedIn(gap);
        if (missed.isEmpty()) {
            listener.onGap(gap);
        } else {
            handOver(missed.get());
        }
    }

    private Optional<List<SmsEvent>> missedIn(GapEvent gap) {
        if (table == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(table.received(gap.from().minus(OVERLAP)));
        } catch (PbxException e) {
            log.warn("a gap could not be filled: {}", e.getMessage());
            return Optional.empty();
        }
    }

    /** One that fails does not keep the others away. */
    private void handOver(List<SmsEvent> events) throws Exception {
        Exception first = null;
        for (SmsEvent event : events) {
            try {
                listener.onEvent(event);
            } catch (Exception e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
