package io.github.pbxsdk.freepbx;

import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxProtocolException;
import io.github.pbxsdk.freepbx.ExtensionUpdate.Loss;
import io.github.pbxsdk.freepbx.FreePbxRejectedException.Kind;
import io.github.pbxsdk.freepbx.GivingBack.Missing;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One update of an extension, which the PBX makes by deleting and creating: looks at all that would
 * be lost, changes, gives back, and compares.
 */
final class SafeUpdate {

    private static final Logger LOG = LoggerFactory.getLogger(SafeUpdate.class);

    /** Settings of a user that an update resets, with the values that a new user has. */
    private static final Map<String, Set<String>> USER_DEFAULTS =
            Map.ofEntries(
                    Map.entry("ringtimer", Set.of("0")),
                    Map.entry("noanswerDestination", Set.of("")),
                    Map.entry("busyDestination", Set.of("")),
                    Map.entry("chanunavailDestination", Set.of("")),
                    Map.entry("noanswerCid", Set.of("")),
                    Map.entry("busyCid", Set.of("")),
                    Map.entry("chanunavailCid", Set.of("")),
                    Map.entry("callwaiting", Set.of("", "true", "enabled")),
                    Map.entry("sipname", Set.of("")),
                    Map.entry("mohclass", Set.of("", "default")),
                    Map.entry("recording_in_external", Set.of("", "dontcare")),
                    Map.entry("recording_out_external", Set.of("", "dontcare")),
                    Map.entry("recording_in_internal", Set.of("", "dontcare")),
                    Map.entry("recording_out_internal", Set.of("", "dontcare")),
                    Map.entry("recording_ondemand", Set.of("", "disabled")),
                    Map.entry("recording_priority", Set.of("10")));

    private static final String SELECTION =
            "id extensionId tech user{name voicemail extPassword outboundCid "
                    + String.join(" ", USER_DEFAULTS.keySet())
                    + "} coreDevice{dial description emergencyCid}";

    private final FreePbxSession session;
    private final ExtensionUpdate wanted;
    private final Set<Loss> losses = EnumSet.of(Loss.DEVICE_SETTINGS);
    private final Map<Loss, List<String>> details = new EnumMap<>(Loss.class);

    SafeUpdate(FreePbxSession session, ExtensionUpdate wanted) {
        this.session = session;
        this.wanted = wanted;
    }

    Extension run() {
        FreePbxObject before = fetch();
        FreePbxObject user = before.object("user");
        String secret = user.text("extPassword");
        if (user.text("name").isEmpty() || secret.isEmpty()) {
            throw notSent(
                    Kind.OTHER,
                    "extension "
                            + wanted.number()
                            + " is half-made; delete it and create it again");
        }
        Optional<FreePbxObject> followMe = followMe();
        Optional<FreePbxObject> mailbox = mailbox(user);
        findUserSettings(user);
        findMessageContext();
        findUserManagerUser();
        refuseLosses();

        Map<String, Object> input = input(before, mailbox);
        GivingBack back =
                new GivingBack(wanted.number(), followMe.orElse(null), mailbox.orElse(null));
        change(input, back.whileSetting(wanted, user.text("name"), input));
        compare(input, fetch());
        return Extensions.get(session, wanted.number());
    }

    private FreePbxObject fetch() {
        return session.graphQl(
                GraphQlRequest.query("fetchExtension")
                        .argument("extensionId", "ID", wanted.number())
                        .select(SELECTION));
    }

    private Optional<FreePbxObject> followMe() {
        try {
            return Optional.of(
                    session.graphQl(
                            GraphQlRequest.query("fetchFollowMe")
                                    .argument("extensionId", "ID!", wanted.number())
                                    .select(
                                            "enabled "
                                                    + String.join(
                                                            " ", GivingBack.FOLLOW_ME_FIELDS))));
        } catch (FreePbxRejectedException e) {
            if (e.kind() == Kind.SCOPE_OR_MODULE_MISSING) {
                losses.add(Loss.FOLLOW_ME);
            } else if (!FollowMe.wasNeverSetUp(session, e)) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private Optional<FreePbxObject> mailbox(FreePbxObject user) {
        String context = user.text("voicemail");
        if (context.isEmpty() || context.equals("novm")) {
            return Optional.empty();
        }
        losses.add(Loss.VOICEMAIL_MESSAGES);
        FreePbxObject mailbox = GivingBack.mailbox(session, wanted.number());
        findMailboxSettings(mailbox);
        return Optional.of(mailbox);
    }

    /** The PBX makes the new box in its own context, with every switch set. */
    private void findMailboxSettings(FreePbxObject mailbox) {
        mailbox.filled("context")
                .filter(context -> !context.equals("default"))
                .ifPresent(context -> detail(Loss.VOICEMAIL_MESSAGES, "context " + context));
        for (String name : GivingBack.MAILBOX_SWITCHES) {
            if (!mailbox.has(name)) {
                detail(Loss.VOICEMAIL_MESSAGES, name + " as for all mailboxes");
            }
        }
    }

    private void detail(Loss loss, String words) {
        losses.add(loss);
        details.computeIfAbsent(loss, key -> new ArrayList<>()).add(words);
    }

    private void findUserSettings(FreePbxObject user) {
        USER_DEFAULTS.forEach(
                (name, defaults) -> {
                    String value =
                            user.flag(name).map(String::valueOf).orElseGet(() -> user.text(name));
                    if (!value.isEmpty() && !defaults.contains(value)) {
                        detail(Loss.USER_SETTINGS, name);
                    }
                });
    }

    private void findMessageContext() {
        TelephonySource telephony = session.settings().telephony();
        Optional<String> context =
                telephony == null ? Optional.empty() : telephony.messageContext(wanted.number());
        if (context.map(name -> !name.isEmpty()).orElse(true)) {
            losses.add(Loss.MESSAGE_CONTEXT);
        }
    }

    /** Asks for the user by name, as the update itself does before it deletes that one. */
    private void findUserManagerUser() {
        try {
            Object user = session.rest("GET", "userman/users/" + wanted.number(), null);
            if (!Boolean.FALSE.equals(user) && !List.of().equals(user)) {
                losses.add(Loss.USER_MANAGER_USER);
            }
        } catch (FreePbxRejectedException | PbxProtocolException e) {
            detail(Loss.USER_MANAGER_USER, "nobody can tell whether there is one");
        }
    }

    private void refuseLosses() {
        losses.removeAll(wanted.accepted());
        if (losses.isEmpty()) {
            return;
        }
        String words = losses.stream().map(this::words).collect(Collectors.joining("; "));
        throw notSent(
                Kind.WOULD_LOSE_SETTINGS,
                "FreePBX deletes extension "
                        + wanted.number()
                        + " and makes it anew, and would lose: "
                        + words
                        + ". Say acceptLoss(...) for each, or change it in the web interface");
    }

    private String words(Loss loss) {
        List<String> known = details.getOrDefault(loss, List.of());
        return known.isEmpty()
                ? loss.words()
                : loss.words() + " (" + String.join(", ", known) + ")";
    }

    private FreePbxRejectedException notSent(Kind kind, String reason) {
        return FreePbxRejectedException.notSent(session.tried("updateExtension"), kind, reason);
    }

    private Map<String, Object> input(FreePbxObject before, Optional<FreePbxObject> mailbox) {
        FreePbxObject user = before.object("user");
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("extensionId", wanted.number());
        input.put("tech", before.text("tech"));
        input.put("name", first(wanted.name(), user.text("name")));
        input.put("extPassword", first(wanted.secret(), user.text("extPassword")));
        input.put("outboundCid", first(wanted.outboundCallerId(), user.text("outboundCid")));
        input.put(
                "emergencyCid",
                first(
                        wanted.emergencyCallerId(),
                        before.object("coreDevice").text("emergencyCid")));
        input.put("email", first(wanted.email(), email(mailbox)));
        String pin = wanted.voicemailPin();
        input.put("vmEnable", pin != null || mailbox.isPresent());
        if (pin != null) {
            input.put("vmPassword", pin);
        } else {
            mailbox.ifPresent(box -> input.put("vmPassword", box.text("password")));
        }
        // Left out, the PBX makes a User Manager user, for which it then wants a password.
        input.put("umEnable", false);
        return input;
    }

    private static String first(@Nullable String asked, String before) {
        return asked == null ? before : asked;
    }

    /** Without an address the PBX changes nothing and says nothing. */
    private String email(Optional<FreePbxObject> mailbox) {
        Optional<String> known = mailbox.flatMap(box -> box.filled("email"));
        if (known.isEmpty() && wanted.email() == null) {
            throw notSent(
                    Kind.INVALID_REQUEST,
                    "extension "
                            + wanted.number()
                            + " has no mail address that can be read, and FreePBX wants one; say"
                            + " email(...)");
        }
        return known.orElse("");
    }

    /** What fails may be done all the same, and then there is as much to give back. */
    private void change(Map<String, Object> input, GivingBack back) {
        try {
            session.graphQl(
                    GraphQlRequest.mutation("updateExtension", "updateExtensionInput", input));
        } catch (PbxException e) {
            throw e.mayHaveBeenSent() ? afterFailure(e, back) : e;
        }
        List<Missing> missing = giveBack(back);
        if (!missing.isEmpty()) {
            throw told(
                    FreePbxRejectedException.of(
                            session.tried("updateExtension"),
                            Kind.SERVER_ERROR,
                            200,
                            "done, but " + words(missing),
                            true),
                    missing);
        }
    }

    private PbxException afterFailure(PbxException failure, GivingBack back) {
        List<Missing> missing = giveBack(back);
        if (!missing.isEmpty()) {
            return told(FreePbxSession.withWords(failure, words(missing)), missing);
        }
        // Who has not heard from the PBX can't know that it was through when follow-me came.
        return failure instanceof FreePbxRejectedException
                ? failure
                : back.followMeWords()
                        .map(
                                was ->
                                        FreePbxSession.withWords(
                                                failure,
                                                "follow-me was set again; if the PBX was still at"
                                                        + " work then, it is off: "
                                                        + was))
                        .orElse(failure);
    }

    private List<Missing> giveBack(GivingBack back) {
        try {
            return session.inItsOwnTime(back::run);
        } catch (PbxException e) {
            return back.nothing(e);
        }
    }

    private static String words(List<Missing> missing) {
        return missing.stream().map(Missing::words).collect(Collectors.joining("; "));
    }

    /** An operation that was cancelled has told its failure before, so this one goes to the log. */
    private <E extends PbxException> E told(E failure, List<Missing> missing) {
        missing.forEach(one -> failure.addSuppressed(one.cause()));
        if (session.isOver()) {
            LOG.warn("{}", failure.getMessage());
        }
        return failure;
    }

    private void compare(Map<String, Object> input, FreePbxObject after) {
        FreePbxObject user = after.object("user");
        List<String> different = new ArrayList<>();
        check(different, "name", input.get("name"), user.text("name"));
        check(different, "SIP password", input.get("extPassword"), user.text("extPassword"));
        check(different, "outbound caller id", input.get("outboundCid"), user.text("outboundCid"));
        check(
                different,
                "emergency caller id",
                input.get("emergencyCid"),
                after.object("coreDevice").text("emergencyCid"));
        boolean mailbox = user.filled("voicemail").filter(box -> !box.equals("novm")).isPresent();
        check(different, "mailbox", input.get("vmEnable"), mailbox);
        session.requireAsAsked("updateExtension", different);
    }

    private static void check(
            List<String> different, String what, @Nullable Object wanted, Object actual) {
        if (!actual.equals(wanted)) {
            different.add(what);
        }
    }
}
