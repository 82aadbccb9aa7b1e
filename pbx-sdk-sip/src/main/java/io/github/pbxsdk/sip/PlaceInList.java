package io.github.pbxsdk.sip;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Our place in the list of the server, which tells nobody that he was pushed out or forgotten. */
final class PlaceInList {

    private @Nullable SipDevice ours;
    private boolean isListed;

    /** What a list says of our place. */
    enum Finding {
        /** It is ours, or nothing tells that it is not. */
        HELD,
        /** It is not ours any more, and there may be room. */
        FORGOTTEN,
        /** Nobody is listed, nor were we ever: asking to stay is right whatever that means. */
        DOUBTFUL,
        /** Another device has it. */
        TAKEN
    }

    /** The server has given it to this device of ours. */
    void granted(SipDevice device) {
        ours = device;
    }

    /** Nothing is known of it any more. */
    void forget() {
        ours = null;
        isListed = false;
    }

    /** Returns what is registered now; to be given with the answer to what is asked now. */
    @Nullable SipDevice ours() {
        return ours;
    }

    /**
     * Looks for us in a list.
     *
     * @param asked what was registered when it was asked for
     * @param isShared whether there is room for several devices
     */
    Finding find(@Nullable SipDevice asked, List<SipDevice> devices, boolean isShared) {
        if (asked == null || asked != ours) {
            return Finding.HELD;
        }
        if (devices.stream().anyMatch(one -> one.contact().equals(asked.contact()))) {
            isListed = true;
            return Finding.HELD;
        }
        if (devices.isEmpty()) {
            return isListed ? Finding.FORGOTTEN : Finding.DOUBTFUL;
        }
        boolean isRoom = isShared && devices.stream().noneMatch(SipDevice::isOurs);
        return isRoom ? Finding.FORGOTTEN : Finding.TAKEN;
    }

    /**
     * Tells whether a refused look casts doubt on the place: once, and only from a server that has
     * listed us before. There are some that refuse every look.
     */
    boolean isInDoubt(@Nullable SipDevice asked) {
        boolean doubt = asked != null && asked == ours && isListed;
        isListed = isListed && !doubt;
        return doubt;
    }
}
