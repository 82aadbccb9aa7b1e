package io.github.pbxsdk.freepbx;

import io.github.pbxsdk.freepbx.IvrSettings.Loss;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;

/** The menus of FreePBX, by the forms of its web interface. */
final class GuiMenus implements MenuRoad {

    private static final String FORM = "config.php?display=ivr";

    /** What a new form of the web interface holds, for what has no setting here. */
    private static final Map<String, String> AS_NEW =
            Map.ofEntries(
                    Map.entry("invalid_loops", "3"),
                    Map.entry("invalid_retry_recording", "default"),
                    Map.entry("invalid_recording", "default"),
                    Map.entry("timeout_loops", "3"),
                    Map.entry("timeout_retry_recording", "default"),
                    Map.entry("timeout_recording", "default"),
                    Map.entry("retvm", ""),
                    Map.entry("alertinfo", ""),
                    Map.entry("rvolume", ""),
                    Map.entry("strict_dial_timeout", "2"));

    private final FreePbxSession session;
    private final GuiSession gui;

    GuiMenus(FreePbxSession session, GuiSession gui) {
        this.session = session;
        this.gui = gui;
    }

    @Override
    public List<Ivr> list() {
        Object rows = gui.ajax(session, "ajax.php?module=ivr&command=getJSON&jdata=grid");
        return FreePbxObject.objectsOf(rows).stream()
                .map(row -> new Ivr(row, IvrRoad.GUI))
                .toList();
    }

    @Override
    public void create(IvrSettings menu) {
        save("", menu);
    }

    @Override
    public void update(int id, IvrSettings menu) {
        if (!menu.accepted().contains(Loss.FORM_SETTINGS)) {
            throw FreePbxRejectedException.notSent(
                    session.tried("ivr save"),
                    FreePbxRejectedException.Kind.WOULD_LOSE_SETTINGS,
                    "the form replaces all of menu "
                            + id
                            + ", and would lose: "
                            + Loss.FORM_SETTINGS.words()
                            + ". Say acceptLoss(...), or change it in the web interface");
        }
        save(String.valueOf(id), menu);
    }

    private void save(String id, IvrSettings menu) {
        session.changes().changing(() -> gui.post(session, FORM, form(id, menu)));
    }

    @Override
    public void delete(int id) {
        session.changes().changing(() -> gui.follow(session, FORM + "&action=delete&id=" + id));
    }

    private static List<Entry<String, String>> form(String id, IvrSettings menu) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("display", "ivr");
        fields.put("action", "save");
        fields.put("id", id);
        fields.put("name", menu.name());
        fields.put("description", menu.description());
        fields.put(
                "announcement",
                menu.announcement() == 0 ? "" : String.valueOf(menu.announcement()));
        fields.put("directdial", menu.directDial() ? "ext-local" : "");
        fields.put("timeout_time", String.valueOf(menu.timeout().toSeconds()));
        fields.put("invalid_destination", menu.otherwise().text());
        fields.put("timeout_destination", menu.otherwise().text());
        fields.putAll(AS_NEW);
        List<Entry<String, String>> form = new ArrayList<>(fields.entrySet());
        menu.keys()
                .forEach(
                        (key, destination) -> {
                            form.add(Map.entry("entries[ext][]", key));
                            form.add(Map.entry("entries[goto][]", destination.text()));
                            form.add(Map.entry("entries[ivr_ret][]", "0"));
                        });
        return form;
    }
}
