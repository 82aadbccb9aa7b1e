package io.github.pbxsdk.testing.freepbx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The extensions, with what the real resolvers do wrong. */
final class ExtensionResolvers {

    private final FakePbxState state;

    ExtensionResolvers(FakePbxState state) {
        this.state = state;
    }

    Map<String, Resolver> resolvers() {
        return Map.ofEntries(
                Map.entry("fetchAllExtensions", (field, arguments, input) -> extensions(field)),
                Map.entry(
                        "fetchAllValidExtensions", (field, arguments, input) -> extensions(field)),
                Map.entry(
                        "fetchExtension",
                        (field, arguments, input) ->
                                extension(FakeRow.text(arguments, "extensionId"))),
                Map.entry("addExtension", (field, arguments, input) -> addExtension(input)),
                Map.entry("updateExtension", (field, arguments, input) -> updateExtension(input)),
                Map.entry("deleteExtension", (field, arguments, input) -> deleteExtension(input)),
                Map.entry(
                        "createRangeofExtension", (field, arguments, input) -> createRange(input)));
    }

    private Map<String, @Nullable Object> extensions(GraphQlText.Field field) {
        if (!state.asteriskUp
                || field.fields().stream().anyMatch(one -> one.name().equals("pageInfo"))) {
            throw Answering.internal();
        }
        return Answering.with(
                Answering.with(
                        Answering.done("Extension's found successfully"),
                        "totalCount",
                        state.extensions.size()),
                "extension",
                new ArrayList<>(state.extensions.values()));
    }

    private Map<String, @Nullable Object> extension(String number) {
        Map<String, @Nullable Object> found = state.extensions.get(number);
        if (found == null) {
            throw new Resolver.Refusal("Extension does not exists");
        }
        return Answering.with(Answering.done("Extension found successfully"), found);
    }

    private Map<String, @Nullable Object> addExtension(Map<?, ?> input) {
        String number = FakeRow.text(input, "extensionId");
        if (state.extensions.containsKey(number)) {
            throw new Resolver.Refusal("This device id is already in use");
        }
        if (!state.asteriskUp) {
            state.extensions.put(number, state.halfExtension(number, input));
            throw new Resolver.Refusal(
                    "Cannot connect to Asterisk Manager with admin/"
                            + FakeFreePbx.AMI_SECRET
                            + "::");
        }
        if (Boolean.TRUE.equals(input.get("umEnable")) && input.get("umPassword") == null) {
            throw new Resolver.Refusal("User management is enabled please provide password");
        }
        state.makeExtension(number, input, state.newSecret());
        state.marked = true;
        return Answering.done("Extension has been created Successfully");
    }

    private Map<String, @Nullable Object> updateExtension(Map<?, ?> input) {
        String number = FakeRow.text(input, "extensionId");
        if (!state.extensions.containsKey(number)) {
            throw new Resolver.Refusal("Extension does not exists.");
        }
        if (FakeRow.text(input, "name").isEmpty() || FakeRow.text(input, "email").isEmpty()) {
            // Nothing is changed, and nobody is told.
            return FakeRow.of("status", null, "message", null);
        }
        String secret = FakeRow.text(input, "extPassword");
        state.deleteForUpdate(number);
        state.makeExtension(number, input, secret.isEmpty() ? state.newSecret() : secret);
        state.marked = true;
        return Answering.done("Extension has been updated");
    }

    private Map<String, @Nullable Object> deleteExtension(Map<?, ?> input) {
        String number = FakeRow.text(input, "extensionId");
        if (state.extensions.remove(number) == null) {
            throw new Resolver.Refusal("Extension does not exists.");
        }
        state.mailboxes.remove(number);
        state.voiceMessages.remove(number);
        state.followMe.remove(number);
        state.marked = true;
        return Answering.done("Extension has been deleted");
    }

    private Map<String, @Nullable Object> createRange(Map<?, ?> input) {
        long start = Long.parseLong(FakeRow.text(input, "startExtension"));
        long count = Long.parseLong(FakeRow.text(input, "numberOfExtensions"));
        for (long number = start; number < start + count; number++) {
            Map<Object, Object> one = new LinkedHashMap<>(input);
            one.put("name", number + "  " + FakeRow.text(input, "name"));
            state.makeExtension(String.valueOf(number), one, state.newSecret());
        }
        state.marked = true;
        return Answering.done("Extension's has been created Successfully");
    }
}
