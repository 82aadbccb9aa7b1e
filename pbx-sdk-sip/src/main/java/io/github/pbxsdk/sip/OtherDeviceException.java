package io.github.pbxsdk.sip;

import io.github.pbxsdk.core.PbxException;
import java.util.List;

/**
 * Another device is registered for the extension, and registering could push it out in silence; or
 * it has pushed us out.
 *
 * <p>Choose {@link RegisterOptions#takeOver()}, or {@link OtherDevices#SHARE} where the extension
 * has room for several devices.
 */
public final class OtherDeviceException extends PbxException {

    private static final long serialVersionUID = 1L;

    private final transient List<SipDevice> devices;

    OtherDeviceException(String message, List<SipDevice> devices) {
        super(message);
        this.devices = List.copyOf(devices);
    }

    /** Returns the devices that are registered; none after this was serialized. */
    public List<SipDevice> devices() {
        return devices == null ? List.of() : devices;
    }
}
