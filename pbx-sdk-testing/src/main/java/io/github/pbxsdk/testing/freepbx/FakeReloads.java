package io.github.pbxsdk.testing.freepbx;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The reloads of a fake: each takes some looks, and of two at a time one fails. */
final class FakeReloads {

    private final Map<String, Integer> left = new HashMap<>();
    private final Map<String, String> failed = new HashMap<>();
    private int count;
    private int succeeded;
    private int looks = 2;

    void looks(int value) {
        looks = value;
    }

    int succeeded() {
        return succeeded;
    }

    String start(boolean asteriskUp) {
        String transaction = String.valueOf(++count);
        if (!asteriskUp) {
            failed.put(transaction, "Unknown Error. Please Run: fwconsole reload --verbose");
        } else if (left.values().stream().anyMatch(looksLeft -> looksLeft > 0)) {
            failed.put(transaction, "Process is already running.");
        } else {
            left.put(transaction, looks);
        }
        return transaction;
    }

    Map<String, @Nullable Object> status(String transaction) {
        String failure = failed.get(transaction);
        if (failure != null) {
            return answer("Failed", failure);
        }
        Integer now = left.get(transaction);
        if (now == null) {
            return answer("Sorry, unable to find the transaction", "");
        }
        if (now > 0) {
            left.put(transaction, now - 1);
            if (now == 1) {
                succeeded++;
            }
            return answer("Processing", "");
        }
        return answer("Executed", "Successfully reloaded");
    }

    private static Map<String, @Nullable Object> answer(String message, String details) {
        return FakeRow.of("status", true, "message", message, "details", details);
    }
}
