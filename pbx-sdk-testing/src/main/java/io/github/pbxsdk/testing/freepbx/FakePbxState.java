package io.github.pbxsdk.testing.freepbx;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What a fake FreePBX has in its database; guarded by the lock of the fake. */
final class FakePbxState {

    /** What a new user has; an update resets to it. */
    private static final Map<String, Object> USER_DEFAULTS =
            Map.ofEntries(
                    Map.entry("ringtimer", 0),
                    Map.entry("noanswerDestination", ""),
                    Map.entry("busyDestination", ""),
                    Map.entry("chanunavailDestination", ""),
                    Map.entry("noanswerCid", ""),
                    Map.entry("busyCid", ""),
                    Map.entry("chanunavailCid", ""),
                    Map.entry("sipname", ""),
                    Map.entry("mohclass", "default"),
                    Map.entry("callwaiting", true),
                    Map.entry("recording_in_external", "dontcare"),
                    Map.entry("recording_out_external", "dontcare"),
                    Map.entry("recording_in_internal", "dontcare"),
                    Map.entry("recording_out_internal", "dontcare"),
                    Map.entry("recording_ondemand", "disabled"),
                    Map.entry("recording_priority", 10),
                    Map.entry("donotdisturb", false),
                    Map.entry("callforward_unconditional", ""));

    final Map<String, Map<String, @Nullable Object>> extensions = new TreeMap<>();
    final Map<String, Map<String, @Nullable Object>> mailboxes = new TreeMap<>();
    final Map<String, Integer> voiceMessages = new TreeMap<>();
    final Map<String, Map<String, @Nullable Object>> people = new TreeMap<>();
    final Map<String, Map<String, @Nullable Object>> followMe = new TreeMap<>();
    final Map<String, Map<String, @Nullable Object>> routes = new LinkedHashMap<>();
    final Map<String, Map<String, @Nullable Object>> ringGroups = new TreeMap<>();
    final Map<String, Map<String, @Nullable Object>> prompts = new TreeMap<>();
    final Map<String, Map<String, @Nullable Object>> ivrs = new TreeMap<>();
    final Map<String, Map<String, @Nullable Object>> webhooks = new TreeMap<>();
    final List<String> soundFiles = new ArrayList<>();
    final List<Map<String, @Nullable Object>> callRecords = new ArrayList<>();
    final Map<String, String> settings = new TreeMap<>();
    final Map<String, String> codecs = new HashMap<>();
    final Map<String, String> messageContexts = new HashMap<>();
    final AtomicInteger secrets = new AtomicInteger();
    int lastPerson;
    int lastPrompt;
    int lastIvr;
    boolean asteriskUp = true;
    boolean restHidden;
    boolean marked;

    FakePbxState() {
        settings.put("CDRUSEGMT", "0");
        settings.put("CDR_BATCH", "0");
        settings.put("CDR_BATCH_TIME", "300");
        settings.put("RINGTIMER", "15");
        settings.put("PHPTIMEZONE", "UTC");
        settings.put("AMPMGRUSER", "admin");
        settings.put("AMPMGRPASS", FakeFreePbx.AMI_SECRET);
    }

    /** Makes an extension as the PBX does, with a password of its own making. */
    void makeExtension(String number, Map<?, ?> input, String secret) {
        Map<String, @Nullable Object> user = new LinkedHashMap<>(USER_DEFAULTS);
        boolean voicemail = !Boolean.FALSE.equals(input.get("vmEnable"));
        user.put("id", id("coreuser", number));
        user.put("extension", number);
        user.put("name", FakeRow.text(input, "name"));
        user.put("voicemail", voicemail ? "default" : "novm");
        user.put("extPassword", secret);
        user.put("outboundCid", FakeRow.text(input, "outboundCid"));
        Map<String, @Nullable Object> extension = halfExtension(number, input);
        extension.put("user", user);
        extensions.put(number, extension);
        codecs.put(number, "");
        messageContexts.put(number, "");
        followMe.remove(number);
        if (!Boolean.FALSE.equals(input.get("umEnable"))) {
            makePerson(number, input);
        }
        if (!voicemail) {
            mailboxes.remove(number);
        } else {
            mailboxes.computeIfAbsent(
                    number,
                    key ->
                            FakeRow.of(
                                    "context",
                                    "default",
                                    "password",
                                    "",
                                    "name",
                                    "",
                                    "email",
                                    "",
                                    "pager",
                                    "",
                                    "attach",
                                    "no",
                                    "saycid",
                                    "no",
                                    "envelope",
                                    "no",
                                    "delete",
                                    "no"));
            Map<String, @Nullable Object> box = mailboxes.get(number);
            box.put("name", FakeRow.text(input, "name"));
            box.put("email", FakeRow.text(input, "email"));
            if (input.get("vmPassword") != null) {
                box.put("password", FakeRow.text(input, "vmPassword"));
            }
        }
    }

    /** Makes the user of User Manager, unless there is one. */
    private void makePerson(String number, Map<?, ?> input) {
        people.computeIfAbsent(
                number,
                name ->
                        FakeRow.of(
                                "id",
                                String.valueOf(++lastPerson),
                                "username",
                                name,
                                "password",
                                "$2y$10$a-hash-of-" + name,
                                "default_extension",
                                name,
                                "displayname",
                                FakeRow.text(input, "name"),
                                "assigned",
                                List.of(name)));
    }

    /** Deletes what an update deletes before it makes all of it anew. */
    void deleteForUpdate(String number) {
        mailboxes.remove(number);
        voiceMessages.remove(number);
        people.remove(number);
    }

    /** The device without its person: what is left when Asterisk is down. */
    Map<String, @Nullable Object> halfExtension(String number, Map<?, ?> input) {
        String tech = FakeRow.text(input, "tech").isEmpty() ? "pjsip" : FakeRow.text(input, "tech");
        Map<String, @Nullable Object> device =
                FakeRow.of(
                        "id",
                        id("extension", number),
                        "deviceId",
                        number,
                        "tech",
                        tech,
                        "dial",
                        "PJSIP/" + number,
                        "devicetype",
                        "fixed",
                        "description",
                        FakeRow.text(input, "name"),
                        "emergencyCid",
                        FakeRow.text(input, "emergencyCid"));
        return FakeRow.of(
                "id", id("extension", number),
                "extensionId", number,
                "tech", tech,
                "user", new LinkedHashMap<>(),
                "coreDevice", device);
    }

    Map<String, @Nullable Object> prompt(String id) {
        return prompts.computeIfAbsent(id, key -> new LinkedHashMap<>());
    }

    /** Returns the person behind an extension; nobody if there is none. */
    @SuppressWarnings("unchecked")
    Map<String, @Nullable Object> user(String number) {
        Map<String, @Nullable Object> extension = extensions.getOrDefault(number, Map.of());
        return extension.get("user") instanceof Map<?, ?> user
                ? (Map<String, @Nullable Object>) user
                : new LinkedHashMap<>();
    }

    String newSecret() {
        return "made-by-the-pbx-" + secrets.incrementAndGet();
    }

    static String id(String type, String number) {
        return Base64.getEncoder()
                .encodeToString((type + ":" + number).getBytes(StandardCharsets.UTF_8));
    }

    /** Tells whether a destination is there, as the PBX checks it. */
    boolean hasDestination(String destination) {
        String[] parts = destination.split(",", -1);
        if (parts.length != 3) {
            return false;
        }
        String number = parts[1].replaceFirst("^vm[ubs]", "");
        return switch (parts[0]) {
            case "from-did-direct", "ext-local" -> extensions.containsKey(number);
            case "ext-group" -> ringGroups.containsKey(number);
            case "app-blackhole" -> true;
            default -> parts[0].startsWith("ivr-") && ivrs.containsKey(parts[0].substring(4));
        };
    }

    String words(String destination) {
        String[] parts = destination.split(",", -1);
        return switch (parts[0]) {
            case "from-did-direct" -> {
                String name = FakeRow.text(user(parts[1]), "name");
                yield "Extensions: " + parts[1] + " " + name;
            }
            case "ext-group" ->
                    "Ring Groups:"
                            + parts[1]
                            + " "
                            + FakeRow.text(
                                    ringGroups.getOrDefault(parts[1], Map.of()), "description");
            default -> parts[0];
        };
    }
}
