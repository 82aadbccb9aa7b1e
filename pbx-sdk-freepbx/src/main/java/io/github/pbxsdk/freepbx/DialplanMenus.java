package io.github.pbxsdk.freepbx;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Menus as contexts of the dialplan, {@code sdk-ivr-1} and so on: told three times, then the call
 * goes where calls go otherwise.
 */
final class DialplanMenus implements MenuRoad {

    private static final Pattern CONTEXT = Pattern.compile("sdk-ivr-([0-9]{1,9})");

    /** The first line keeps what the dialplan has no place for; its letters are harmless there. */
    private static final Pattern TITLE =
            Pattern.compile("exten => s,1,NoOp\\(name=([A-Za-z0-9_-]*) about=([A-Za-z0-9_-]*)\\)");

    private static final Pattern KEY =
            Pattern.compile("exten => ([0-9*#]+|[ti]),1,Goto\\(([^()\\s]+)\\)");

    /** Where FreePBX has the numbers that callers of its own menus may dial. */
    private static final String DIRECT_DIAL = "from-did-direct-ivr";

    private static final Pattern SOUND = Pattern.compile("[A-Za-z0-9_./-]+");

    /** What means nothing else in a line of the dialplan. */
    private static final Pattern PLACE = Pattern.compile("[A-Za-z0-9_.*#+,-]+");

    private final FreePbxSession session;
    private final CustomDialplan dialplan;

    DialplanMenus(FreePbxSession session, CustomDialplan dialplan) {
        this.session = session;
        this.dialplan = dialplan;
    }

    /** Returns where a menu of this number is. */
    static Destination destination(int id) {
        return new Destination(context(id) + ",s,1");
    }

    private static String context(int id) {
        return "sdk-ivr-" + id;
    }

    @Override
    public List<Ivr> list() {
        List<Ivr> menus = new ArrayList<>();
        dialplan.contexts()
                .forEach(
                        (context, lines) -> {
                            Matcher name = CONTEXT.matcher(context);
                            if (name.matches()) {
                                menus.add(menu(name.group(1), lines));
                            }
                        });
        return menus;
    }

    private static Ivr menu(String id, List<String> lines) {
        Map<String, Object> menu = new LinkedHashMap<>(Map.of("id", id));
        List<Object> keys = new ArrayList<>();
        for (String line : lines) {
            Matcher title = TITLE.matcher(line);
            if (title.matches()) {
                menu.put("name", decoded(title.group(1)));
                menu.put("description", decoded(title.group(2)));
            }
            Matcher key = KEY.matcher(line);
            if (key.matches()) {
                keys.add(FreePbxObject.of(Map.of("selection", key.group(1), "dest", key.group(2))));
            }
        }
        menu.put("entries", keys);
        return new Ivr(FreePbxObject.of(menu), IvrRoad.DIALPLAN);
    }

    @Override
    public void create(IvrSettings menu) {
        List<String> lines = checkedLines(menu);
        int next = list().stream().mapToInt(Ivr::id).max().orElse(0) + 1;
        while (!created(next, lines)) {
            // Another program has taken the number since.
            next++;
        }
    }

    private boolean created(int id, List<String> lines) {
        return session.attempting(what(id), () -> dialplan.create(context(id), lines));
    }

    @Override
    public void update(int id, IvrSettings menu) {
        List<String> lines = checkedLines(menu);
        session.changing(what(id), () -> dialplan.replace(context(id), lines));
    }

    private static String what(int id) {
        return "dialplan of menu " + id;
    }

    private List<String> checkedLines(IvrSettings menu) {
        requirePlain(menu.otherwise());
        menu.keys().values().forEach(this::requirePlain);
        return lines(menu, sounds(menu.announcement()));
    }

    private void requirePlain(Destination to) {
        if (!PLACE.matcher(to.text()).matches()) {
            throw FreePbxRejectedException.notSent(
                    session.tried("ivr"),
                    FreePbxRejectedException.Kind.INVALID_REQUEST,
                    "not a place that a line of the dialplan can name: " + to);
        }
    }

    @Override
    public void delete(int id) {
        session.changing(what(id), () -> dialplan.remove(context(id)));
    }

    /** The dialplan plays files, and a menu names a prompt. */
    private List<String> sounds(int promptId) {
        if (promptId == 0) {
            return List.of();
        }
        Optional<Prompt> prompt =
                Prompts.all(session).stream()
                        .filter(one -> one.id().equals(String.valueOf(promptId)))
                        .findFirst();
        List<String> files = prompt.map(Prompt::files).orElse(List.of());
        if (files.isEmpty() || !files.stream().allMatch(file -> SOUND.matcher(file).matches())) {
            throw FreePbxRejectedException.notSent(
                    session.tried("ivr"),
                    FreePbxRejectedException.Kind.NOT_FOUND,
                    "there is no prompt " + promptId + " with files that can be played");
        }
        return files;
    }

    static List<String> lines(IvrSettings menu, List<String> sounds) {
        List<String> steps = new ArrayList<>();
        steps.add(
                "NoOp(name="
                        + encoded(menu.name())
                        + " about="
                        + encoded(menu.description())
                        + ")");
        steps.add("Answer()");
        steps.add("Set(SDK_ROUND=0)");
        steps.add("Set(SDK_ROUND=$[${SDK_ROUND} + 1])");
        steps.add("GotoIf($[${SDK_ROUND} > 3]?" + menu.otherwise().text() + ")");
        if (!sounds.isEmpty()) {
            steps.add("Background(" + String.join("&", sounds) + ")");
        }
        steps.add("WaitExten(" + menu.timeout().toSeconds() + ")");
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            lines.add("exten => s," + (i + 1) + "," + steps.get(i));
        }
        menu.keys().forEach((key, to) -> lines.add("exten => " + key + ",1,Goto(" + to + ")"));
        for (String event : List.of("t", "i")) {
            if (!menu.keys().containsKey(event)) {
                lines.add("exten => " + event + ",1,Goto(s,4)");
            }
        }
        if (menu.directDial()) {
            lines.add("include => " + DIRECT_DIAL);
        }
        return lines;
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(String text) {
        try {
            return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // Somebody has changed the line by hand.
            return text;
        }
    }
}
