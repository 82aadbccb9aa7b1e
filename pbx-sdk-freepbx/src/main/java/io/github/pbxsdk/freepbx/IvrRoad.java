package io.github.pbxsdk.freepbx;

/** How this client reaches the menus, for which FreePBX 16 and 17 have no API. */
public enum IvrRoad {
    /** The schema of this PBX has them. */
    GRAPHQL,
    /** The forms of the web interface, as an administrator. */
    GUI,
    /** A context of one's own in the dialplan, which FreePBX does not know. */
    DIALPLAN
}
