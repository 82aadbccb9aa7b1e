package io.github.pbxsdk.freepbx;

import io.github.pbxsdk.core.internal.Futures;
import io.github.pbxsdk.freepbx.FreePbxRejectedException.Kind;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Call forward, do not disturb and call waiting of extensions. They take effect at once, without
 * {@link FreePbxClient#applyConfig()}. The API application needs the scope {@code rest}.
 */
public final class CallFeatures {

    private static final Pattern TARGET = Pattern.compile("[0-9*#+]{1,30}");

    private final FreePbxCalls calls;

    CallFeatures(FreePbxCalls calls) {
        this.calls = calls;
    }

    /** When calls are forwarded. */
    public enum Forward {
        /** Always. */
        ALWAYS("CF"),
        /** When nobody answers. */
        NO_ANSWER("CFU"),
        /** When the extension is busy. */
        BUSY("CFB");

        private final String field;

        Forward(String field) {
            this.field = field;
        }
    }

    /** Returns where calls are forwarded to, if they are. */
    public Optional<String> callForward(String extension, Forward when) {
        return Futures.await(callForwardAsync(extension, when));
    }

    /** Asks without waiting; the future fails as {@link #callForward(String, Forward)} does. */
    public CompletableFuture<Optional<String>> callForwardAsync(String extension, Forward when) {
        String route = "callforward/users/" + NewExtension.checkedNumber(extension);
        return calls.read(
                "callFeatures.callForward",
                session ->
                        RestAnswer.of(session.rest("GET", route, null))
                                .object()
                                .filled(when.field));
    }

    /**
     * Forwards calls.
     *
     * @param target digits, {@code *}, {@code #} and {@code +}
     */
    public void forward(String extension, Forward when, String target) {
        Futures.await(forwardAsync(extension, when, target));
    }

    /** Forwards without waiting; the future fails as {@link #forward} does. */
    public CompletableFuture<@Nullable Void> forwardAsync(
            String extension, Forward when, String target) {
        if (!TARGET.matcher(target).matches()) {
            throw new IllegalArgumentException("calls are forwarded to a number: " + target);
        }
        return put(
                "callFeatures.forward",
                "callforward/users/" + NewExtension.checkedNumber(extension),
                Map.of(when.field, target));
    }

    /** Ends a forward. */
    public void endForward(String extension, Forward when) {
        Futures.await(endForwardAsync(extension, when));
    }

    /** Ends it without waiting; the future fails as {@link #endForward} does. */
    public CompletableFuture<@Nullable Void> endForwardAsync(String extension, Forward when) {
        return put(
                "callFeatures.endForward",
                "callforward/users/" + NewExtension.checkedNumber(extension),
                Map.of(when.field, ""));
    }

    /** Tells whether an extension does not want to be disturbed. */
    public boolean isDoNotDisturb(String extension) {
        return Futures.await(isDoNotDisturbAsync(extension));
    }

    /** Asks without waiting; the future fails as {@link #isDoNotDisturb} does. */
    public CompletableFuture<Boolean> isDoNotDisturbAsync(String extension) {
        String route = "donotdisturb/users/" + NewExtension.checkedNumber(extension);
        return calls.read(
                "callFeatures.isDoNotDisturb",
                session -> RestAnswer.of(session.rest("GET", route, null)).object().isOn("status"));
    }

    /** Turns do not disturb on or off. */
    public void doNotDisturb(String extension, boolean on) {
        Futures.await(doNotDisturbAsync(extension, on));
    }

    /** Turns it without waiting; the future fails as {@link #doNotDisturb} does. */
    public CompletableFuture<@Nullable Void> doNotDisturbAsync(String extension, boolean on) {
        return put(
                "callFeatures.doNotDisturb",
                "donotdisturb/users/" + NewExtension.checkedNumber(extension),
                Map.of("status", on ? "YES" : ""));
    }

    /** Tells whether a second call rings while one is under way. */
    public boolean isCallWaiting(String extension) {
        return Futures.await(isCallWaitingAsync(extension));
    }

    /** Asks without waiting; the future fails as {@link #isCallWaiting} does. */
    public CompletableFuture<Boolean> isCallWaitingAsync(String extension) {
        String route = "callwaiting/users/" + NewExtension.checkedNumber(extension);
        return calls.read(
                "callFeatures.isCallWaiting",
                session ->
                        RestAnswer.of(session.rest("GET", route, null))
                                .text()
                                .filter(word -> word.equals("ENABLED"))
                                .isPresent());
    }

    /** Turns call waiting on or off. */
    public void callWaiting(String extension, boolean on) {
        Futures.await(callWaitingAsync(extension, on));
    }

    /** Turns it without waiting; the future fails as {@link #callWaiting} does. */
    public CompletableFuture<@Nullable Void> callWaitingAsync(String extension, boolean on) {
        return put(
                "callFeatures.callWaiting",
                "callwaiting/users/" + NewExtension.checkedNumber(extension),
                Map.of("state", on ? "ENABLED" : ""));
    }

    private CompletableFuture<@Nullable Void> put(
            String operation, String route, Map<String, Object> body) {
        return calls.perform(
                operation,
                session -> {
                    if (!Boolean.TRUE.equals(session.rest("PUT", route, body))) {
                        throw FreePbxRejectedException.of(
                                session.tried(route),
                                Kind.SERVER_ERROR,
                                200,
                                "the PBX does not confirm it",
                                true);
                    }
                });
    }
}
