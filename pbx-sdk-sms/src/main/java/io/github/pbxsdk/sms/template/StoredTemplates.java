package io.github.pbxsdk.sms.template;

import io.github.pbxsdk.core.internal.StorageKey;
import io.github.pbxsdk.core.state.StateChange;
import io.github.pbxsdk.core.state.StateEntry;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.sms.internal.json.JsonObject;
import io.github.pbxsdk.sms.internal.json.JsonText;
import io.github.pbxsdk.sms.internal.json.StoredJson;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Templates in a state store, in a form that is read for ever. */
final class StoredTemplates implements TemplateStore {

    private static final String NAMESPACE = "sms.templates";
    private static final StoredJson FORM = new StoredJson("1", "a template");

    private final StateStore store;

    StoredTemplates(StateStore store) {
        this.store = Objects.requireNonNull(store, "store");
    }

    @Override
    public Optional<MessageTemplate> find(String name) {
        return store.find(NAMESPACE, StorageKey.escape(name)).map(StoredTemplates::read);
    }

    @Override
    public List<MessageTemplate> list() {
        try (var entries = store.stream(NAMESPACE)) {
            return entries.map(StoredTemplates::read).toList();
        }
    }

    @Override
    public void save(MessageTemplate template) {
        String json =
                JsonText.of(
                        writer -> {
                            writer.beginObject();
                            writer.name("format").value(FORM.format());
                            writer.name("text").value(template.text());
                            if (template.maxSegments() < Integer.MAX_VALUE) {
                                writer.name("maxSegments").value(template.maxSegments());
                            }
                            writer.endObject();
                        });
        store.commit(StateChange.put(NAMESPACE, StorageKey.escape(template.name()), json));
    }

    @Override
    public void delete(String name) {
        store.commit(StateChange.delete(NAMESPACE, StorageKey.escape(name)));
    }

    private static MessageTemplate read(StateEntry entry) {
        return FORM.read(entry.text(), json -> read(StorageKey.unescape(entry.key()), json));
    }

    private static MessageTemplate read(String name, JsonObject json) {
        MessageTemplate template = MessageTemplate.of(name, json.find("text").orElseThrow());
        return json.find("maxSegments")
                .map(Integer::valueOf)
                .map(template::maxSegments)
                .orElse(template);
    }
}
