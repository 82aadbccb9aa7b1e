package io.github.pbxsdk.freepbx;

import java.util.Optional;

/**
 * A queue.
 *
 * @param number its number
 * @param name what it is called, or an empty text where the road does not tell
 * @param road by which road it was read: {@code rest}, or that of the {@link TelephonySource}
 * @param raw everything the PBX told; empty over a {@link TelephonySource}
 */
public record CallQueue(String number, String name, String road, FreePbxObject raw) {

    static CallQueue of(FreePbxObject row) {
        String number =
                Optional.of(row)
                        .flatMap(one -> one.filled("extension"))
                        .or(() -> row.filled("id"))
                        .orElse("");
        return new CallQueue(
                number, row.filled("name").orElseGet(() -> row.text("descr")), "rest", row);
    }

    @Override
    public String toString() {
        return "CallQueue[" + number + ", by " + road + "]";
    }
}
