package io.github.pbxsdk.ami.state;

import io.github.pbxsdk.ami.event.ChannelState;
import java.time.Instant;
import java.util.Optional;

/** A channel that lives: one telephone in one call, or half of a {@code Local} pair. */
public sealed interface LiveChannel permits Values.Channel {

    /** {@return the id that it keeps until it ends} */
    String uniqueId();

    /** {@return its name now, such as {@code PJSIP/200-0000002a}; transfers may change it} */
    String name();

    /** {@return the id of its call; see {@link LiveCall#id}} */
    String callId();

    /** {@return its state} */
    ChannelState state();

    /** {@return the number of whoever is at this end, empty if there is none} */
    String callerIdNumber();

    /** {@return the name of whoever is at this end, empty if there is none} */
    String callerIdName();

    /** {@return the number of whoever is at the other end, empty if there is none} */
    String connectedLineNumber();

    /** {@return the name of whoever is at the other end, empty if there is none} */
    String connectedLineName();

    /** {@return the number it dialled, or where in the dialplan it was when first seen} */
    String dialed();

    /** {@return the account that call records name} */
    String accountCode();

    /** {@return when it began, by this machine's clock} */
    Instant startedAt();

    /** {@return the bridge it is in, if it is in one} */
    Optional<String> bridgeId();

    /** Tells whether this telephone has put the other one on hold. */
    boolean onHold();

    /**
     * Tells whether it is half of a {@code Local} pair, which joins parts of the dialplan and has
     * no telephone.
     */
    default boolean isLocal() {
        return name().startsWith("Local/");
    }

    /**
     * Returns the extension, endpoint or trunk in its name: {@code 200} for {@code
     * PJSIP/200-0000002a} and for {@code Local/200@from-queue-0000002a;1}.
     */
    default String endpoint() {
        return Interfaces.ofChannel(name());
    }
}
