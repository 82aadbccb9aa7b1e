package io.github.pbxsdk.freepbx;

import java.util.List;
import java.util.Optional;

/**
 * A person of User Manager.
 *
 * @param raw everything the PBX told, without the hash of the password
 */
public record PbxUser(FreePbxObject raw) {

    /** Takes the hash of the password out. */
    public PbxUser {
        raw = raw.without("password");
    }

    /** Returns the id. */
    public String id() {
        return raw.text("id");
    }

    /** Returns the name to log in with. */
    public String userName() {
        return raw.text("username");
    }

    /** Returns the name of the person. */
    public String displayName() {
        return raw.filled("displayname").orElseGet(() -> raw.text("dn"));
    }

    /** Returns the extension that is theirs. */
    public Optional<String> extension() {
        return raw.filled("default_extension").filter(number -> !number.equals("none"));
    }

    /** Returns the extensions that they may use. */
    public List<String> extensions() {
        return raw.texts("assigned");
    }

    /** Returns the address for mail. */
    public Optional<String> email() {
        return raw.filled("email");
    }

    @Override
    public String toString() {
        return "PbxUser[" + id() + "]";
    }
}
