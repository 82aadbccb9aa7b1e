package io.github.pbxsdk.ami;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The road of messages to and from one server: the seam between what AMI says and how it travels.
 *
 * <p>One thread receives, any number send.
 */
interface AmiChannel extends AutoCloseable {

    /**
     * Returns the first line of the server, such as {@code Asterisk Call Manager/11.0.0}; empty
     * where the transport has none. It is asked for first, and then waits.
     *
     * @throws io.github.pbxsdk.core.PbxException if something else than AMI answers
     */
    String greeting();

    /**
     * Has an action sent whole; does not wait until it is.
     *
     * @param mayLeave asked just before it leaves, perhaps with others; if it never is or says no,
     *     nothing of the action has left
     * @throws io.github.pbxsdk.core.PbxException if nothing is sent any more; nor is this
     */
    void send(AmiFields action, BooleanSupplier mayLeave);

    /**
     * Waits for the next message.
     *
     * @throws io.github.pbxsdk.core.PbxException if there will not be another one
     */
    AmiFields receive();

    /** Returns the next message if it has been read by now; does not wait. */
    default @Nullable AmiFields poll() {
        return null;
    }

    /** Returns when something was last received. */
    Instant lastReceived();

    /** Returns how long nothing was received; the clock of the machine may jump meanwhile. */
    Duration idle();

    /** Ends the connection, also under a thread that receives or sends. */
    @Override
    void close();
}
