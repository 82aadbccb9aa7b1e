package io.github.pbxsdk.ami.state;

import io.github.pbxsdk.ami.event.DeviceState;
import java.util.List;

/** A PJSIP endpoint: the telephone of an extension, or a trunk. */
public sealed interface LiveEndpoint permits Values.Endpoint {

    /** {@return the name, for a telephone its extension} */
    String name();

    /** {@return what it is doing} */
    DeviceState state();

    /** {@return what has registered for it} */
    List<LiveContact> contacts();
}
