package io.github.pbxsdk.recordings;

import java.util.List;

/**
 * What a look at a PBX and its recordings came to.
 *
 * @param works whether recordings can arrive: at least one was opened, and nothing is in the way
 * @param findings what was seen, a sentence each, without names or numbers of callers
 */
public record RecordingsCheck(boolean works, List<String> findings) {

    /** Copies the list. */
    public RecordingsCheck {
        findings = List.copyOf(findings);
    }

    /** Returns the findings, a line each. */
    public String words() {
        return String.join("\n", findings);
    }

    @Override
    public String toString() {
        return words();
    }
}
