package io.github.pbxsdk.testing.freepbx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A FreePBX 16 on loopback: API and web interface, with a state that changes, and with what the
 * real one does wrong.
 *
 * <pre>{@code
 * try (FakeFreePbx fake = new FakeFreePbx()) {
 *     fake.addExtension("1001", "Alice Example");
 *     // give a client fake.url(), CLIENT_ID and CLIENT_SECRET
 * }
 * }</pre>
 *
 * <p>It says 400 to what it has done and 200 to what it has not, resets what an update does not
 * name, deletes voice messages with it, and writes a password into a message, as recorded on a real
 * one. What it can't do answers {@code Internal server error}. {@link #replay} makes it give a
 * recorded answer. Thread-safe.
 */
public final class FakeFreePbx implements AutoCloseable {

    /** The id of its API application. */
    public static final String CLIENT_ID = "client-of-tests";

    /** The secret of its API application. */
    public static final String CLIENT_SECRET = "client-secret-of-tests";

    /** A user of User Manager, for the grant password. */
    public static final String USER = "apiuser";

    /** The password of {@link #USER}. */
    public static final String USER_PASSWORD = "password-of-apiuser";

    /** The administrator of its web interface. */
    public static final String ADMINISTRATOR = "sdkadmin";

    /** The password of {@link #ADMINISTRATOR}. */
    public static final String ADMINISTRATOR_PASSWORD = "password-of-sdkadmin";

    /** The password of its manager user, which it writes into a message when Asterisk is down. */
    public static final String AMI_SECRET = "amp111-of-tests";

    private final ReentrantLock lock = new ReentrantLock();
    private final FakePbxState state = new FakePbxState();
    private final FakeReloads reloads = new FakeReloads();
    private final FakeTokens tokens = new FakeTokens();
    private final FakeGraphQl graphQl = new FakeGraphQl(state, reloads, tokens);
    private final FakeRest rest = new FakeRest(state, reloads);
    private final FakeGui gui = new FakeGui(state);
    private final List<FreePbxRequest> requests = new ArrayList<>();
    private final Map<String, RecordedExchange> recorded = new HashMap<>();
    private final FakeWebServer server = new FakeWebServer(this::serve);

    /** Starts one. */
    public FakeFreePbx() {}

    /** Returns the base URL to give to a client. */
    public String url() {
        return "http://127.0.0.1:" + server.port();
    }

    /** Adds an extension with a mailbox, whose PIN is its number, and a User Manager user. */
    public void addExtension(String number, String name) {
        run(
                () ->
                        state.makeExtension(
                                number,
                                Map.of(
                                        "name",
                                        name,
                                        "email",
                                        number + "@pbx.example",
                                        "vmPassword",
                                        number),
                                state.newSecret()));
    }

    /** Adds a ring group in which all ring at once. */
    public void addRingGroup(String number, String description, String... members) {
        run(
                () ->
                        state.ringGroups.put(
                                number,
                                FakeRow.of(
                                        "groupNumber",
                                        number,
                                        "description",
                                        description,
                                        "groupList",
                                        String.join("-", members),
                                        "groupTime",
                                        "20",
                                        "groupPrefix",
                                        "",
                                        "strategy",
                                        "ringall")));
    }

    /** Sets a setting of an extension that only the web interface has: its codecs. */
    public void codecs(String extension, String codecs) {
        run(() -> state.codecs.put(extension, codecs));
    }

    /** Returns the codecs of an extension; empty are the defaults. */
    public String codecs(String extension) {
        return read(() -> state.codecs.getOrDefault(extension, ""));
    }

    /** Sets the context that texts of an extension go to, which only the web interface can. */
    public void messageContext(String extension, String context) {
        run(() -> state.messageContexts.put(extension, context));
    }

    /** Returns the context that texts of an extension go to. */
    public String messageContext(String extension) {
        return read(() -> state.messageContexts.getOrDefault(extension, ""));
    }

    /** Sets a field of the user of an extension, such as {@code ringtimer}. */
    public void userSetting(String extension, String name, Object value) {
        run(() -> state.user(extension).put(name, value));
    }

    /** Returns the SIP password of an extension. */
    public String sipSecret(String extension) {
        return read(() -> FakeRow.text(state.user(extension), "extPassword"));
    }

    /** Returns the follow-me of an extension; empty if it was never set up. */
    public Map<String, @Nullable Object> followMe(String extension) {
        return read(() -> new LinkedHashMap<>(state.followMe.getOrDefault(extension, Map.of())));
    }

    /** Returns the mailbox of an extension; empty if it has none. */
    public Map<String, @Nullable Object> mailbox(String extension) {
        return read(() -> new LinkedHashMap<>(state.mailboxes.getOrDefault(extension, Map.of())));
    }

    /** Sets a setting of a mailbox, such as {@code attach}; one that is null is as for all. */
    public void mailboxSetting(String extension, String name, @Nullable String value) {
        run(
                () ->
                        state.mailboxes
                                .computeIfAbsent(extension, key -> new LinkedHashMap<>())
                                .put(name, value));
    }

    /** Puts voice messages into the mailbox of an extension, which no API tells of. */
    public void voiceMessages(String extension, int count) {
        run(() -> state.voiceMessages.put(extension, count));
    }

    /** Returns how many voice messages are in the mailbox of an extension. */
    public int voiceMessages(String extension) {
        return read(() -> state.voiceMessages.getOrDefault(extension, 0));
    }

    /** Tells whether User Manager has a user of this name. */
    public boolean hasUserManagerUser(String name) {
        return read(() -> state.people.containsKey(name));
    }

    /** Adds a call record; columns that are not named are empty. */
    public void addCallRecord(Map<String, ?> columns) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        for (String column : graphQl.schema().fieldsOf("cdr")) {
            row.put(column, "");
        }
        row.keySet().removeAll(List.of("status", "message"));
        row.putAll(columns);
        run(() -> state.callRecords.add(row));
    }

    /** Adds the recording of a call, under the unique id of its call record. */
    public void addRecording(String uniqueid, byte[] sound) {
        run(() -> gui.addRecording(uniqueid, sound));
    }

    /** Adds a sound file that prompts can be made of. */
    public void addSoundFile(String name) {
        run(() -> state.soundFiles.add(name));
    }

    /** Adds a queue. */
    public void addQueue(String number, String name) {
        run(() -> rest.addQueue(number, name));
    }

    /** Adds an agent of a queue. */
    public void addQueueMember(String number, String extension, boolean dynamic) {
        run(() -> rest.addQueueMember(number, extension, dynamic));
    }

    /** Switches the feature code of a prompt on, with its password. */
    public void featureCode(String promptId, String password) {
        run(
                () -> {
                    state.prompt(promptId).put("fcode", "1");
                    state.prompt(promptId).put("fcode_pass", password);
                });
    }

    /** Returns the password of the feature code of a prompt; empty if it is off. */
    public String featureCode(String promptId) {
        return read(
                () ->
                        FakeRow.text(state.prompt(promptId), "fcode").equals("1")
                                ? FakeRow.text(state.prompt(promptId), "fcode_pass")
                                : "");
    }

    /** Sets an advanced setting. */
    public void setting(String keyword, String value) {
        run(() -> state.settings.put(keyword, value));
    }

    /** Stops and starts the Asterisk behind it. */
    public void asteriskUp(boolean up) {
        run(() -> state.asteriskUp = up);
    }

    /** Takes root fields out of the schema, as a missing scope or module does. */
    public void hide(String... fields) {
        run(() -> graphQl.hide(List.of(fields)));
    }

    /** Takes the scope of REST away. */
    public void hideRest() {
        run(() -> state.restHidden = true);
    }

    /** Installs the commercial SMS module, which is not there at first. */
    public void installSms() {
        run(() -> graphQl.show(SmsResolvers.FIELDS));
    }

    /**
     * Installs a module for menus that has GraphQL, as its source has it in a later release than
     * the one that was recorded. It shares its menus with the web interface.
     */
    public void installMenus() {
        run(() -> graphQl.show(MenuResolvers.FIELDS));
    }

    /** Answers errors as FreePBX 17 does: 200 to errors of GraphQL, 500 to a bad token. */
    public void behaveAsSeventeen() {
        run(graphQl::behaveAsSeventeen);
    }

    /** Has the next GraphQL requests go wrong, one after the other; then all is well again. */
    public void fail(FreePbxFault... next) {
        run(() -> graphQl.fail(List.of(next)));
    }

    /** Has the next GraphQL request for this root field go wrong; then all is well again. */
    public void failOn(String field, FreePbxFault fault) {
        run(() -> graphQl.failOn(field, fault));
    }

    /** Makes all tokens invalid, as an administrator can. */
    public void revokeTokens() {
        run(tokens::revoke);
    }

    /** Sets for how long new tokens are said to hold. */
    public void tokenSeconds(int seconds) {
        run(() -> tokens.seconds(seconds));
    }

    /** Ends the sessions of the web interface. */
    public void endGuiSessions() {
        run(gui::endSessions);
    }

    /** Sets how many looks a reload takes; 2 at first. */
    public void looksPerReload(int looks) {
        run(() -> reloads.looks(looks));
    }

    /** Returns how many reloads have come to a good end. */
    public int reloads() {
        return read(reloads::succeeded);
    }

    /** Gives the recorded answer whenever its request comes, whatever the state. */
    public void replay(RecordedExchange exchange) {
        run(
                () ->
                        recorded.put(
                                key(exchange.method(), exchange.target(), exchange.requestBody()),
                                exchange));
    }

    private static String key(String method, String target, String body) {
        return method + " " + target + " " + canonical(body);
    }

    private static String canonical(String body) {
        try {
            return Json.write(Json.read(body));
        } catch (IllegalArgumentException e) {
            return body;
        }
    }

    /** Returns every request that came, in order. */
    public List<FreePbxRequest> requests() {
        return read(() -> List.copyOf(requests));
    }

    /** Returns the GraphQL requests for this root field. */
    public List<FreePbxRequest> requests(String field) {
        return requests().stream().filter(request -> request.asksFor(field)).toList();
    }

    /** Returns how often a token was asked for. */
    public long tokenRequests() {
        return requests().stream().filter(FakeTokens::isAskedForBy).count();
    }

    private void run(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            lock.unlock();
        }
    }

    private <T> T read(Supplier<T> reading) {
        lock.lock();
        try {
            return reading.get();
        } finally {
            lock.unlock();
        }
    }

    private FakeAnswer serve(FreePbxRequest request) {
        return read(
                () -> {
                    requests.add(request);
                    return answer(request);
                });
    }

    private FakeAnswer answer(FreePbxRequest request) {
        RecordedExchange known =
                recorded.get(key(request.method(), request.target(), request.body()));
        if (known != null) {
            return FakeAnswer.of(known);
        }
        String target = request.target();
        if (FakeTokens.isAskedForBy(request)) {
            return tokens.token(request);
        }
        boolean api = target.startsWith("/admin/api/api/") || target.contains("module=api&");
        if (!api) {
            return gui.answer(request);
        }
        String problem = tokens.problem(request);
        if (!problem.isEmpty()) {
            return FakeTokens.denied(problem, graphQl.isSeventeen());
        }
        if (target.endsWith("/gql") || target.contains("command=gql")) {
            return graphQl.answer(request);
        }
        String route =
                target.replaceFirst("^/admin/api/api/rest/", "").replaceFirst(".*route=", "");
        return rest.answer(request.method(), route, request.body());
    }

    /** Ends the server and its connections. */
    @Override
    public void close() {
        server.close();
    }
}
