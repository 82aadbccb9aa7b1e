package io.github.pbxsdk.sms;

import io.github.pbxsdk.core.internal.StorageKey;
import io.github.pbxsdk.core.state.Batch;
import io.github.pbxsdk.core.state.StateChange;
import io.github.pbxsdk.core.state.StateException;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.sms.SmsRejectedException.Kind;
import io.github.pbxsdk.sms.event.SmsOrigin;
import io.github.pbxsdk.sms.internal.json.JsonObject;
import io.github.pbxsdk.sms.internal.json.JsonText;
import io.github.pbxsdk.sms.internal.json.StoredJson;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whom the provider refused for good in a run: so nobody is asked again when it goes on. */
final class BulkMemory {

    private static final Logger log = LoggerFactory.getLogger(BulkMemory.class);

    private static final String NAMESPACE = "sms.bulk";
    private static final StoredJson FORM = new StoredJson("1", "the memory of a run");

    private final StateStore store;
    private final SmsOrigin origin;
    private final Duration retention;

    BulkMemory(StateStore store, SmsOrigin origin, Duration retention) {
        this.store = store;
        this.origin = origin;
        this.retention = retention;
    }

    /** Returns the refusals of those of the texts that had one. */
    Map<String, SendOutcome> find(List<BulkItem> items) {
        Map<String, BulkItem> byId = new HashMap<>();
        items.forEach(item -> byId.put(id(item), item));
        Map<String, SendOutcome> found = new HashMap<>();
        store.findAll(NAMESPACE, byId.keySet())
                .forEach(
                        (id, entry) -> {
                            BulkItem item = byId.get(id);
                            if (item != null) {
                                FORM.read(entry.text(), json -> read(item, json))
                                        .ifPresent(o -> found.put(item.draft().key(), o));
                            }
                        });
        return found;
    }

    /** Another text to the same recipient was not refused yet. */
    private static Optional<SendOutcome> read(BulkItem item, JsonObject json) {
        return json.find("fingerprint")
                .filter(item.draft().fingerprint()::equals)
                .map(
                        same ->
                                SendOutcome.rejected(
                                        item.message(),
                                        Kind.valueOf(json.find("kind").orElseThrow()),
                                        json.find("reason").orElse(""),
                                        false));
    }

    /** Remembers refusals for good. */
    void add(List<BulkItem> refused) {
        if (refused.isEmpty()) {
            return;
        }
        Batch.Builder batch = Batch.builder();
        refused.forEach(
                item ->
                        batch.add(
                                StateChange.put(NAMESPACE, id(item), written(item))
                                        .ttl(retention)));
        try {
            store.commit(batch.build());
        } catch (StateException e) {
            // The provider is asked once more if the run has to go on, and refuses again.
            log.warn("refusals of a run could not be noted: {}", e.getMessage());
        }
    }

    private static String written(BulkItem item) {
        SendOutcome outcome = item.outcome();
        return JsonText.of(
                json -> {
                    json.beginObject();
                    json.name("format").value(FORM.format());
                    json.name("fingerprint").value(item.draft().fingerprint());
                    json.name("kind").value(outcome.kind().map(Kind::name).orElseThrow());
                    json.name("reason").value(outcome.reason());
                    json.endObject();
                });
    }

    private String id(BulkItem item) {
        return StorageKey.join(origin.provider(), origin.account(), item.draft().key());
    }
}
