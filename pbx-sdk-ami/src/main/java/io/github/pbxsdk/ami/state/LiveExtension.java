package io.github.pbxsdk.ami.state;

import io.github.pbxsdk.ami.event.ExtensionState;
import java.util.List;

/**
 * What the hint of an extension says: the lamp that others see.
 *
 * <p>Where {@link AmiState#unavailable()} has presence or devices, the server doesn't list them:
 * that there is no presence, or no do-not-disturb, then only means that no event told of it.
 */
public sealed interface LiveExtension permits Values.Extension {

    /** {@return the number} */
    String number();

    /** {@return the dialplan context of the hint} */
    String context();

    /** {@return the devices in the hint, such as {@code PJSIP/200} and {@code Custom:DND200}} */
    List<String> devices();

    /** {@return the state of the devices together} */
    ExtensionState state();

    /** {@return the presence, such as {@code away}; empty if there is none} */
    String presence();

    /** {@return the words that go with the presence, empty if there are none} */
    String presenceMessage();

    /**
     * Tells whether do-not-disturb is on: a {@code Custom:DND…} device of the hint is in use, as on
     * FreePBX, or the presence says so.
     */
    boolean isDoNotDisturb();
}
