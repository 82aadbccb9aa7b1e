package io.github.pbxsdk.freepbx;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The menus of a FreePBX whose schema has them, as read in the source of their module. */
final class GraphQlMenus implements MenuRoad {

    static final String QUERY = "fetchAllIvrs";

    private final FreePbxSession session;

    GraphQlMenus(FreePbxSession session) {
        this.session = session;
    }

    @Override
    public List<Ivr> list() {
        return session
                .graphQl(
                        GraphQlRequest.query(QUERY)
                                .select("ivrs{id:ivrId name description entries{selection dest}}"))
                .objects("ivrs")
                .stream()
                .map(row -> new Ivr(row, IvrRoad.GRAPHQL))
                .toList();
    }

    @Override
    public void create(IvrSettings menu) {
        session.graphQl(GraphQlRequest.mutation("addIvr", "addIvrInput", input(menu)));
    }

    @Override
    public void update(int id, IvrSettings menu) {
        Map<String, @Nullable Object> input = input(menu);
        input.put("id", String.valueOf(id));
        session.graphQl(GraphQlRequest.mutation("updateIvr", "updateIvrInput", input));
    }

    @Override
    public void delete(int id) {
        Map<String, Object> input = Map.of("id", String.valueOf(id));
        session.graphQl(GraphQlRequest.mutation("deleteIvr", "deleteIvrInput", input));
    }

    /** What is not given would stay as it was, or be what a new menu has. */
    private static Map<String, @Nullable Object> input(IvrSettings menu) {
        Map<String, @Nullable Object> input = new LinkedHashMap<>();
        input.put("name", menu.name());
        input.put("description", menu.description());
        input.put("announcement", menu.announcement() == 0 ? null : menu.announcement());
        input.put("directdial", menu.directDial() ? "ext-local" : "");
        input.put("timeout_time", menu.timeout().toSeconds());
        input.put("invalid_destination", menu.otherwise().text());
        input.put("timeout_destination", menu.otherwise().text());
        input.put(
                "entries",
                menu.keys().entrySet().stream()
                        .map(
                                key ->
                                        Map.of(
                                                "selection",
                                                key.getKey(),
                                                "dest",
                                                key.getValue().text(),
                                                "ivr_ret",
                                                false))
                        .toList());
        return input;
    }
}
