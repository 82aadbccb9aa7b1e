package io.github.pbxsdk.freepbx;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the Asterisk behind a FreePBX knows and FreePBX does not tell: which telephones and trunks
 * are there at this moment.
 *
 * <p>Give one to {@link FreePbxClient.Builder#telephony}; {@code pbx-sdk} makes one from an AMI
 * client. Its methods may block, and are called on threads of the client's. Thread-safe.
 */
public interface TelephonySource {

    /** Returns the road in a word, such as {@code ami}. */
    String road();

    /** Returns the telephones. */
    List<Phone> phones();

    /**
     * Returns the names of extensions by their numbers, as far as {@link #phones} does not tell
     * them; none by default. Asked for where names are shown, not for health.
     */
    default Map<String, String> names() {
        return Map.of();
    }

    /** Returns the trunks. */
    List<Trunk> trunks();

    /** Returns the queues. */
    List<LiveQueue> queues();

    /**
     * Returns the context that texts of this extension go to: empty if it has none, an empty
     * optional if this source can't tell.
     */
    default Optional<String> messageContext(String extension) {
        return Optional.empty();
    }

    /**
     * A telephone.
     *
     * @param extension its number
     * @param name what it is called, or an empty text
     * @param online whether a device can be reached
     */
    record Phone(String extension, String name, boolean online) {}

    /**
     * A trunk.
     *
     * @param name what it is called
     * @param registered whether it is registered; true where it need not be
     * @param online whether it can be reached
     */
    record Trunk(String name, boolean registered, boolean online) {}

    /**
     * A queue.
     *
     * @param number its number
     * @param members how many agents it has
     * @param waiting how many callers wait
     */
    record LiveQueue(String number, int members, int waiting) {}
}
