package io.github.pbxsdk.testing.freepbx;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Mailboxes and follow-me. */
final class PersonResolvers {

    private final FakePbxState state;

    PersonResolvers(FakePbxState state) {
        this.state = state;
    }

    Map<String, Resolver> resolvers() {
        return Map.ofEntries(
                Map.entry(
                        "fetchVoiceMail",
                        (field, arguments, input) ->
                                mailbox(FakeRow.text(arguments, "extensionId"))),
                Map.entry("enableVoiceMail", (field, arguments, input) -> enableVoicemail(input)),
                Map.entry("disableVoiceMail", (field, arguments, input) -> disableVoicemail(input)),
                Map.entry(
                        "fetchFollowMe",
                        (field, arguments, input) ->
                                followMe(FakeRow.text(arguments, "extensionId"))),
                Map.entry("updateFollowMe", (field, arguments, input) -> updateFollowMe(input)),
                Map.entry("enableFollowMe", (field, arguments, input) -> followMeOn(input, true)),
                Map.entry(
                        "disableFollowMe", (field, arguments, input) -> followMeOn(input, false)));
    }

    private Map<String, @Nullable Object> mailbox(String number) {
        Map<String, @Nullable Object> found = state.mailboxes.get(number);
        if (found == null) {
            throw new Resolver.Refusal("Sorry unable to fetch the status");
        }
        return Answering.with(Answering.done("Voicemail data found successfully"), found);
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
        return Answering.done("Voicemail has been created successfully");
    }

    private static String yes(Map<?, ?> input, String name) {
        return Boolean.TRUE.equals(input.get(name)) ? "yes" : "no";
    }

    private Map<String, @Nullable Object> disableVoicemail(Map<?, ?> input) {
        String number = FakeRow.text(input, "extensionId");
        state.mailboxes.remove(number);
        state.user(number).put("voicemail", "novm");
        return Answering.done("Voicemail has been disabled");
    }

    private Map<String, @Nullable Object> followMe(String number) {
        Map<String, @Nullable Object> found = state.followMe.get(number);
        if (found == null || !state.asteriskUp) {
            throw Answering.internal();
        }
        return Answering.with(Answering.done("Record found successfully"), found);
    }

    private Map<String, @Nullable Object> updateFollowMe(Map<?, ?> input) {
        String number = FakeRow.text(input, "extensionId");
        Map<String, @Nullable Object> row =
                state.followMe.getOrDefault(number, newFollowMe(number));
        input.forEach((name, value) -> row.put(String.valueOf(name), value));
        state.followMe.put(number, row);
        return Answering.done("Follow me has been updated");
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
        state.followMe.computeIfAbsent(number, PersonResolvers::newFollowMe).put("enabled", on);
        return Answering.done(on ? "Follow me has been enabled" : "Follow me has been disabled");
    }
}
