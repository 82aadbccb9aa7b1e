package io.github.pbxsdk.freepbx;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A menu that callers go through by keys.
 *
 * @param raw everything the PBX told
 * @param road by which road it was read
 */
public record Ivr(FreePbxObject raw, IvrRoad road) {

    /** Returns its number, for {@link Destination#ivr}. */
    public int id() {
        return raw.number("id").orElse(0);
    }

    /** Returns where calls have to go to get there; FreePBX takes that of a dialplan for none. */
    public Destination destination() {
        return road == IvrRoad.DIALPLAN ? DialplanMenus.destination(id()) : Destination.ivr(id());
    }

    /**
     * Returns where its keys lead. Empty also where the road does not tell: see {@link #tellsKeys}.
     */
    public Map<String, Destination> keys() {
        Map<String, Destination> all = new LinkedHashMap<>();
        for (FreePbxObject entry : raw.objects("entries")) {
            Destination.read(entry.text("dest"))
                    .ifPresent(to -> all.put(entry.text("selection"), to));
        }
        return Collections.unmodifiableMap(all);
    }

    /**
     * Tells whether its road tells the keys. GraphQL and the dialplan do; the web interface lists
     * menus without them, and has them only in a page for a browser that was never recorded.
     */
    public boolean tellsKeys() {
        return road != IvrRoad.GUI;
    }

    /**
     * Returns what it is called; over the forms as a page has it, with an entity of HTML for an
     * umlaut.
     */
    public String name() {
        return raw.text("name");
    }

    /** Returns what it is for, in words. */
    public String description() {
        return raw.text("description");
    }

    @Override
    public String toString() {
        return "Ivr[" + id() + ", " + name() + ", by " + road + "]";
    }
}
