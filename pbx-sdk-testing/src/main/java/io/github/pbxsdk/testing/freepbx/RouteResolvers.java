package io.github.pbxsdk.testing.freepbx;

import java.util.ArrayList;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The inbound routes, of which an update replaces all. */
final class RouteResolvers {

    private final FakePbxState state;

    RouteResolvers(FakePbxState state) {
        this.state = state;
    }

    Map<String, Resolver> resolvers() {
        return Map.ofEntries(
                Map.entry(
                        "allInboundRoutes",
                        (field, arguments, input) ->
                                FakeRow.of(
                                        "totalCount",
                                        state.routes.size(),
                                        "inboundRoutes",
                                        new ArrayList<>(state.routes.values()))),
                Map.entry(
                        "inboundRoute",
                        (field, arguments, input) -> route(FakeRow.text(arguments, "id"))),
                Map.entry("addInboundRoute", (field, arguments, input) -> addRoute(input)),
                Map.entry("updateInboundRoute", (field, arguments, input) -> updateRoute(input)),
                Map.entry("removeInboundRoute", (field, arguments, input) -> removeRoute(input)));
    }

    private Map<String, @Nullable Object> route(String id) {
        Map<String, @Nullable Object> found = state.routes.get(id);
        if (found == null) {
            throw Answering.internal();
        }
        return found;
    }

    private Map<String, @Nullable Object> addRoute(Map<?, ?> input) {
        String id = FakeRow.text(input, "extension") + "/" + FakeRow.text(input, "cidnum");
        if (state.routes.containsKey(id)) {
            throw new Resolver.Refusal("Inbound Route already exists");
        }
        storeRoute(id, input);
        return Answering.with(
                Answering.done("Inbound Route created successfully"),
                "inboundRoute",
                state.routes.get(id));
    }

    /** Replaces all of it: what isn't given is back at its default. */
    private void storeRoute(String id, Map<?, ?> input) {
        String destination = FakeRow.text(input, "destination");
        if (!state.hasDestination(destination)) {
            throw new Resolver.Refusal(
                    "Input variable destination does not exists in this system,please provide a"
                            + " valid destination");
        }
        state.routes.put(
                id,
                FakeRow.of(
                        "id", id,
                        "extension", FakeRow.text(input, "extension"),
                        "cidnum", FakeRow.text(input, "cidnum"),
                        "description", FakeRow.text(input, "description"),
                        "destinationConnection", state.words(destination),
                        "privacyman", Boolean.TRUE.equals(input.get("privacyman")),
                        "alertinfo", FakeRow.text(input, "alertinfo"),
                        "mohclass",
                                input.get("mohclass") == null ? "default" : input.get("mohclass"),
                        "grppre", FakeRow.text(input, "grppre")));
    }

    private Map<String, @Nullable Object> updateRoute(Map<?, ?> input) {
        String id = FakeRow.text(input, "oldExtension") + "/" + FakeRow.text(input, "oldCidnum");
        if (!state.routes.containsKey(id)) {
            throw new Resolver.Refusal("Inbound Route does not exists");
        }
        storeRoute(id, input);
        return Answering.done("Inbound Route updated successfully");
    }

    private Map<String, @Nullable Object> removeRoute(Map<?, ?> input) {
        if (state.routes.remove(FakeRow.text(input, "id")) == null) {
            throw new Resolver.Refusal("Inbound Route not found");
        }
        return Answering.done("Inbound Route deleted successfully");
    }
}
