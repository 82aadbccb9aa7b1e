package io.github.pbxsdk.codegen.ari;

import io.github.pbxsdk.codegen.Entry;
import java.util.List;
import java.util.stream.Collectors;

/** In which release of each branch something came; a branch that never got it is left out. */
final class Since {

    private final Entry data;

    Since(Entry data) {
        this.data = data;
    }

    /** Returns the releases as the client takes them: {@code 20.13.0 22.3.0 23.0.0}. */
    String releases() {
        return all().stream().collect(Collectors.joining(" "));
    }

    /** Returns the releases worth telling: the first one, and those within a branch after it. */
    List<String> telling() {
        List<String> all = all();
        return all.stream()
                .filter(release -> release.equals(all.get(0)) || !release.endsWith(".0.0"))
                .toList();
    }

    private List<String> all() {
        return data.names().stream().filter(data::has).map(data::text).toList();
    }
}
