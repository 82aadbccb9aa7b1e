package io.github.pbxsdk.freepbx;

import io.github.pbxsdk.core.internal.Futures;
import io.github.pbxsdk.freepbx.FreePbxRejectedException.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The ring groups of a PBX.
 *
 * <p>Changes are live after {@link FreePbxClient#applyConfig()}.
 */
public final class RingGroups {

    private static final String SELECTION =
            "groupNumber description groupList groupTime groupPrefix strategy postAnswer";

    private final FreePbxCalls calls;

    RingGroups(FreePbxCalls calls) {
        this.calls = calls;
    }

    /** Returns all ring groups. */
    public List<RingGroup> list() {
        return Futures.await(listAsync());
    }

    /** Lists without waiting; the future fails as {@link #list} does. */
    public CompletableFuture<List<RingGroup>> listAsync() {
        return calls.read("ringGroups.list", RingGroups::all);
    }

    static List<RingGroup> all(FreePbxSession session) {
        return session
                .graphQl(
                        GraphQlRequest.query("fetchAllRingGroups")
                                .select("ringgroups{" + SELECTION + "}"))
                .objects("ringgroups")
                .stream()
                .map(RingGroup::new)
                .toList();
    }

    /** Returns the ring group with this number, if there is one. */
    public Optional<RingGroup> find(String number) {
        return Futures.await(findAsync(number));
    }

    /** Looks without waiting; the future fails as {@link #find} does. */
    public CompletableFuture<Optional<RingGroup>> findAsync(String number) {
        String checked = RingGroupSettings.checkedNumber(number);
        return calls.read("ringGroups.find", session -> find(session, checked));
    }

    static Optional<RingGroup> find(FreePbxSession session, String number) {
        try {
            return Optional.of(get(session, number));
        } catch (FreePbxRejectedException e) {
            if (e.kind() == Kind.NOT_FOUND) {
                return Optional.empty();
            }
            // The words can be translated; the list knows for certain.
            if (e.kind() == Kind.OTHER) {
                return all(session).stream().filter(one -> one.number().equals(number)).findAny();
            }
            throw e;
        }
    }

    /**
     * Returns the ring group with this number.
     *
     * @throws FreePbxRejectedException if there is none
     */
    public RingGroup get(String number) {
        return Futures.await(getAsync(number));
    }

    /** Gets without waiting; the future fails as {@link #get} does. */
    public CompletableFuture<RingGroup> getAsync(String number) {
        String checked = RingGroupSettings.checkedNumber(number);
        return calls.read("ringGroups.get", session -> get(session, checked));
    }

    private static RingGroup get(FreePbxSession session, String number) {
        return new RingGroup(
                session.graphQl(
                        GraphQlRequest.query("fetchRingGroup")
                                .argument("groupNumber", "ID", number)
                                .select(SELECTION)));
    }

    /**
     * Creates a ring group and returns what is there now. It needs members; without a strategy all
     * ring at once, for 20 seconds.
     *
     * @throws FreePbxRejectedException if there is one
     * @throws IllegalArgumentException if the settings name no members
     */
    public RingGroup create(RingGroupSettings group) {
        return Futures.await(createAsync(group));
    }

    /** Creates without waiting; the future fails as {@link #create} does. */
    public CompletableFuture<RingGroup> createAsync(RingGroupSettings group) {
        if (!group.input().containsKey("extensionList")) {
            throw new IllegalArgumentException("a new ring group needs members(...)");
        }
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("strategy", RingStrategy.RING_ALL.sent());
        input.put("ringTime", "20");
        input.put("description", "");
        input.putAll(group.input());
        return change("ringGroups.create", "addRingGroup", "addRingGroupInput", input);
    }

    /**
     * Changes what the settings name, and nothing else.
     *
     * @throws FreePbxRejectedException if there is none
     */
    public RingGroup update(RingGroupSettings group) {
        return Futures.await(updateAsync(group));
    }

    /** Updates without waiting; the future fails as {@link #update} does. */
    public CompletableFuture<RingGroup> updateAsync(RingGroupSettings group) {
        return change(
                "ringGroups.update", "updateRingGroup", "updateRingGroupInput", group.input());
    }

    private CompletableFuture<RingGroup> change(
            String operation, String mutation, String inputType, Map<String, Object> input) {
        String number = String.valueOf(input.get("groupNumber"));
        return calls.change(
                operation,
                session -> {
                    session.graphQl(GraphQlRequest.mutation(mutation, inputType, input));
                    return get(session, number);
                });
    }

    /**
     * Deletes a ring group.
     *
     * @throws FreePbxRejectedException if there is none, which FreePBX itself would call a success
     */
    public void delete(String number) {
        Futures.await(deleteAsync(number));
    }

    /** Deletes without waiting; the future fails as {@link #delete} does. */
    public CompletableFuture<@Nullable Void> deleteAsync(String number) {
        String checked = RingGroupSettings.checkedNumber(number);
        return calls.perform(
                "ringGroups.delete",
                session -> {
                    get(session, checked);
                    session.graphQl(
                            GraphQlRequest.mutation(
                                    "deleteRingGroup",
                                    "DeleteRingGroupInput",
                                    Map.of("groupNumber", Long.valueOf(checked))));
                });
    }
}
