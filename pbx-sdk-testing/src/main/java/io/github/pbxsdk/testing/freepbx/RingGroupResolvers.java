package io.github.pbxsdk.testing.freepbx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The ring groups, whose list one wrong word breaks. */
final class RingGroupResolvers {

    private static final Set<String> STRATEGIES =
            Set.of(
                    "ringall",
                    "ringall-prim",
                    "hunt",
                    "hunt-prim",
                    "memoryhunt",
                    "memoryhunt-prim",
                    "firstavailable",
                    "firstnotonphone");

    private final FakePbxState state;

    RingGroupResolvers(FakePbxState state) {
        this.state = state;
    }

    Map<String, Resolver> resolvers() {
        return Map.ofEntries(
                Map.entry("fetchAllRingGroups", (field, arguments, input) -> ringGroups()),
                Map.entry(
                        "fetchRingGroup",
                        (field, arguments, input) ->
                                ringGroup(FakeRow.text(arguments, "groupNumber"))),
                Map.entry("addRingGroup", (field, arguments, input) -> addRingGroup(field, input)),
                Map.entry(
                        "updateRingGroup",
                        (field, arguments, input) -> updateRingGroup(field, input)),
                Map.entry("deleteRingGroup", (field, arguments, input) -> deleteRingGroup(input)));
    }

    private Map<String, @Nullable Object> ringGroups() {
        List<Object> groups = new ArrayList<>();
        for (Map<String, @Nullable Object> group : state.ringGroups.values()) {
            if (!STRATEGIES.contains(FakeRow.text(group, "strategy"))) {
                // One bad word, and the whole list is gone.
                throw Answering.internal();
            }
            groups.add(shown(group));
        }
        return Answering.with(
                Answering.with(Answering.done(null), "totalCount", groups.size()),
                "ringgroups",
                groups);
    }

    private static Map<String, @Nullable Object> shown(Map<String, @Nullable Object> group) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>(group);
        shown.put("groupNumber", Long.valueOf(FakeRow.text(group, "groupNumber")));
        shown.put("groupTime", Long.valueOf(FakeRow.text(group, "groupTime")));
        shown.put("strategy", FakeRow.text(group, "strategy").replace("-", ""));
        return shown;
    }

    private Map<String, @Nullable Object> ringGroup(String number) {
        Map<String, @Nullable Object> found = state.ringGroups.get(number);
        if (found == null) {
            throw new Resolver.Refusal("Sorry, unable to find any ringgroup");
        }
        return Answering.with(Answering.done("Record found successfully"), shown(found));
    }

    private Map<String, @Nullable Object> addRingGroup(GraphQlText.Field field, Map<?, ?> input) {
        String number = FakeRow.text(input, "groupNumber");
        if (state.ringGroups.containsKey(number)) {
            throw new Resolver.Refusal("Sorry,Ringgroup already exists");
        }
        state.ringGroups.put(
                number, FakeRow.of("groupNumber", number, "groupTime", "20", "groupPrefix", ""));
        storeRingGroup(number, input);
        failOnResponse(field);
        return Answering.done("Successfully added ringgroup");
    }

    private Map<String, @Nullable Object> updateRingGroup(
            GraphQlText.Field field, Map<?, ?> input) {
        String number = FakeRow.text(input, "groupNumber");
        if (!state.ringGroups.containsKey(number)) {
            throw new Resolver.Refusal("Sorry, unable to find the Ringgroup");
        }
        storeRingGroup(number, input);
        failOnResponse(field);
        return Answering.done("RingGroup updated Successfully");
    }

    private void storeRingGroup(String number, Map<?, ?> input) {
        Map<String, @Nullable Object> group =
                state.ringGroups.computeIfAbsent(number, key -> new LinkedHashMap<>());
        copy(input, "description", group, "description");
        copy(input, "strategy", group, "strategy");
        copy(input, "extensionList", group, "groupList");
        copy(input, "ringTime", group, "groupTime");
        copy(input, "groupPrefix", group, "groupPrefix");
        copy(input, "postAnswer", group, "postAnswer");
    }

    private static void copy(
            Map<?, ?> from, String name, Map<String, @Nullable Object> to, String column) {
        if (from.get(name) != null) {
            to.put(column, from.get(name));
        }
    }

    /** The work is done by then. */
    private static void failOnResponse(GraphQlText.Field field) {
        if (field.fields().stream().anyMatch(one -> one.name().equals("response"))) {
            throw Answering.internal();
        }
    }

    private Map<String, @Nullable Object> deleteRingGroup(Map<?, ?> input) {
        state.ringGroups.remove(FakeRow.text(input, "groupNumber"));
        return Answering.done("Successfully deleted ringgroup");
    }
}
