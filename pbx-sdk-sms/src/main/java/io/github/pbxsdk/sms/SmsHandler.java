package io.github.pbxsdk.sms;

import io.github.pbxsdk.core.state.StateChange;
import io.github.pbxsdk.sms.event.SmsEvent;
import java.util.function.Consumer;

/**
 * User code for what comes in, together with the changes it wants stored.
 *
 * <p>The changes are committed in one step with the note that the event was handled: whoever keeps
 * texts in the same store has each exactly once, also after a crash at any moment.
 */
@FunctionalInterface
public interface SmsHandler {

    /**
     * Handles one event.
     *
     * @param commit takes changes of the store of the intake
     * @throws Exception if it likes: nothing is committed, and the event comes again
     */
    void handle(SmsEvent event, Consumer<StateChange> commit) throws Exception;
}
