package io.github.pbxsdk.ami.state;

/** A part of the live state; the server may not have it, or not show it to the AMI user. */
public enum StatePart {
    /** Channels and calls; without these there is no state at all. */
    CALLS,
    /** Bridges. */
    BRIDGES,
    /** Parked calls. */
    PARKING,
    /** Queues, their callers and members. */
    QUEUES,
    /** PJSIP endpoints. */
    ENDPOINTS,
    /** What has registered for PJSIP endpoints. */
    CONTACTS,
    /** Registrations with carriers. */
    REGISTRATIONS,
    /** Hints. */
    EXTENSIONS,
    /** States of devices, of which do-not-disturb is one. */
    DEVICES,
    /** Presence. */
    PRESENCE,
    /** The zone of the server; midnight is then this machine's. */
    TIME_ZONE
}
