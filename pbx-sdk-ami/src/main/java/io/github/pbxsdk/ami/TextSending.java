package io.github.pbxsdk.ami;

import io.github.pbxsdk.ami.action.MessageSendAction;
import io.github.pbxsdk.core.message.MessageReceipt;
import io.github.pbxsdk.core.security.Operation;

/** The action that sends a text, and what its answer says. */
record TextSending(MessageSendAction action) implements AmiAction<MessageReceipt> {

    @Override
    public String name() {
        return action.name();
    }

    @Override
    public Operation.Access access() {
        return action.access();
    }

    @Override
    public AmiFields fields() {
        return action.fields();
    }

    /** The server has handed it to SIP; whether the telephone takes it is not told. */
    @Override
    public MessageReceipt result(AmiResponse response) {
        return MessageReceipt.accepted(response.message());
    }
}
