package io.github.pbxsdk.testing.freepbx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The REST routes of a FreePBX 16; each module answers in a form of its own. */
final class FakeRest {

    private static final FakeAnswer TRUE = FakeAnswer.json(200, "true");
    private static final FakeAnswer FALSE = FakeAnswer.json(200, "false");

    private static final Map<String, @Nullable Object> PARKING_LOT =
            FakeRow.of(
                    "id", "1",
                    "name", "Default Lot",
                    "parkext", "70",
                    "parkpos", "71",
                    "numslots", "8",
                    "parkingtime", "45",
                    "dest", "app-blackhole,hangup,1");

    private static final Map<String, @Nullable Object> CONTACTS =
            FakeRow.of("id", "1", "owner", "-1", "name", "User Manager Group", "type", "internal");

    private final FakePbxState state;
    private final FakeReloads reloads;
    private final Map<String, Map<String, Object>> callForward = new TreeMap<>();
    private final Map<String, String> doNotDisturb = new TreeMap<>();
    private final Map<String, String> queues = new TreeMap<>();
    private final Map<String, Map<String, List<Object>>> queueMembers = new TreeMap<>();

    FakeRest(FakePbxState state, FakeReloads reloads) {
        this.state = state;
        this.reloads = reloads;
    }

    void addQueue(String number, String name) {
        queues.put(number, name);
    }

    void addQueueMember(String number, String extension, boolean dynamic) {
        queueMembers
                .computeIfAbsent(number, key -> new TreeMap<>())
                .computeIfAbsent(dynamic ? "dynmembers" : "members", key -> new ArrayList<>())
                .add(extension);
    }

    FakeAnswer answer(String method, String route, String body) {
        Map<?, ?> input = Map.of();
        if (!body.isEmpty()) {
            input = Json.read(body) instanceof Map<?, ?> map ? map : input;
        }
        if (state.restHidden) {
            return FakeAnswer.json(401, "{\"status\":false,\"message\":\"unauthorized\"}");
        }
        String[] parts = route.split("/", -1);
        String last = parts[parts.length - 1];
        boolean put = method.equals("PUT");
        if (route.startsWith("core/users")) {
            return put ? notAllowed() : users(parts.length > 2 ? last : "");
        }
        if (route.startsWith("callforward/users/")) {
            return put ? putForward(last, input) : json(forward(last));
        }
        if (route.startsWith("donotdisturb/users/")) {
            return put
                    ? put(doNotDisturb, last, input, "status")
                    : json(FakeRow.of("status", doNotDisturb.getOrDefault(last, "")));
        }
        if (route.startsWith("callwaiting/users/")) {
            return put ? putWaiting(last, input) : json(isWaiting(last) ? "ENABLED" : "");
        }
        if (route.startsWith("userman/users/")) {
            return person(last);
        }
        if (route.startsWith("voicemail/voicemail/password/")) {
            return voicemailPassword(last, input);
        }
        if (route.equals("queues/members")) {
            return queueMembers.isEmpty() ? FALSE : json(queueMembers);
        }
        if (route.startsWith("queues")) {
            return queues(last);
        }
        return switch (route) {
            case "framework/version" -> json(FakeRow.of("status", true, "version", "16.0.40.7"));
            case "framework/engine" -> json(FakeRow.of("status", true, "engine", "16.28.0"));
            case "framework/needreload" ->
                    json(FakeRow.of("status", true, "needreload", state.marked));
            case "framework/reload" ->
                    json(FakeRow.of("status", true, "message", reloads.start(state.asteriskUp)));
            case "timeconditions/" -> FALSE;
            case "parking/" -> json(PARKING_LOT);
            case "userman/users" -> json(new ArrayList<>(state.people.values()));
            case "contactmanager/groups" -> json(List.of(CONTACTS));
            case "conferences/" ->
                    FakeAnswer.json(500, "{\n    \"message\": \"Slim Application Error\"\n}");
            default -> FakeAnswer.json(404, "{\"message\":\"Not found\"}");
        };
    }

    private static FakeAnswer json(@Nullable Object value) {
        return FakeAnswer.json(200, Json.write(value));
    }

    private static FakeAnswer notAllowed() {
        return FakeAnswer.json(405, "{\"message\":\"Method not allowed. Must be one of: GET\"}");
    }

    private FakeAnswer users(String number) {
        if (number.isEmpty()) {
            Map<String, @Nullable Object> all = new LinkedHashMap<>();
            state.extensions.forEach((key, extension) -> all.put(key, extension.get("user")));
            return json(all);
        }
        Map<String, @Nullable Object> extension = state.extensions.get(number);
        return extension == null ? FakeAnswer.json(200, "[]") : json(extension.get("user"));
    }

    /** Tells the hash of a password, too. */
    private FakeAnswer person(String name) {
        Map<String, @Nullable Object> person = state.people.get(name);
        return person == null ? FALSE : json(person);
    }

    private Map<String, Object> forward(String number) {
        Map<String, Object> forward = new LinkedHashMap<>();
        for (String kind : new String[] {"CF", "CFU", "CFB"}) {
            forward.put(kind, callForward.getOrDefault(number, Map.of()).getOrDefault(kind, false));
        }
        return forward;
    }

    private FakeAnswer putForward(String number, Map<?, ?> input) {
        Map<String, Object> forward = new LinkedHashMap<>(forward(number));
        input.forEach(
                (kind, target) ->
                        forward.put(String.valueOf(kind), "".equals(target) ? false : target));
        callForward.put(number, forward);
        return TRUE;
    }

    private boolean isWaiting(String number) {
        return Boolean.TRUE.equals(state.user(number).get("callwaiting"));
    }

    private FakeAnswer putWaiting(String number, Map<?, ?> input) {
        state.user(number).put("callwaiting", "ENABLED".equals(input.get("state")));
        return TRUE;
    }

    private static FakeAnswer put(
            Map<String, String> values, String number, Map<?, ?> input, String name) {
        values.put(number, FakeRow.text(input, name));
        return TRUE;
    }

    /** Changes the PIN, and says false all the same. */
    private FakeAnswer voicemailPassword(String number, Map<?, ?> input) {
        Map<String, @Nullable Object> box = state.mailboxes.get(number);
        if (box != null) {
            box.put("password", FakeRow.text(input, "password"));
        }
        return FALSE;
    }

    private FakeAnswer queues(String number) {
        if (queues.isEmpty()) {
            return FALSE;
        }
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        queues.forEach((key, name) -> all.put(key, FakeRow.of("extension", key, "name", name)));
        return json(number.isEmpty() ? all : all.getOrDefault(number, false));
    }
}
