package io.github.pbxsdk.freepbx;

import java.util.Optional;

/**
 * The mailbox of an extension. Its PIN is in {@link #raw()}, as {@code password}.
 *
 * @param raw everything the PBX told
 */
public record VoicemailBox(FreePbxObject raw) {

    /** Returns the name of its owner. */
    public String name() {
        return raw.text("name");
    }

    /** Returns where mail about new messages goes. */
    public Optional<String> email() {
        return raw.filled("email");
    }

    /** Tells whether the sound is sent with the mail. */
    public boolean isAttached() {
        return raw.isOn("attach");
    }

    /** Tells whether a message is deleted once it was sent by mail. */
    public boolean isDeletedAfterMail() {
        return raw.isOn("delete");
    }
}
