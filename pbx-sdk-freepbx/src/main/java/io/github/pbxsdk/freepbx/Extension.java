package io.github.pbxsdk.freepbx;

import java.util.Map;
import java.util.Optional;

/**
 * An extension: a number, the person behind it and the device.
 *
 * <p>Its SIP password is not in it; see {@link Extensions#sipCredentials}.
 *
 * @param raw everything the PBX told; over a {@link TelephonySource} number and name
 * @param road by which road it was read: {@code graphql}, or that of the {@link TelephonySource}
 */
public record Extension(FreePbxObject raw, String road) {

    Extension(FreePbxObject raw) {
        this(raw, "graphql");
    }

    static Extension of(TelephonySource.Phone phone, Map<String, String> names, String road) {
        String name = names.getOrDefault(phone.extension(), phone.name());
        FreePbxObject user = FreePbxObject.of(Map.of("name", name));
        return new Extension(
                FreePbxObject.of(Map.of("extensionId", phone.extension(), "user", user)), road);
    }

    /** Returns the number. */
    public String number() {
        return raw.text("extensionId");
    }

    /** Returns the name; empty for one that was left half-made. */
    public String name() {
        return user().text("name");
    }

    /** Returns the kind of device: {@code pjsip}, {@code sip}, {@code virtual}. */
    public String technology() {
        return raw.text("tech");
    }

    /** Returns what is dialled to reach the device, such as {@code PJSIP/1001}. */
    public Optional<String> dial() {
        return device().filled("dial");
    }

    /** Returns the number and name that others see on calls to the outside. */
    public Optional<String> outboundCallerId() {
        return user().filled("outboundCid");
    }

    /** Returns what emergency services see. */
    public Optional<String> emergencyCallerId() {
        return device().filled("emergencyCid");
    }

    /** Tells whether it has a mailbox. */
    public boolean hasVoicemail() {
        return user().filled("voicemail").filter(context -> !context.equals("novm")).isPresent();
    }

    /** Tells whether it does not want to be disturbed. */
    public boolean isDoNotDisturb() {
        return user().isOn("donotdisturb");
    }

    /** Returns where all its calls go instead. */
    public Optional<String> callForward() {
        return user().filled("callforward_unconditional");
    }

    /**
     * Tells whether it was left half-made: the device is there, and the person is not. FreePBX
     * leaves such an extension when its Asterisk is down; delete it and create it again.
     */
    public boolean isHalfMade() {
        return name().isEmpty() && !device().isEmpty();
    }

    FreePbxObject user() {
        return raw.object("user");
    }

    FreePbxObject device() {
        return raw.object("coreDevice");
    }

    @Override
    public String toString() {
        return "Extension[" + number() + ", " + technology() + ", by " + road + "]";
    }
}
