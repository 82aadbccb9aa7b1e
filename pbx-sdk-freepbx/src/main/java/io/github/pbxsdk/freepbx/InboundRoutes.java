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
 * The inbound routes of a PBX: what happens with calls from outside.
 *
 * <p>Changes are live after {@link FreePbxClient#applyConfig()}.
 */
public final class InboundRoutes {

    private static final String SELECTION =
            "id extension cidnum description destinationConnection privacyman alertinfo ringing"
                    + " mohclass grppre delay_answer pricid pmmaxretries pmminlength reversal"
                    + " rvolume fanswer";

    private final FreePbxCalls calls;

    InboundRoutes(FreePbxCalls calls) {
        this.calls = calls;
    }

    /** Returns all routes. */
    public List<InboundRoute> list() {
        return Futures.await(listAsync());
    }

    /** Lists without waiting; the future fails as {@link #list} does. */
    public CompletableFuture<List<InboundRoute>> listAsync() {
        return calls.read("inboundRoutes.list", InboundRoutes::all);
    }

    static List<InboundRoute> all(FreePbxSession session) {
        return session
                .graphQl(
                        GraphQlRequest.query("allInboundRoutes")
                                .withoutStatus()
                                .select("inboundRoutes{" + SELECTION + "}"))
                .objects("inboundRoutes")
                .stream()
                .map(InboundRoute::new)
                .toList();
    }

    /** Returns the route of a number for all callers, if there is one. */
    public Optional<InboundRoute> find(String did) {
        return find(did, "");
    }

    /** Returns the route of a number for one caller, if there is one. */
    public Optional<InboundRoute> find(String did, String callerNumber) {
        return Futures.await(findAsync(did, callerNumber));
    }

    /** Looks without waiting; the future fails as {@link #find(String, String)} does. */
    public CompletableFuture<Optional<InboundRoute>> findAsync(String did, String callerNumber) {
        InboundRouteSettings.checkedNumber(did);
        InboundRouteSettings.checkedNumber(callerNumber);
        return calls.read("inboundRoutes.find", session -> find(session, did, callerNumber));
    }

    /** From the list: asked for one that isn't there, the PBX says only that it failed. */
    private static Optional<InboundRoute> find(
            FreePbxSession session, String did, String callerNumber) {
        return all(session).stream()
                .filter(one -> one.did().equals(did))
                .filter(one -> one.callerNumber().equals(callerNumber))
                .findFirst();
    }

    /**
     * Returns the route of a number for all callers.
     *
     * @throws FreePbxRejectedException if there is none
     */
    public InboundRoute get(String did) {
        return Futures.await(getAsync(did));
    }

    /** Gets without waiting; the future fails as {@link #get} does. */
    public CompletableFuture<InboundRoute> getAsync(String did) {
        InboundRouteSettings.checkedNumber(did);
        return calls.read("inboundRoutes.get", session -> require(session, did, ""));
    }

    private static InboundRoute require(FreePbxSession session, String did, String callerNumber) {
        return find(session, did, callerNumber)
                .orElseThrow(
                        () ->
                                FreePbxRejectedException.of(
                                        session.tried("inboundRoute"),
                                        Kind.NOT_FOUND,
                                        200,
                                        "there is no inbound route for " + did,
                                        false));
    }

    /**
     * Creates a route and returns what is there now.
     *
     * @throws FreePbxRejectedException if there is one, or its destination doesn't exist
     */
    public InboundRoute create(InboundRouteSettings route) {
        return Futures.await(createAsync(route));
    }

    /** Creates without waiting; the future fails as {@link #create} does. */
    public CompletableFuture<InboundRoute> createAsync(InboundRouteSettings route) {
        return calls.change(
                "inboundRoutes.create",
                session -> {
                    session.graphQl(
                            GraphQlRequest.mutation(
                                    "addInboundRoute", "addInboundRouteInput", route.input()));
                    return require(session, route.did(), route.callerNumber());
                });
    }

    /**
     * Puts a whole route in the place of the one with the same number and caller.
     *
     * <p>It takes the whole route because FreePBX does: what isn't given goes back to its default,
     * and where calls went before can't be read in a form that could be given back. So give the
     * destination, and every other setting that is to stay. To change the number itself, create a
     * route and delete the old one.
     *
     * @throws FreePbxRejectedException if there is none, or its destination doesn't exist
     */
    public InboundRoute update(InboundRouteSettings route) {
        return Futures.await(updateAsync(route));
    }

    /** Updates without waiting; the future fails as {@link #update} does. */
    public CompletableFuture<InboundRoute> updateAsync(InboundRouteSettings route) {
        Map<String, Object> input = new LinkedHashMap<>(route.input());
        input.put("oldExtension", route.did());
        input.put("oldCidnum", route.callerNumber());
        return calls.change(
                "inboundRoutes.update",
                session -> {
                    session.graphQl(
                            GraphQlRequest.mutation(
                                    "updateInboundRoute", "updateInboundRouteInput", input));
                    return require(session, route.did(), route.callerNumber());
                });
    }

    /**
     * Deletes the route of a number for all callers.
     *
     * @throws FreePbxRejectedException if there is none
     */
    public void delete(String did) {
        delete(did, "");
    }

    /**
     * Deletes the route of a number for one caller.
     *
     * @throws FreePbxRejectedException if there is none
     */
    public void delete(String did, String callerNumber) {
        Futures.await(deleteAsync(did, callerNumber));
    }

    /** Deletes without waiting; the future fails as {@link #delete(String, String)} does. */
    public CompletableFuture<@Nullable Void> deleteAsync(String did, String callerNumber) {
        String id =
                InboundRouteSettings.checkedNumber(did)
                        + "/"
                        + InboundRouteSettings.checkedNumber(callerNumber);
        return calls.perform(
                "inboundRoutes.delete",
                session -> {
                    session.graphQl(
                            GraphQlRequest.mutation(
                                    "removeInboundRoute",
                                    "removeInboundRouteInput",
                                    Map.of("id", id)));
                });
    }
}
