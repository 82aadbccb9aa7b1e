package io.github.pbxsdk.testing.freepbx;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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
 * name, and writes a password into a message, as recorded on a real one. What it can't do answers
 * {@code Internal server error}. {@link #replay} makes it give a recorded answer. Thread-safe.
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

    private static final int TOKEN_SECONDS = 3600;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(FakeFreePbx::daemon);
    private final ReentrantLock lock = new ReentrantLock();
    private final Schema schema = Schema.read();
    private final FakePbxState state = new FakePbxState();
    private final FakeReloads reloads = new FakeReloads();
    private final FakeGraphQl graphQl = new FakeGraphQl(state, reloads);
    private final FakeRest rest = new FakeRest(state, reloads);
    private final FakeGui gui = new FakeGui(state);
    private final List<FreePbxRequest> requests = new ArrayList<>();
    private final Deque<FreePbxFault> faults = new ArrayDeque<>();
    private final Map<String, RecordedExchange> recorded = new HashMap<>();
    private final Set<String> tokens = new HashSet<>();
    private final Set<String> refreshTokens = new HashSet<>();
    private final Set<String> hidden = new HashSet<>();
    private int made;
    private int tokenSeconds = TOKEN_SECONDS;
    private boolean seventeen;

    /** Starts one. */
    public FakeFreePbx() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("no port on loopback is free", e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "fake-freepbx");
        thread.setDaemon(true);
        return thread;
    }

    /** Returns the base URL to give to a client. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Adds an extension with a mailbox, whose PIN is its number. */
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

    /** Adds a call record; columns that are not named are empty. */
    public void addCallRecord(Map<String, ?> columns) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        for (String column : schema.fieldsOf("cdr")) {
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
        run(() -> hidden.addAll(List.of(fields)));
    }

    /** Answers errors as FreePBX 17 does: 200 to errors of GraphQL, 500 to a bad token. */
    public void behaveAsSeventeen() {
        run(() -> seventeen = true);
    }

    /** Has the next GraphQL requests go wrong, one after the other; then all is well again. */
    public void fail(FreePbxFault... next) {
        run(() -> faults.addAll(List.of(next)));
    }

    /** Makes all tokens invalid, as an administrator can. */
    public void revokeTokens() {
        run(tokens::clear);
    }

    /** Sets for how long new tokens are said to hold. */
    public void tokenSeconds(int seconds) {
        run(() -> tokenSeconds = seconds);
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
        return requests().stream().filter(FakeFreePbx::isToken).count();
    }

    private static boolean isToken(FreePbxRequest request) {
        return request.target().endsWith("/token") || request.target().contains("command=token");
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

    private void serve(HttpExchange exchange) {
        try (exchange) {
            FreePbxRequest request = request(exchange);
            FakeAnswer answer =
                    read(
                            () -> {
                                requests.add(request);
                                return answer(request);
                            });
            if (answer.status() == 0) {
                return;
            }
            exchange.getResponseHeaders().set("Content-Type", answer.contentType());
            exchange.getResponseHeaders().add("Set-Cookie", "PHPSESSID=of-the-api; path=/");
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(
                    answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (IOException e) {
            // The client has gone; what it asked is written down.
        }
    }

    private static FreePbxRequest request(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (String name : List.of("Authorization", "Content-Type", "Cookie", "Referer")) {
            String value = exchange.getRequestHeaders().getFirst(name);
            if (value != null) {
                headers.put(name, value);
            }
        }
        return new FreePbxRequest(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                headers,
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    }

    private FakeAnswer answer(FreePbxRequest request) {
        RecordedExchange known =
                recorded.get(key(request.method(), request.target(), request.body()));
        if (known != null) {
            return new FakeAnswer(
                    known.status(),
                    known.header("Content-Type").orElse(""),
                    known.body().getBytes(StandardCharsets.UTF_8),
                    Map.of());
        }
        String target = request.target();
        if (isToken(request)) {
            return token(flat(request.body()));
        }
        boolean api = target.startsWith("/admin/api/api/") || target.contains("module=api&");
        if (!api) {
            return gui.answer(request);
        }
        String bearer = request.header("Authorization").orElse("");
        if (!tokens.contains(bearer.replaceFirst("^Bearer ", ""))) {
            return denied(
                    bearer.isEmpty()
                            ? "Missing \\\"Authorization\\\" header"
                            : "Access token has been revoked");
        }
        if (target.endsWith("/gql") || target.contains("command=gql")) {
            return graphQl(request);
        }
        String route =
                target.replaceFirst("^/admin/api/api/rest/", "").replaceFirst(".*route=", "");
        return rest.answer(request.method(), route, request.body());
    }

    private FakeAnswer denied(String hint) {
        if (seventeen) {
            return FakeAnswer.json(
                    500,
                    "{\"error\":{\"type\":\"League\\\\OAuth2\\\\Server\\\\Exception\\\\"
                            + "OAuthServerException\",\"message\":\"The resource owner or"
                            + " authorization server denied the request.\",\"line\":1}}");
        }
        return FakeAnswer.json(
                401,
                "{\"error\":\"access_denied\",\"message\":\"The resource owner or authorization"
                        + " server denied the request.\",\"hint\":\""
                        + hint
                        + "\"}");
    }

    private static Map<String, String> flat(String body) {
        Map<String, String> flat = new HashMap<>();
        FakeGui.form(body).forEach((name, values) -> flat.put(name, values.get(0)));
        return flat;
    }

    private FakeAnswer token(Map<String, String> form) {
        if (!CLIENT_ID.equals(form.get("client_id"))
                || !CLIENT_SECRET.equals(form.get("client_secret"))) {
            return FakeAnswer.json(
                    401,
                    "{\"error\":\"invalid_client\",\"message\":\"Client authentication failed\"}");
        }
        String grant = form.getOrDefault("grant_type", "");
        if (grant.equals("client_credentials")) {
            return FakeAnswer.json(200, "{" + newToken() + "}");
        }
        boolean known =
                grant.equals("refresh_token")
                        ? refreshTokens.remove(form.getOrDefault("refresh_token", ""))
                        : USER.equals(form.get("username"))
                                && USER_PASSWORD.equals(form.get("password"));
        if (!known) {
            return FakeAnswer.json(
                    401,
                    grant.equals("refresh_token")
                            ? "{\"error\":\"invalid_request\",\"message\":\"The refresh token is"
                                    + " invalid.\",\"hint\":\"Token has been revoked\"}"
                            : "{\"error\":\"invalid_credentials\",\"message\":\"The user"
                                    + " credentials were incorrect.\"}");
        }
        String refresh = "refresh-" + ++made;
        refreshTokens.add(refresh);
        return FakeAnswer.json(200, "{" + newToken() + ",\"refresh_token\":\"" + refresh + "\"}");
    }

    private String newToken() {
        String token = "token-" + ++made;
        tokens.add(token);
        return "\"token_type\":\"Bearer\",\"expires_in\":"
                + (tokenSeconds + ",\"access_token\":\"" + token + "\"");
    }

    private FakeAnswer graphQl(FreePbxRequest request) {
        FreePbxFault fault = faults.poll();
        if (fault != null) {
            switch (fault) {
                case TOKEN_REVOKED -> {
                    tokens.clear();
                    return denied("Access token has been revoked");
                }
                case STATUS_NULL -> {
                    String field =
                            request.body()
                                    .replaceFirst("(?s).*?\\{\\\\?\"?query.*?\\{(\\w+).*", "$1");
                    return FakeAnswer.json(
                            200,
                            "{\"data\":{\"" + field + "\":{\"status\":null,\"message\":null}}}");
                }
                case HTML_PAGE -> {
                    return FakeAnswer.PAGE;
                }
                case SLIM_ERROR -> {
                    return FakeAnswer.json(
                            500, "{\n    \"message\": \"Slim Application Error\"\n}");
                }
                case DROP -> {
                    return FakeAnswer.HANG_UP;
                }
                case DROP_AFTER_DOING -> {
                    execute(request);
                    return FakeAnswer.HANG_UP;
                }
                case ERROR_AFTER_DOING -> {
                    execute(request);
                    return error("Internal server error");
                }
            }
        }
        return execute(request);
    }

    private FakeAnswer execute(FreePbxRequest request) {
        Object body;
        try {
            body = Json.read(request.body());
        } catch (IllegalArgumentException e) {
            return FakeAnswer.json(500, "{\n    \"message\": \"Slim Application Error\"\n}");
        }
        if (!(body instanceof Map<?, ?> map) || map.get("query") == null) {
            return error("GraphQL Request must include at least one of those two parameters");
        }
        Map<?, ?> variables = map.get("variables") instanceof Map<?, ?> given ? given : Map.of();
        try {
            return execute(GraphQlText.read(String.valueOf(map.get("query")), variables));
        } catch (GraphQlText.SyntaxException | FakeGraphQl.Refusal e) {
            return error(String.valueOf(e.getMessage()));
        }
    }

    private FakeAnswer execute(GraphQlText.Operation operation) {
        for (GraphQlText.Field field : operation.fields()) {
            if (hidden.contains(field.name())) {
                return error(
                        "Cannot query field \""
                                + field.name()
                                + "\" on type \""
                                + (operation.mutation() ? "Mutation" : "Query")
                                + "\".");
            }
        }
        String problem = schema.problem(operation);
        if (problem != null) {
            return error(problem);
        }
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        boolean first = true;
        for (GraphQlText.Field field : operation.fields()) {
            try {
                data.put(field.alias(), field(field));
            } catch (FakeGraphQl.Refusal e) {
                boolean internal = "Internal server error".equals(e.getMessage());
                if (first || internal) {
                    boolean told =
                            internal
                                    || field.fields().stream()
                                            .anyMatch(one -> one.name().equals("status"));
                    if (told) {
                        throw e;
                    }
                }
                // Only the first field is looked at, and only if its status was asked for.
                data.put(
                        field.alias(),
                        pruned(
                                FakeRow.of("status", false, "message", e.getMessage()),
                                field.fields()));
            }
            first = false;
        }
        return FakeAnswer.json(200, Json.write(Map.of("data", data)));
    }

    private @Nullable Object field(GraphQlText.Field field) {
        if (field.name().equals("__schema")) {
            return pruned(introspection(), field.fields());
        }
        return pruned(graphQl.resolve(field), field.fields());
    }

    private Map<String, @Nullable Object> introspection() {
        return FakeRow.of(
                "queryType", FakeRow.of("fields", names("Query")),
                "mutationType", FakeRow.of("fields", names("Mutation")));
    }

    private List<Object> names(String type) {
        List<Object> names = new ArrayList<>();
        for (String name : schema.fieldsOf(type)) {
            if (!hidden.contains(name)) {
                names.add(FakeRow.of("name", name));
            }
        }
        return names;
    }

    private static @Nullable Object pruned(@Nullable Object value, List<GraphQlText.Field> fields) {
        if (value instanceof List<?> list) {
            List<@Nullable Object> items = new ArrayList<>();
            list.forEach(item -> items.add(pruned(item, fields)));
            return items;
        }
        if (!(value instanceof Map<?, ?> map) || fields.isEmpty()) {
            return value;
        }
        Map<String, @Nullable Object> selected = new LinkedHashMap<>();
        for (GraphQlText.Field field : fields) {
            selected.put(field.alias(), pruned(map.get(field.name()), field.fields()));
        }
        return selected;
    }

    private FakeAnswer error(String message) {
        FakeAnswer sixteen = FakeAnswer.error(message);
        if (!seventeen) {
            return sixteen;
        }
        return FakeAnswer.json(
                200,
                "{\"errors\":[{\"message\":"
                        + Json.write(message)
                        + ",\"locations\":[{\"line\":1,\"column\":2}],\"path\":[\"x\"]}]}");
    }

    /** Ends the server and its connections. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
