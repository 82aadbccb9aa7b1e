package io.github.pbxsdk.ami;

import io.github.pbxsdk.ami.event.AmiEvent;
import io.github.pbxsdk.core.PbxException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Keeps the items of a list until it is complete, as long as they fit. */
final class CollectedItems implements ListItems {

    private final Object what;
    private final long maxBytes;
    private final List<AmiEvent> items = new ArrayList<>();
    private long bytes;

    CollectedItems(Object what, long maxBytes) {
        this.what = what;
        this.maxBytes = maxBytes;
    }

    @Override
    public void add(AmiEvent item, int itemBytes) {
        bytes += itemBytes;
        if (bytes > maxBytes) {
            throw new PbxException(
                    what
                            + (": the list has more than " + maxBytes + " bytes")
                            + "; take its items one by one with list(action, listener), or raise"
                            + " maxListBytes",
                    null,
                    true);
        }
        items.add(item);
    }

    @Override
    public CompletableFuture<List<AmiEvent>> end() {
        return CompletableFuture.completedFuture(items);
    }

    @Override
    public void abandon() {
        // The reader may be adding; what it has goes with this object.
    }
}
