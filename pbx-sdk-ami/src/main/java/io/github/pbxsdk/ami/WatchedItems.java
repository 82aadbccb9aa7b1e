package io.github.pbxsdk.ami;

import io.github.pbxsdk.ami.event.AmiEvent;
import io.github.pbxsdk.ami.internal.AnswerWatch;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Keeps nothing of a list: somebody watches it as it comes. */
final class WatchedItems implements ListItems {

    private final AnswerWatch watch;

    WatchedItems(AnswerWatch watch) {
        this.watch = watch;
    }

    @Override
    public void answered(AmiFields answer) {
        watch.answered(answer);
    }

    @Override
    public void saw(AmiEvent event, int bytes) {
        watch.item(event, bytes);
    }

    @Override
    public void add(AmiEvent item, int bytes) {
        // Seen already.
    }

    @Override
    public CompletableFuture<List<AmiEvent>> end() {
        return CompletableFuture.completedFuture(List.of());
    }

    @Override
    public void abandon() {
        // There is nothing to drop.
    }
}
