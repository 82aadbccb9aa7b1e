package io.github.pbxsdk.testing;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a call left that a {@link FakePbx} has played. Immutable. */
public final class PlayedCall {

    private final List<Map<String, String>> records;

    PlayedCall(List<Map<String, String>> records) {
        this.records = records.stream().map(Map::copyOf).toList();
    }

    /** Returns the id that all channels and records of the call have in common. */
    public String linkedId() {
        return records.get(0).getOrDefault("linkedid", "");
    }

    /** Returns the id of the caller's channel. */
    public String uniqueId() {
        return records.get(0).getOrDefault("uniqueid", "");
    }

    /** Returns its call records, by the names of the columns, in the order they were written. */
    public List<Map<String, String>> records() {
        return records;
    }

    /** Returns the name of its recording, such as {@code internal-….wav}, if it was recorded. */
    public Optional<String> recordingFile() {
        return records.stream()
                .map(row -> row.getOrDefault("recordingfile", ""))
                .filter(name -> !name.isEmpty())
                .findFirst();
    }

    @Override
    public String toString() {
        return "PlayedCall[" + linkedId() + "]";
    }
}
