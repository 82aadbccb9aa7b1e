package io.github.pbxsdk.sms.internal.freepbx;

import io.github.pbxsdk.core.event.FeedListener;
import io.github.pbxsdk.core.event.GapEvent;
import io.github.pbxsdk.sms.SmsIntake;
import io.github.pbxsdk.sms.event.SmsEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives an intake what comes; an intake can't be told of a gap, so the log is.
 *
 * @param intake who handles the texts
 */
public record IntakeListener(SmsIntake intake) implements FeedListener<SmsEvent> {

    private static final Logger log = LoggerFactory.getLogger(IntakeListener.class);

    @Override
    public void onEvent(SmsEvent event) {
        intake.accept(event);
    }

    @Override
    public void onGap(GapEvent gap) {
        log.warn("texts may be missing where polling does not bring them: {}", gap);
    }
}
