package io.github.pbxsdk.freepbx;

import io.github.pbxsdk.core.internal.Futures;
import io.github.pbxsdk.core.security.Operation;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/**
 * GraphQL as it is, for what has no type here.
 *
 * <p>Select {@code status} and {@code message} wherever there are such, and ask for one root field
 * at a time: only then a failure is seen for certain.
 */
public final class GraphQl {

    /** Looks like a query, and deletes. */
    private static final Pattern CHANGES = Pattern.compile("\\bmutation\\b|\\bdeleteBackup\\b");

    private final FreePbxCalls calls;

    GraphQl(FreePbxCalls calls) {
        this.calls = calls;
    }

    /** Runs a text without variables; see {@link #run(String, Map)}. */
    public FreePbxObject run(String text) {
        return run(text, Map.of());
    }

    /**
     * Runs a query or mutation and returns the {@code data}.
     *
     * <p>A query may be repeated after a failure of the network; a mutation goes out once. What is
     * not certainly a query counts as a change.
     *
     * @param variables maps, lists, texts, numbers and truths
     * @throws FreePbxRejectedException if the PBX says no in any of its ways
     */
    public FreePbxObject run(String text, Map<String, ?> variables) {
        return Futures.await(runAsync(text, variables));
    }

    /** Runs without waiting; the future fails as {@link #run(String, Map)} does. */
    public CompletableFuture<FreePbxObject> runAsync(String text, Map<String, ?> variables) {
        boolean change = isChange(text);
        Operation operation =
                change
                        ? Operation.change("freepbx", "graphQl.run")
                        : Operation.read("freepbx", "graphQl.run");
        return calls.run(
                operation,
                calls.settings().timeout(),
                session -> session.rawGraphQl(text, variables, change));
    }

    static boolean isChange(String text) {
        String start = text.stripLeading().toLowerCase(Locale.ROOT);
        boolean query = start.startsWith("{") || start.startsWith("query");
        return !query || CHANGES.matcher(text).find();
    }
}
