package io.github.pbxsdk.core.message;

import io.github.pbxsdk.core.event.FeedListener;
import io.github.pbxsdk.core.event.Subscription;

/**
 * The texts that pass through a PBX, whoever sends or receives them.
 *
 * <p>A {@link MessageGateway} brings the texts that are meant for us. Who watches the traffic sees
 * those of others, too, and so learns what the PBX made of a text that went out by another road.
 *
 * <p>Thread-safe.
 */
public interface MessageTraffic {

    /** The attribute of a text of which something says that it is forged; its value says what. */
    String SUSPICION = "pbxsdk-suspicion";

    /**
     * Attaches a listener to the texts that the PBX reports from now on, received and sent; their
     * {@linkplain TextMessage#direction() direction} tells which, seen from the PBX.
     *
     * <p>They come one at a time, in the order of the reports; one report that comes again under
     * the same id is told once. {@link FeedListener#onGap} says where some may be missing.
     *
     * @throws UnsupportedOperationException if nothing is reported on this road
     */
    Subscription subscribeToTraffic(FeedListener<? super TextMessage> listener);
}
