package io.github.pbxsdk.sms;

import io.github.pbxsdk.core.CallOptions;
import io.github.pbxsdk.core.internal.Futures;
import io.github.pbxsdk.core.retry.RetryPolicy;
import io.github.pbxsdk.sms.provider.BatchSmsProvider;
import io.github.pbxsdk.sms.provider.OutgoingMessage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** How the texts of a run go out: one by one, or in batches where the provider takes them. */
sealed interface BulkRoad {

    /** Takes from the queue what goes out in the next request. */
    List<BulkItem> next(Deque<BulkItem> queue);

    /** Sends them in one request, without repeating it; the verdicts are in their order. */
    CompletableFuture<List<Verdict>> send(List<BulkItem> items);

    /** Tells whether what is unknown is looked up on this road. */
    boolean looksUp();

    static BulkRoad of(SmsEngine engine, CallOptions options) {
        return engine.provider() instanceof BatchSmsProvider provider && provider.maxBatch() > 1
                ? new Batches(engine, options, provider)
                : new OneByOne(engine, options.withRetry(RetryPolicy.none()));
    }

    /** A request for each. */
    record OneByOne(SmsEngine engine, CallOptions options) implements BulkRoad {

        @Override
        public List<BulkItem> next(Deque<BulkItem> queue) {
            return List.of(queue.removeFirst());
        }

        @Override
        public CompletableFuture<List<Verdict>> send(List<BulkItem> items) {
            BulkItem item = items.get(0);
            return sending(item)
                    .handle(
                            (result, failure) ->
                                    List.of(
                                            failure == null
                                                    ? Verdict.sent(result)
                                                    : Verdict.failed(Futures.unwrap(failure))));
        }

        /** What is thrown at once becomes a verdict like any other. */
        private CompletableFuture<SendResult> sending(BulkItem item) {
            try {
                return engine.send(item.draft(), options);
            } catch (RuntimeException e) {
                return CompletableFuture.failedFuture(e);
            }
        }

        @Override
        public boolean looksUp() {
            return engine.canLookUp();
        }
    }

    /** As many in a request as the provider takes. */
    record Batches(SmsEngine engine, CallOptions options, BatchSmsProvider provider)
            implements BulkRoad {

        @Override
        public List<BulkItem> next(Deque<BulkItem> queue) {
            List<BulkItem> batch = new ArrayList<>();
            OutgoingMessage first = queue.getFirst().draft().outgoing();
            while (batch.size() < provider.maxBatch()
                    && !queue.isEmpty()
                    && provider.fitTogether(first, queue.getFirst().draft().outgoing())) {
                batch.add(queue.removeFirst());
            }
            return batch;
        }

        @Override
        public CompletableFuture<List<Verdict>> send(List<BulkItem> items) {
            return engine.sendAll(items.stream().map(BulkItem::draft).toList(), options)
                    .exceptionally(
                            failure ->
                                    Collections.nCopies(
                                            items.size(), Verdict.failed(Futures.unwrap(failure))));
        }

        @Override
        public boolean looksUp() {
            return false;
        }
    }
}
