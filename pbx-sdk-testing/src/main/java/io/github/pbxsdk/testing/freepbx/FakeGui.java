package io.github.pbxsdk.testing.freepbx;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The forms of the web interface, which answer 200 to whatever happens. */
final class FakeGui {

    private static final String LOG_IN_PAGE =
            "<!DOCTYPE html><html><head><title>FreePBX Administration</title></head>"
                    + "<form name=\"loginform\"></form></html>";
    private static final String PAGE =
            "<!DOCTYPE html><html><head><title>FreePBX Administration</title></head>"
                    + "<a href=\"config.php?logout=true\">Logout</a></html>";

    private final FakePbxState state;
    private final Set<String> sessions = new HashSet<>();
    private final Map<String, byte[]> recordings = new HashMap<>();

    /** No two PBXs give the same session. */
    private final String own = "-" + UUID.randomUUID();

    private int made;

    FakeGui(FakePbxState state) {
        this.state = state;
    }

    void addRecording(String uniqueid, byte[] sound) {
        recordings.put(uniqueid, sound.clone());
    }

    void endSessions() {
        sessions.clear();
    }

    FakeAnswer answer(FreePbxRequest request) {
        String path = request.target().replaceFirst("\\?.*", "");
        Map<String, List<String>> query = form(request.target().replaceFirst("^[^?]*\\??", ""));
        Map<String, List<String>> form =
                request.header("Content-Type").orElse("").startsWith("multipart")
                        ? Map.of()
                        : form(request.body());
        if (path.endsWith("config.php") && form.containsKey("username")) {
            return logIn(form);
        }
        boolean known =
                sessions.contains(
                        request.header("Cookie").orElse("").replaceFirst(".*PHPSESSID=", ""));
        boolean referred = request.header("Referer").isPresent();
        if (path.endsWith("ajax.php")) {
            return ajax(request, query, form, known, referred);
        }
        if (!known) {
            return FakeAnswer.html(LOG_IN_PAGE);
        }
        return page(query, form, referred);
    }

    private FakeAnswer logIn(Map<String, List<String>> form) {
        boolean right =
                first(form, "username").equals(FakeFreePbx.ADMINISTRATOR)
                        && first(form, "password").equals(FakeFreePbx.ADMINISTRATOR_PASSWORD);
        String session = "session" + ++made + own;
        if (right) {
            sessions.add(session);
        }
        return FakeAnswer.html(right ? PAGE : LOG_IN_PAGE)
                .with("Set-Cookie", "PHPSESSID=" + session + "; path=/");
    }

    private FakeAnswer page(
            Map<String, List<String>> query, Map<String, List<String>> form, boolean referred) {
        if (first(query, "action").equals("download_audio")) {
            byte[] sound = recordings.get(first(query, "cdr_file"));
            return sound == null
                    ? FakeAnswer.html("<div class=\"global-message-banner\">none</div>")
                    : new FakeAnswer(200, "audio/x-wav; charset=binary", sound, Map.of());
        }
        if (referred && first(query, "display").equals("ivr")) {
            if (first(query, "action").equals("delete")) {
                state.ivrs.remove(first(query, "id"));
            } else if (first(form, "action").equals("save")) {
                saveIvr(form);
            }
        }
        return FakeAnswer.html(PAGE);
    }

    private void saveIvr(Map<String, List<String>> form) {
        String id = first(form, "id");
        if (id.isEmpty()) {
            id = String.valueOf(++state.lastIvr);
        }
        state.ivrs.put(
                id,
                FakeRow.of(
                        "name", asInPage(first(form, "name")),
                        "description", first(form, "description"),
                        "id", id,
                        "link", List.of(id, first(form, "name"))));
    }

    /** By the source of the module: it keeps names as a page shows them. */
    private static String asInPage(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("ü", "&uuml;");
    }

    private FakeAnswer ajax(
            FreePbxRequest request,
            Map<String, List<String>> query,
            Map<String, List<String>> form,
            boolean known,
            boolean referred) {
        if (!referred) {
            return FakeAnswer.json(403, "{\"error\":\"ajaxRequest declined - Referrer\"}");
        }
        if (!known) {
            return FakeAnswer.json(401, "{\"error\":\"Not Authenticated\"}");
        }
        return switch (first(query, "module") + " " + first(query, "command")) {
            case "ivr getJSON" ->
                    FakeAnswer.json(200, Json.write(new ArrayList<>(state.ivrs.values())));
            case "recordings upload" -> upload(request);
            case "recordings convert" -> convert(form);
            default -> FakeAnswer.json(403, "{\"error\":\"ajaxRequest declined\"}");
        };
    }

    private static FakeAnswer upload(FreePbxRequest request) {
        String name = request.body().replaceFirst("(?s).*filename=\"([^\"]*)\".*", "$1");
        return FakeAnswer.json(
                200,
                Json.write(
                        FakeRow.of(
                                "status", true, "filename", name, "localfilename", "up-" + name)));
    }

    private FakeAnswer convert(Map<String, List<String>> form) {
        String name = first(form, "name");
        state.soundFiles.add(name);
        return FakeAnswer.json(200, Json.write(FakeRow.of("status", true, "name", name)));
    }

    private static String first(Map<String, List<String>> form, String name) {
        List<String> values = form.get(name);
        return values == null ? "" : values.get(0);
    }

    static Map<String, List<String>> form(@Nullable String text) {
        Map<String, List<String>> form = new HashMap<>();
        if (text == null || text.isEmpty()) {
            return form;
        }
        for (String pair : text.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            form.computeIfAbsent(decoded(parts[0]), key -> new ArrayList<>())
                    .add(parts.length == 2 ? decoded(parts[1]) : "");
        }
        return form;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
