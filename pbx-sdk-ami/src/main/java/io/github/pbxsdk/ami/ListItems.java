package io.github.pbxsdk.ami;

import io.github.pbxsdk.ami.event.AmiEvent;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Where the items of one list go; called by the reader of the connection, which it never holds. */
interface ListItems {

    /** Sees the answer itself, before the items; also when nobody waits for it any more. */
    default void answered(AmiFields answer) {}

    /**
     * Sees all that belongs to the list as it comes, its end included, also when nobody waits for
     * it any more.
     */
    default void saw(AmiEvent event, int bytes) {}

    /**
     * Takes an item.
     *
     * @throws io.github.pbxsdk.core.PbxException if there is no room for it
     */
    void add(AmiEvent item, int bytes);

    /** Returns what is to be in the answer, once all of it has been dealt with. */
    CompletableFuture<List<AmiEvent>> end();

    /** Drops what has not been dealt with. */
    void abandon();
}
