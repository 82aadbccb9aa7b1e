package io.github.pbxsdk.pbx;

/** By which road a text leaves. */
public enum TextRoad {
    /** An account with a provider, or the carrier of the PBX: to telephones anywhere. */
    SMS,
    /** SIP MESSAGE, as an extension: to extensions and SIP addresses. */
    SIP,
    /** The manager interface: to extensions and SIP addresses that the PBX knows. */
    AMI,
    /** The REST interface of Asterisk: to extensions and SIP addresses that the PBX knows. */
    ARI
}
