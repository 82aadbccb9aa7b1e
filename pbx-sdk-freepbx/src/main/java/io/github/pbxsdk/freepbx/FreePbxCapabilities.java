package io.github.pbxsdk.freepbx;

import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * What this API application may do on this PBX, as its schema tells.
 *
 * @param queries the names of what can be read
 * @param mutations the names of what can be changed
 */
public record FreePbxCapabilities(Set<String> queries, Set<String> mutations) {

    /** Copies both. */
    public FreePbxCapabilities {
        queries = Set.copyOf(Objects.requireNonNull(queries, "queries"));
        mutations = Set.copyOf(Objects.requireNonNull(mutations, "mutations"));
    }

    /** Tells whether there is a field with this name, such as {@code addExtension}. */
    public boolean has(String field) {
        return queries.contains(field) || mutations.contains(field);
    }

    /** Returns in order those of these fields that there are not. */
    Set<String> missing(Set<String> wanted) {
        Set<String> missing = new TreeSet<>(wanted);
        missing.removeAll(queries);
        missing.removeAll(mutations);
        return missing;
    }
}
