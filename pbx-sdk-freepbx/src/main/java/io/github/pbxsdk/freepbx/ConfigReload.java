package io.github.pbxsdk.freepbx;

import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxProtocolException;
import io.github.pbxsdk.core.PbxTimeoutException;
import io.github.pbxsdk.core.internal.SafeProgress;
import io.github.pbxsdk.core.internal.redact.Redaction;
import io.github.pbxsdk.core.observe.Progress;
import io.github.pbxsdk.core.observe.ProgressListener;
import io.github.pbxsdk.freepbx.FreePbxRejectedException.Kind;
import java.time.Duration;
import java.util.Map;

/**
 * Makes the configuration live: starts a reload and asks until it is over. Of two reloads at the
 * same time the PBX fails one, so there is one at a time, and a busy PBX is waited for.
 */
final class ConfigReload {

    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration PAUSE_WHEN_BUSY = Duration.ofSeconds(2);

    private final FreePbxSession session;
    private final ProgressListener progress;
    private long asked;

    ConfigReload(FreePbxSession session, ProgressListener progress) {
        this.session = session;
        this.progress = new SafeProgress(progress);
    }

    ApplyResult run() {
        return session.inTurn(session.changes().applying(), "doreload", this::untilDone);
    }

    private ApplyResult untilDone() {
        while (true) {
            long changes = session.changes().count();
            Outcome outcome = reload();
            if (outcome.done()) {
                session.changes().applied(changes);
                return new ApplyResult(session.elapsed(), outcome.words());
            }
            tell("the PBX is busy with another reload");
            session.pause(PAUSE_WHEN_BUSY);
        }
    }

    /** How a reload ended: done, or not begun since the PBX is busy. */
    private record Outcome(boolean done, String words) {}

    private Outcome reload() {
        String transaction = start();
        while (true) {
            tell("reloading");
            FreePbxObject state = state(transaction);
            String details = clean(state.text("details"));
            switch (state.text("message")) {
                case "Executed" -> {
                    return new Outcome(true, details);
                }
                case "Failed" -> {
                    if (!details.contains("already running")) {
                        throw failed(details);
                    }
                    return new Outcome(false, details);
                }
                // Under way; other words than these come for a moment before it begins.
                default -> session.pause(PAUSE);
            }
        }
    }

    private String start() {
        FreePbxObject started =
                session.graphQlWithoutChange(
                        GraphQlRequest.mutation("doreload", "doreloadInput", Map.of())
                                .select("transaction_id"));
        return started.filled("transaction_id")
                .orElseThrow(
                        () ->
                                new PbxProtocolException(
                                        session.tried("doreload") + ": no transaction to ask for",
                                        ""));
    }

    /** During a reload the web server itself can be away for a moment. */
    private FreePbxObject state(String transaction) {
        while (true) {
            try {
                return session.graphQl(
                        GraphQlRequest.query("fetchApiStatus")
                                .argument("txnId", "ID!", transaction)
                                .select("details"));
            } catch (PbxConnectionException | PbxProtocolException e) {
                requireTime(e);
                session.pause(PAUSE);
            }
        }
    }

    private void requireTime(PbxException failure) {
        try {
            session.left("fetchApiStatus");
        } catch (PbxTimeoutException e) {
            e.addSuppressed(failure);
            throw e;
        }
    }

    private FreePbxRejectedException failed(String details) {
        return FreePbxRejectedException.of(
                session.tried("doreload"),
                Kind.SERVER_ERROR,
                200,
                "the reload failed: " + details + " (is its Asterisk running?)",
                true);
    }

    private static String clean(String words) {
        return Redaction.none().apply(Answers.withoutManagerSecret(words));
    }

    private void tell(String detail) {
        progress.onProgress(Progress.of(asked++, "looks", session.elapsed()).withDetail(detail));
    }
}
