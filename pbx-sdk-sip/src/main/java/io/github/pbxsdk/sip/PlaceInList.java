package io.github.pbxsdk.sip;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Our place in the list of the server, which tells nobody that he was pushed out or forgotten. */
final class PlaceInList {

    private @Nullable SipDevice ours;
    private Seen seen = Seen.NOT_YET;

    /** What the lists have shown so far. */
    private enum Seen {
        NOT_YET,
        US,
        /** Nobody; the server was asked to prolong, and what it lists after that decides. */
        NOBODY,
        /** Nobody, although it had just prolonged: it shows its devices to nobody. */
        NOBODY_EVER
    }

    /** What a list says of our place. */
    enum Finding {
        /** It is ours, or nothing tells that it is not. */
        HELD,
        /** It is not ours any more, and there may be room. */
        FORGOTTEN,
        /**
         * Nobody is listed, nor were we ever. Asterisk 16 may have unregistered us, as it does with
         * every WebSocket of an address when one of them ends; or the server lists nobody. Asking
         * to stay is right in both cases, once.
         */
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
        seen = Seen.NOT_YET;
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
            seen = Seen.US;
            return Finding.HELD;
        }
        if (devices.isEmpty()) {
            return nobody();
        }
        boolean isRoom = isShared && devices.stream().noneMatch(SipDevice::isOurs);
        return isRoom ? Finding.FORGOTTEN : Finding.TAKEN;
    }

    private Finding nobody() {
        return switch (seen) {
            case US -> Finding.FORGOTTEN;
            case NOT_YET -> {
                seen = Seen.NOBODY;
                yield Finding.DOUBTFUL;
            }
            case NOBODY, NOBODY_EVER -> {
                seen = Seen.NOBODY_EVER;
                yield Finding.HELD;
            }
        };
    }

    /** Tells whether a look is wanted right after a grant. */
    boolean isToBeSeen() {
        return seen == Seen.NOBODY;
    }

    /**
     * Tells whether a refused look casts doubt on the place: once, and only from a server that has
     * listed us before. There are some that refuse every look.
     */
    boolean isInDoubt(@Nullable SipDevice asked) {
        boolean doubt = asked != null && asked == ours && seen == Seen.US;
        if (doubt) {
            seen = Seen.NOT_YET;
        }
        return doubt;
    }
}
