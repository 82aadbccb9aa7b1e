package io.github.pbxsdk.testing.freepbx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The menus, as the source of a later release of their module has them; not recorded. */
final class MenuResolvers {

    static final List<String> FIELDS =
            List.of("fetchAllIvrs", "fetchIvr", "addIvr", "updateIvr", "deleteIvr");

    private final FakePbxState state;

    MenuResolvers(FakePbxState state) {
        this.state = state;
    }

    Map<String, Resolver> resolvers() {
        return Map.ofEntries(
                Map.entry("fetchAllIvrs", (field, arguments, input) -> menus()),
                Map.entry("addIvr", (field, arguments, input) -> addMenu(input)),
                Map.entry("updateIvr", (field, arguments, input) -> updateMenu(input)),
                Map.entry("deleteIvr", (field, arguments, input) -> deleteMenu(input)));
    }

    private Map<String, @Nullable Object> menus() {
        return Answering.with(
                Answering.done("IVR data found successfully"),
                "ivrs",
                new ArrayList<>(state.ivrs.values()));
    }

    private Map<String, @Nullable Object> addMenu(Map<?, ?> input) {
        String id = String.valueOf(++state.lastIvr);
        Map<String, @Nullable Object> menu = new LinkedHashMap<>();
        menu.put("id", "relay-" + id);
        menu.put("ivrId", id);
        // What a new menu has that names nothing else.
        menu.put("description", "");
        menu.put("directdial", "ext-local");
        menu.put("entries", List.of());
        store(id, menu, input);
        return Answering.done("IVR created successfully");
    }

    private Map<String, @Nullable Object> updateMenu(Map<?, ?> input) {
        String id = FakeRow.text(input, "id");
        store(id, new LinkedHashMap<>(existing(id)), input);
        return Answering.done("IVR updated successfully");
    }

    private Map<String, @Nullable Object> deleteMenu(Map<?, ?> input) {
        existing(FakeRow.text(input, "id"));
        state.ivrs.remove(FakeRow.text(input, "id"));
        state.marked = true;
        return Answering.done("IVR deleted successfully");
    }

    private Map<String, @Nullable Object> existing(String id) {
        Map<String, @Nullable Object> menu = state.ivrs.get(id);
        if (menu == null) {
            throw new Resolver.Refusal("IVR does not exist");
        }
        return menu;
    }

    private void store(String id, Map<String, @Nullable Object> menu, Map<?, ?> input) {
        input.forEach(
                (name, value) -> {
                    if (!"id".equals(name)) {
                        menu.put(String.valueOf(name), value);
                    }
                });
        state.ivrs.put(id, menu);
        state.marked = true;
    }
}
