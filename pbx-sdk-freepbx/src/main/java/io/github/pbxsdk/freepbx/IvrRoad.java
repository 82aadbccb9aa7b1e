package io.github.pbxsdk.freepbx;

/** How this client reaches the menus, which the recorded FreePBX 16 has no API for. */
public enum IvrRoad {
    /** The schema of this PBX has them, as in later releases of the module; read, not run. */
    GRAPHQL,
    /** The forms of the web interface, as an administrator. */
    GUI,
    /** A context of one's own in the dialplan, which FreePBX does not know. */
    DIALPLAN
}
