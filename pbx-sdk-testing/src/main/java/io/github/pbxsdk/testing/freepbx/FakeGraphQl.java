package io.github.pbxsdk.testing.freepbx;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The resolvers of a FreePBX 16, with the mistakes that they have. */
final class FakeGraphQl {

    private static final Set<String> STRATEGIES =
            Set.of(
                    "ringall",
                    "ringall-prim",
                    "hunt",
                    "hunt-prim",
                    "memoryhunt",
                    "memoryhunt-prim",
                    "firstavailable",
                    "firstnotonphone");

    private final FakePbxState state;
    private final FakeReloads reloads;

    FakeGraphQl(FakePbxState state, FakeReloads reloads) {
        this.state = state;
        this.reloads = reloads;
    }

    /** A failure of business, in the words of the server. */
    static final class Refusal extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Refusal(String message) {
            super(message);
        }
    }

    private static Refusal internal() {
        return new Refusal("Internal server error");
    }

    Map<String, @Nullable Object> resolve(GraphQlText.Field field) {
        Map<String, @Nullable Object> arguments = field.arguments();
        Map<?, ?> input = arguments.get("input") instanceof Map<?, ?> map ? map : Map.of();
        return switch (field.name()) {
            case "fetchAllExtensions", "fetchAllValidExtensions" -> extensions(field);
            case "fetchExtension" -> extension(FakeRow.text(arguments, "extensionId"));
            case "addExtension" -> addExtension(input);
            case "updateExtension" -> updateExtension(input);
            case "deleteExtension" -> deleteExtension(input);
            case "createRangeofExtension" -> createRange(input);
            case "allInboundRoutes" ->
                    FakeRow.of(
                            "totalCount",
                            state.routes.size(),
                            "inboundRoutes",
                            new ArrayList<>(state.routes.values()));
            case "inboundRoute" -> route(FakeRow.text(arguments, "id"));
            case "addInboundRoute" -> addRoute(input);
            case "updateInboundRoute" -> updateRoute(input);
            case "removeInboundRoute" -> removeRoute(input);
            case "fetchAllRingGroups" -> ringGroups();
            case "fetchRingGroup" -> ringGroup(FakeRow.text(arguments, "groupNumber"));
            case "addRingGroup" -> addRingGroup(field, input);
            case "updateRingGroup" -> updateRingGroup(field, input);
            case "deleteRingGroup" -> {
                state.ringGroups.remove(FakeRow.text(input, "groupNumber"));
                yield done("Successfully deleted ringgroup");
            }
            case "fetchVoiceMail" -> mailbox(FakeRow.text(arguments, "extensionId"));
            case "enableVoiceMail" -> enableVoicemail(input);
            case "disableVoiceMail" -> disableVoicemail(input);
            case "fetchFollowMe" -> followMe(FakeRow.text(arguments, "extensionId"));
            case "updateFollowMe" -> updateFollowMe(input);
            case "enableFollowMe" -> followMeOn(input, true);
            case "disableFollowMe" -> followMeOn(input, false);
            case "fetchAllRecordings" -> prompts();
            case "fetchRecordingFiles" ->
                    with(
                            done("List of system recording files"),
                            "recodingFiles",
                            new ArrayList<>(state.soundFiles));
            case "addRecording" -> addPrompt(input);
            case "updateRecording" -> updatePrompt(input);
            case "deleteRecording" -> {
                state.prompts.remove(FakeRow.text(input, "id"));
                yield done("Recording deleted succefully");
            }
            case "fetchAllCdrs" -> callRecords(arguments);
            case "fetchCdr" -> callRecord(FakeRow.text(arguments, "id"));
            case "system" ->
                    FakeRow.of("version", "16.0.40.7", "engine", "16.28.0", "needReload", false);
            case "fetchAsteriskDetails" -> asterisk();
            case "fetchInstalledModules" -> modules();
            case "fetchAdvanceSetting" -> setting(FakeRow.text(arguments, "keyword"));
            case "updateAdvanceSettings" -> updateSetting(input);
            case "fetchNeedReload" ->
                    done(state.marked ? "Doreload is required" : "Doreload is not required");
            case "checkdiskspace" ->
                    with(
                            done("Disk space"),
                            "diskspace",
                            List.of(FakeRow.of("storage_path", "/", "used_percentage", "42%")));
            case "doreload" ->
                    with(
                            done("Doreload/apply config has been initiated."),
                            "transaction_id",
                            reloads.start(state.asteriskUp));
            case "fetchApiStatus" -> apiStatus(FakeRow.text(arguments, "txnId"));
            default -> throw internal();
        };
    }

    static Map<String, @Nullable Object> done(@Nullable String message) {
        return FakeRow.of("status", true, "message", message);
    }

    private static Map<String, @Nullable Object> with(
            Map<String, @Nullable Object> row, String name, @Nullable Object value) {
        row.put(name, value);
        return row;
    }

    private static Map<String, @Nullable Object> with(
            Map<String, @Nullable Object> row, Map<String, @Nullable Object> fields) {
        row.putAll(fields);
        return row;
    }

    private Map<String, @Nullable Object> extensions(GraphQlText.Field field) {
        if (!state.asteriskUp
                || field.fields().stream().anyMatch(one -> one.name().equals("pageInfo"))) {
            throw internal();
        }
        return with(
                with(done("Extension's found successfully"), "totalCount", state.extensions.size()),
                "extension",
                new ArrayList<>(state.extensions.values()));
    }

    private Map<String, @Nullable Object> extension(String number) {
        Map<String, @Nullable Object> found = state.extensions.get(number);
        if (found == null) {
            throw new Refusal("Extension does not exists");
        }
        return with(done("Extension found successfully"), found);
    }

    private Map<String, @Nullable Object> addExtension(Map<?, ?> input) {
        String number = FakeRow.text(input, "extensionId");
        if (state.extensions.containsKey(number)) {
            throw new Refusal("This device id is already in use");
        }
        if (!state.asteriskUp) {
            state.extensions.put(number, state.halfExtension(number, input));
            throw new Refusal(
                    "Cannot connect to Asterisk Manager with admin/"
                            + FakeFreePbx.AMI_SECRET
                            + "::");
        }
        if (Boolean.TRUE.equals(input.get("umEnable")) && input.get("umPassword") == null) {
            throw new Refusal("User management is enabled please provide password");
        }
        state.makeExtension(number, input, state.newSecret());
        state.marked = true;
        return done("Extension has been created Successfully");
    }

    private Map<String, @Nullable Object> updateExtension(Map<?, ?> input) {
        String number = FakeRow.text(input, "extensionId");
        if (!state.extensions.containsKey(number)) {
            throw new Refusal("Extension does not exists.");
        }
        if (FakeRow.text(input, "name").isEmpty() || FakeRow.text(input, "email").isEmpty()) {
            // Nothing is changed, and nobody is told.
            return FakeRow.of("status", null, "message", null);
        }
        String secret = FakeRow.text(input, "extPassword");
        state.makeExtension(number, input, secret.isEmpty() ? state.newSecret() : secret);
        state.marked = true;
        return done("Extension has been updated");
    }

    private Map<String, @Nullable Object> deleteExtension(Map<?, ?> input) {
        String number = FakeRow.text(input, "extensionId");
        if (state.extensions.remove(number) == null) {
            throw new Refusal("Extension does not exists.");
        }
        state.mailboxes.remove(number);
        state.followMe.remove(number);
        state.marked = true;
        return done("Extension has been deleted");
    }

    private Map<String, @Nullable Object> createRange(Map<?, ?> input) {
        long start = Long.parseLong(FakeRow.text(input, "startExtension"));
        long count = Long.parseLong(FakeRow.text(input, "numberOfExtensions"));
        for (long number = start; number < start + count; number++) {
            Map<Object, Object> one = new LinkedHashMap<>(input);
            one.put("name", number + "  " + FakeRow.text(input, "name"));
            state.makeExtension(String.valueOf(number), one, state.newSecret());
        }
        state.marked = true;
        return done("Extension's has been created Successfully");
    }

    private Map<String, @Nullable Object> route(String id) {
        Map<String, @Nullable Object> found = state.routes.get(id);
        if (found == null) {
            throw internal();
        }
        return found;
    }

    private Map<String, @Nullable Object> addRoute(Map<?, ?> input) {
        String id = FakeRow.text(input, "extension") + "/" + FakeRow.text(input, "cidnum");
        if (state.routes.containsKey(id)) {
            throw new Refusal("Inbound Route already exists");
        }
        storeRoute(id, input);
        return with(
                done("Inbound Route created successfully"), "inboundRoute", state.routes.get(id));
    }

    /** Replaces all of it: what isn't given is back at its default. */
    private void storeRoute(String id, Map<?, ?> input) {
        String destination = FakeRow.text(input, "destination");
        if (!state.hasDestination(destination)) {
            throw new Refusal(
                    "Input variable destination does not exists in this system,please provide a"
                            + " valid destination");
        }
        state.routes.put(
                id,
                FakeRow.of(
                        "id", id,
                        "extension", FakeRow.text(input, "extension"),
                        "cidnum", FakeRow.text(input, "cidnum"),
                        "description", FakeRow.text(input, "description"),
                        "destinationConnection", state.words(destination),
                        "privacyman", Boolean.TRUE.equals(input.get("privacyman")),
                        "alertinfo", FakeRow.text(input, "alertinfo"),
                        "mohclass",
                                input.get("mohclass") == null ? "default" : input.get("mohclass"),
                        "grppre", FakeRow.text(input, "grppre")));
    }

    private Map<String, @Nullable Object> updateRoute(Map<?, ?> input) {
        String id = FakeRow.text(input, "oldExtension") + "/" + FakeRow.text(input, "oldCidnum");
        if (!state.routes.containsKey(id)) {
            throw new Refusal("Inbound Route does not exists");
        }
        storeRoute(id, input);
        return done("Inbound Route updated successfully");
    }

    private Map<String, @Nullable Object> removeRoute(Map<?, ?> input) {
        if (state.routes.remove(FakeRow.text(input, "id")) == null) {
            throw new Refusal("Inbound Route not found");
        }
        return done("Inbound Route deleted successfully");
    }

    private Map<String, @Nullable Object> ringGroups() {
        List<Object> groups = new ArrayList<>();
        for (Map<String, @Nullable Object> group : state.ringGroups.values()) {
            if (!STRATEGIES.contains(FakeRow.text(group, "strategy"))) {
                // One bad word, and the whole list is gone.
                throw internal();
            }
            groups.add(shown(group));
        }
        return with(with(done(null), "totalCount", groups.size()), "ringgroups", groups);
    }

    private static Map<String, @Nullable Object> shown(Map<String, @Nullable Object> group) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>(group);
        shown.put("groupNumber", Long.valueOf(FakeRow.text(group, "groupNumber")));
        shown.put("groupTime", Long.valueOf(FakeRow.text(group, "groupTime")));
        shown.put("strategy", FakeRow.text(group, "strategy").replace("-", ""));
        return shown;
    }

    private Map<String, @Nullable Object> ringGroup(String number) {
        Map<String, @Nullable Object> found = state.ringGroups.get(number);
        if (found == null) {
            throw new Refusal("Sorry, unable to find any ringgroup");
        }
        return with(done("Record found successfully"), shown(found));
    }

    private Map<String, @Nullable Object> addRingGroup(GraphQlText.Field field, Map<?, ?> input) {
        String number = FakeRow.text(input, "groupNumber");
        if (state.ringGroups.containsKey(number)) {
            throw new Refusal("Sorry,Ringgroup already exists");
        }
        state.ringGroups.put(
                number, FakeRow.of("groupNumber", number, "groupTime", "20", "groupPrefix", ""));
        storeRingGroup(number, input);
        failOnResponse(field);
        return done("Successfully added ringgroup");
    }

    private Map<String, @Nullable Object> updateRingGroup(
            GraphQlText.Field field, Map<?, ?> input) {
        String number = FakeRow.text(input, "groupNumber");
        if (!state.ringGroups.containsKey(number)) {
            throw new Refusal("Sorry, unable to find the Ringgroup");
        }
        storeRingGroup(number, input);
        failOnResponse(field);
        return done("RingGroup updated Successfully");
    }

    private void storeRingGroup(String number, Map<?, ?> input) {
        Map<String, @Nullable Object> group =
                state.ringGroups.computeIfAbsent(number, key -> new LinkedHashMap<>());
        copy(input, "description", group, "description");
        copy(input, "strategy", group, "strategy");
        copy(input, "extensionList", group, "groupList");
        copy(input, "ringTime", group, "groupTime");
        copy(input, "groupPrefix", group, "groupPrefix");
        copy(input, "postAnswer", group, "postAnswer");
    }

    private static void copy(
            Map<?, ?> from, String name, Map<String, @Nullable Object> to, String column) {
        if (from.get(name) != null) {
            to.put(column, from.get(name));
        }
    }

    /** The work is done by then. */
    private static void failOnResponse(GraphQlText.Field field) {
        if (field.fields().stream().anyMatch(one -> one.name().equals("response"))) {
            throw internal();
        }
    }

    private Map<String, @Nullable Object> mailbox(String number) {
        Map<String, @Nullable Object> found = state.mailboxes.get(number);
        if (found == null) {
            throw new Refusal("Sorry unable to fetch the status");
        }
        return with(done("Voicemail data found successfully"), found);
    }

    private Map<String, @Nullable Object> enableVoicemail(Map<?, ?> input) {
        String number = FakeRow.text(input, "extensionId");
        Map<String, @Nullable Object> box =
                FakeRow.of(
                        "context",
                        "default",
                        "password",
                        FakeRow.text(input, "password"),
                        "name",
                        FakeRow.text(input, "name"),
                        "email",
                        FakeRow.text(input, "email"),
                        "pager",
                        FakeRow.text(input, "pager"),
                        "attach",
                        yes(input, "attach"),
                        "saycid",
                        yes(input, "saycid"),
                        "envelope",
                        yes(input, "envelope"),
                        "delete",
                        yes(input, "delete"));
        state.mailboxes.put(number, box);
        state.user(number).put("voicemail", "default");
        return done("Voicemail has been created successfully");
    }

    private static String yes(Map<?, ?> input, String name) {
        return Boolean.TRUE.equals(input.get(name)) ? "yes" : "no";
    }

    private Map<String, @Nullable Object> disableVoicemail(Map<?, ?> input) {
        String number = FakeRow.text(input, "extensionId");
        state.mailboxes.remove(number);
        state.user(number).put("voicemail", "novm");
        return done("Voicemail has been disabled");
    }

    private Map<String, @Nullable Object> followMe(String number) {
        Map<String, @Nullable Object> found = state.followMe.get(number);
        if (found == null) {
            throw internal();
        }
        return with(done("Record found successfully"), found);
    }

    private Map<String, @Nullable Object> updateFollowMe(Map<?, ?> input) {
        String number = FakeRow.text(input, "extensionId");
        Map<String, @Nullable Object> row =
                state.followMe.getOrDefault(number, newFollowMe(number));
        input.forEach((name, value) -> row.put(String.valueOf(name), value));
        state.followMe.put(number, row);
        return done("Follow me has been updated");
    }

    private static Map<String, @Nullable Object> newFollowMe(String number) {
        return FakeRow.of(
                "enabled",
                true,
                "extensionId",
                number,
                "strategy",
                "ringallv2prim",
                "ringTime",
                20,
                "followMeList",
                number,
                "initialRingTime",
                0);
    }

    private Map<String, @Nullable Object> followMeOn(Map<?, ?> input, boolean on) {
        String number = FakeRow.text(input, "extensionId");
        state.followMe.computeIfAbsent(number, FakeGraphQl::newFollowMe).put("enabled", on);
        return done(on ? "Follow me has been enabled" : "Follow me has been disabled");
    }

    private Map<String, @Nullable Object> prompts() {
        if (state.prompts.isEmpty()) {
            throw new Refusal("Sorry unable to find the system recordings");
        }
        return with(
                done("List of system recordings"),
                "recordings",
                new ArrayList<>(state.prompts.values()));
    }

    private Map<String, @Nullable Object> addPrompt(Map<?, ?> input) {
        if (state.prompts.values().stream()
                .anyMatch(one -> FakeRow.text(one, "name").equals(FakeRow.text(input, "name")))) {
            throw new Refusal(
                    "The Name '"
                            + FakeRow.text(input, "name")
                            + "' already exists, please provide a different name");
        }
        String id = String.valueOf(state.prompts.size() + 1);
        storePrompt(id, input);
        return with(done("Recording added succefully"), "id", id);
    }

    private Map<String, @Nullable Object> updatePrompt(Map<?, ?> input) {
        if (input.get("fcode_pass") == null) {
            throw internal();
        }
        storePrompt(FakeRow.text(input, "id"), input);
        return done("Recording updated succefully");
    }

    private void storePrompt(String id, Map<?, ?> input) {
        Object playback = input.get("playback");
        if (!(playback instanceof List<?> files) || !state.soundFiles.containsAll(files)) {
            throw new Refusal("Playback file name/s provided doesn't exists");
        }
        state.prompts.put(
                id,
                FakeRow.of(
                        "id", id,
                        "name", FakeRow.text(input, "name"),
                        "description", FakeRow.text(input, "description"),
                        "fcode", FakeRow.text(input, "fcode"),
                        "fcode_pass", FakeRow.text(input, "fcode_pass"),
                        "playback", files,
                        "languages", List.of("en")));
        state.marked = true;
    }

    /** Offset and order do nothing, and the count counts all. */
    private Map<String, @Nullable Object> callRecords(Map<String, @Nullable Object> arguments) {
        if (arguments.get("startDate") == null && arguments.get("endDate") == null) {
            throw internal();
        }
        if (arguments.get("endDate") == null) {
            throw new Refusal("End Date is required..!!");
        }
        String first = date("Start", FakeRow.text(arguments, "startDate"));
        String last = date("End", FakeRow.text(arguments, "endDate"));
        int limit =
                arguments.get("first") == null
                        ? 5
                        : Integer.parseInt(FakeRow.text(arguments, "first"));
        List<Object> found = new ArrayList<>();
        for (Map<String, @Nullable Object> row : state.callRecords) {
            String day = FakeRow.text(row, "calldate").substring(0, 10);
            if (day.compareTo(first) >= 0 && day.compareTo(last) <= 0 && found.size() < limit) {
                found.add(row);
            }
        }
        return with(
                with(
                        done(found.isEmpty() ? "No Data Found" : "CDR data found successfully"),
                        "totalCount",
                        state.callRecords.size()),
                "cdrs",
                found);
    }

    private static String date(String which, String text) {
        try {
            return LocalDate.parse(text).toString();
        } catch (DateTimeParseException e) {
            throw new Refusal("Invalid " + which + " Date Format(YYYY-MM-DD)");
        }
    }

    private Map<String, @Nullable Object> callRecord(String uniqueid) {
        for (Map<String, @Nullable Object> known : state.callRecords) {
            if (FakeRow.text(known, "uniqueid").equals(uniqueid.replace('_', '.'))) {
                return with(done("CDR data found successfully"), known);
            }
        }
        throw new Refusal("CDR data does not exists");
    }

    private Map<String, @Nullable Object> asterisk() {
        return FakeRow.of(
                "status",
                true,
                "message",
                "Asterisk Details",
                "asteriskStatus",
                state.asteriskUp ? "Running" : "Not running",
                "asteriskVersion",
                "16.28.0",
                "amiStatus",
                state.asteriskUp ? "Connected" : "Not Connected");
    }

    private Map<String, @Nullable Object> modules() {
        List<Object> modules = new ArrayList<>();
        for (String name : List.of("api", "core", "cdr", "ringgroups", "recordings")) {
            modules.add(
                    FakeRow.of(
                            "name", name, "version", "16.0.1", "state", "Enabled", "license",
                            "GPLv3+"));
        }
        return with(done("Installed modules list loaded successfully"), "modules", modules);
    }

    private Map<String, @Nullable Object> setting(String keyword) {
        String value = state.settings.get(keyword);
        if (value == null) {
            throw new Refusal("Sorry, unable to find settings");
        }
        return with(
                done("Setting's found successfully"),
                FakeRow.of("keyword", keyword, "value", value));
    }

    private Map<String, @Nullable Object> updateSetting(Map<?, ?> input) {
        String keyword = FakeRow.text(input, "keyword");
        if (!state.settings.containsKey(keyword)) {
            throw new Refusal("Sorry, unable to find settings");
        }
        state.settings.put(keyword, FakeRow.text(input, "value"));
        return done("Setting's updated successfully");
    }

    private Map<String, @Nullable Object> apiStatus(String transaction) {
        Map<String, @Nullable Object> status = reloads.status(transaction);
        if ("Executed".equals(status.get("message"))) {
            state.marked = false;
        }
        return status;
    }
}
