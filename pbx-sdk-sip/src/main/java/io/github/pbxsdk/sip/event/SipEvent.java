package io.github.pbxsdk.sip.event;

import io.github.pbxsdk.core.event.PbxEvent;

/**
 * What a SIP client reports.
 *
 * <p>The families below stay; new events may join them.
 */
public sealed interface SipEvent extends PbxEvent
        permits RegistrationEvent, TextEvent, WatchEvent, OtherSipEvent {

    /** Returns the extension of ours that it is about. */
    String extension();
}
