package io.github.pbxsdk.freepbx;

import io.github.pbxsdk.freepbx.FreePbxRejectedException.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Gives back what an update of an extension took away and the API can set again: its follow-me, and
 * the settings of its mailbox.
 */
final class GivingBack {

    private static final String MAILBOX_SELECTION =
            "context password name email pager attach saycid envelope delete";

    /** Settings of a mailbox that the PBX tells as yes, no, or not at all. */
    static final List<String> MAILBOX_SWITCHES = List.of("attach", "saycid", "envelope", "delete");

    static final List<String> FOLLOW_ME_FIELDS =
            List.of(
                    "strategy",
                    "ringTime",
                    "followMePrefix",
                    "followMeList",
                    "callerMessage",
                    "noAnswerDestination",
                    "alertInfo",
                    "confirmCalls",
                    "receiverMessageConfirmCall",
                    "receiverMessageTooLate",
                    "ringingMusic",
                    "initialRingTime",
                    "enableCalendar",
                    "matchCalendar",
                    "calendar",
                    "calendarGroup",
                    "overrideRingerVolume",
                    "externalCallerIdMode",
                    "fixedCallerId");

    private final String number;
    private final @Nullable FreePbxObject followMe;
    private final @Nullable FreePbxObject mailbox;

    /** What the mailbox has to have in the end, as {@code enableVoiceMail} takes it. */
    private final Map<String, Object> mailboxInput = new LinkedHashMap<>();

    /** What of it has to be as it was. */
    private final Map<String, Object> mailboxKept = new LinkedHashMap<>();

    GivingBack(String number, @Nullable FreePbxObject followMe, @Nullable FreePbxObject mailbox) {
        this.number = number;
        this.followMe = followMe;
        this.mailbox = mailbox;
        if (mailbox != null) {
            mailboxKept.putAll(settings(mailbox));
            mailboxInput.putAll(mailboxKept);
        }
    }

    /** Notes what the update sets; a mailbox that had the name of its extension goes on so. */
    GivingBack whileSetting(ExtensionUpdate wanted, String nameBefore, Map<String, Object> input) {
        if (mailbox == null) {
            return this;
        }
        if (wanted.voicemailPin() != null) {
            set("password", input.get("vmPassword"));
        }
        if (wanted.email() != null) {
            set("email", input.get("email"));
        }
        if (mailbox.text("name").equals(nameBefore)) {
            set("name", input.get("name"));
        }
        return this;
    }

    private void set(String name, @Nullable Object value) {
        mailboxKept.remove(name);
        mailboxInput.put(name, value == null ? "" : value);
    }

    /** What could not be given back. */
    record Missing(String words, RuntimeException cause) {}

    /** Gives all of it back, and returns what can't be. */
    List<Missing> run(FreePbxSession session) {
        List<Missing> missing = new ArrayList<>();
        if (followMe != null) {
            attempt(missing, followMeMissing(), () -> giveFollowMeBack(session, followMe));
        }
        if (mailbox != null) {
            attempt(missing, mailboxMissing(), () -> giveMailboxBack(session));
        }
        return missing;
    }

    private static void attempt(List<Missing> missing, String words, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            missing.add(new Missing(words + " (" + e.getMessage() + ")", e));
        }
    }

    /** Returns all of it as missing. */
    List<Missing> nothing(RuntimeException cause) {
        List<Missing> missing = new ArrayList<>();
        if (followMe != null) {
            missing.add(new Missing(followMeMissing(), cause));
        }
        if (mailbox != null) {
            missing.add(new Missing(mailboxMissing(), cause));
        }
        return missing;
    }

    private String followMeMissing() {
        return "follow-me of extension "
                + number
                + " could not be given back and is off: "
                + followMeWords().orElse("");
    }

    private String mailboxMissing() {
        return "the mailbox of extension "
                + number
                + " could not get its settings back: "
                + mailboxInput.entrySet().stream()
                        .filter(entry -> !entry.getKey().equals("password"))
                        .map(entry -> entry.getKey() + " \"" + entry.getValue() + "\"")
                        .collect(Collectors.joining(", "));
    }

    /** Returns what follow-me was, if there was one. */
    Optional<String> followMeWords() {
        return Optional.ofNullable(followMe)
                .map(
                        known ->
                                "it was "
                                        + (known.isOn("enabled") ? "on" : "off")
                                        + ", strategy "
                                        + known.text("strategy")
                                        + ", numbers "
                                        + known.text("followMeList"));
    }

    private void giveFollowMeBack(FreePbxSession session, FreePbxObject known) {
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("extensionId", number);
        input.put("enabled", known.isOn("enabled"));
        for (String field : FOLLOW_ME_FIELDS) {
            known.flag(field).ifPresent(flag -> input.put(field, flag));
            known.find(field).ifPresent(text -> input.put(field, asSent(field, text)));
        }
        session.graphQl(GraphQlRequest.mutation("updateFollowMe", "updateFollowMeInput", input));
    }

    /** Numbers have to go out as such; ids and names go out as texts. */
    private static Object asSent(String field, String text) {
        boolean number =
                field.equals("ringTime")
                        || field.equals("initialRingTime")
                        || field.equals("overrideRingerVolume");
        return number ? Integer.valueOf(text) : text;
    }

    /** A box that is as it was is left alone: setting it would reset what the API can't read. */
    private void giveMailboxBack(FreePbxSession session) {
        if (different(session).isEmpty()) {
            return;
        }
        Map<String, Object> input = new LinkedHashMap<>(mailboxInput);
        input.put("extensionId", number);
        session.graphQl(GraphQlRequest.mutation("enableVoiceMail", "enableVoiceMailInput", input));
        session.requireAsAsked("enableVoiceMail", different(session));
    }

    private List<String> different(FreePbxSession session) {
        Map<String, Object> now = settings(mailboxNow(session));
        return mailboxKept.entrySet().stream()
                .filter(kept -> !kept.getValue().equals(now.get(kept.getKey())))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Map<String, Object> settings(FreePbxObject box) {
        Map<String, Object> settings = new LinkedHashMap<>();
        for (String name : List.of("password", "name", "email", "pager")) {
            settings.put(name, box.text(name));
        }
        for (String name : MAILBOX_SWITCHES) {
            settings.put(name, box.isOn(name));
        }
        return settings;
    }

    /** Returns the mailbox of an extension, or what is as if it had lost all of its settings. */
    private FreePbxObject mailboxNow(FreePbxSession session) {
        try {
            return mailbox(session, number);
        } catch (FreePbxRejectedException e) {
            if (e.kind() == Kind.NOT_FOUND) {
                return FreePbxObject.empty();
            }
            throw e;
        }
    }

    /** Returns the mailbox of an extension that has one. */
    static FreePbxObject mailbox(FreePbxSession session, String number) {
        return session.graphQl(
                GraphQlRequest.query("fetchVoiceMail")
                        .argument("extensionId", "ID!", number)
                        .select(MAILBOX_SELECTION));
    }
}
