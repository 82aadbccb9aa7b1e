package io.github.pbxsdk.benchmarks;

import java.util.Optional;

/**
 * Which sources were measured.
 *
 * @param changed whether they had changes that were not committed; kept results do not count
 */
record Revision(String commit, boolean changed) {

    static Revision here() {
        Optional<String> commit = Command.output("git", "rev-parse", "--short=12", "HEAD");
        Optional<String> changes =
                Command.output(
                        "git",
                        "status",
                        "--porcelain",
                        "--",
                        ".",
                        ":!benchmarks/results",
                        ":!docs/benchmarks.md");
        return new Revision(
                commit.orElse("unknown"), changes.map(text -> !text.isEmpty()).orElse(true));
    }

    @Override
    public String toString() {
        return changed ? commit + " with local changes" : commit;
    }
}
