package io.github.pbxsdk.sip;

import io.github.pbxsdk.core.CallOptions;
import io.github.pbxsdk.core.internal.Call;
import io.github.pbxsdk.core.internal.CallRunner;
import io.github.pbxsdk.core.internal.RootFuture;
import io.github.pbxsdk.core.retry.RetryPolicy;
import io.github.pbxsdk.sip.internal.transport.Flow;
import io.github.pbxsdk.sip.internal.wire.RequestText;
import io.github.pbxsdk.sip.internal.wire.SipResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** Asks the server for signs of life: any answer to OPTIONS is one, so that no proof is given. */
final class Pings {

    private final SipEngine engine;
    private final CallRunner runner;

    Pings(SipEngine engine, CallRunner runner) {
        this.engine = engine;
        this.runner = runner;
    }

    /** Asks for the application, over the flow that there is or will be. */
    CompletableFuture<Duration> send(CallOptions options) {
        Duration deadline = options.deadline().orElse(engine.settings().timeout());
        return runner.run(
                "OPTIONS",
                "OPTIONS to " + engine.settings().source(),
                new Call.Repeatable<Duration>(operation -> sendOnce(deadline, operation)),
                deadline,
                options.retry().orElse(RetryPolicy.none()));
    }

    private CompletableFuture<Duration> sendOnce(
            Duration deadline, RootFuture<Duration> operation) {
        return engine.awaitFlow().thenCompose(flow -> timed(flow, deadline, operation));
    }

    private CompletableFuture<Duration> timed(
            Flow flow, Duration deadline, RootFuture<Duration> operation) {
        long started = engine.time().nanos();
        return send(flow, deadline, operation::markSent)
                .thenApply(response -> Duration.ofNanos(engine.time().nanos() - started));
    }

    /** Asks over one flow. */
    CompletableFuture<SipResponse> send(Flow flow, Duration timeout, BooleanSupplier mayLeave) {
        String domain = engine.settings().domain();
        String user =
                engine.registrations().all().stream()
                        .findFirst()
                        .map(one -> SipText.user(one.extension()) + "@")
                        .orElse("");
        RequestText request =
                new RequestText(
                        "OPTIONS",
                        "sip:" + domain,
                        "<sip:" + user + domain + ">;tag=" + engine.newCallId(),
                        "<sip:" + domain + ">",
                        engine.newCallId());
        return engine.exchange(flow, request, () -> 1, null, timeout, mayLeave);
    }
}
