package io.github.pbxsdk.sms;

import io.github.pbxsdk.core.state.StateChange;
import io.github.pbxsdk.core.state.StateException;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.sms.event.SmsOrigin;
import io.github.pbxsdk.sms.internal.json.StoredJson;
import java.time.Instant;

/** Up to when everything has been handled, by the provider's clock; survives a restart. */
final class PollingCursor {

    private static final String NAMESPACE = "sms.cursor";
    private static final String FORMAT = "1 ";

    private final StateStore store;
    private final String key;

    PollingCursor(StateStore store, SmsOrigin origin, String reader) {
        this.store = store;
        this.key = SmsIntake.keyOf(origin, reader);
    }

    /** Returns the cursor, which begins at a time when there is none yet. */
    Instant get(Instant beginning) {
        return store.find(NAMESPACE, key)
                .map(entry -> read(entry.text()))
                .orElseGet(() -> put(beginning));
    }

    private static Instant read(String text) {
        if (!text.startsWith(FORMAT)) {
            throw new StateException(
                    "the cursor of polled texts was written by a newer version of pbx-sdk; update");
        }
        return StoredJson.undamaged(
                "the cursor of polled texts", () -> Instant.parse(text.substring(FORMAT.length())));
    }

    Instant put(Instant value) {
        store.commit(StateChange.put(NAMESPACE, key, FORMAT + value));
        return value;
    }
}
