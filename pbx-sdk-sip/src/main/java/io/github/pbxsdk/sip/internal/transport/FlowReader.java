package io.github.pbxsdk.sip.internal.transport;

import io.github.pbxsdk.sip.internal.wire.MalformedMessageException;
import io.github.pbxsdk.sip.internal.wire.SipMessage;

/** Takes what comes over a flow, on the thread that reads it; must be quick and never throw. */
public interface FlowReader {

    /** Takes a message. */
    void received(Flow flow, SipMessage message);

    /** Takes note of something that can't be read. */
    void unreadable(Flow flow, MalformedMessageException problem);
}
