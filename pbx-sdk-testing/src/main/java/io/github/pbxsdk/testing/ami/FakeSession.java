package io.github.pbxsdk.testing.ami;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One session with a {@link FakeAmi}, over whatever it is connected. */
final class FakeSession {

    private static final Logger log = LoggerFactory.getLogger(FakeSession.class);

    private static final int LONGEST_LINE = 1023;
    private static final int MOST_LINES = 128;
    private static final LocalDateTime STARTED = LocalDateTime.of(2026, 11, 20, 23, 6, 33);

    /** Who may do what; an action that isn't here is open to all. */
    private static final Map<String, List<String>> PRIVILEGES =
            Map.of(
                    "coresettings", List.of("system", "reporting"),
                    "corestatus", List.of("system", "reporting"),
                    "coreshowchannels", List.of("system", "reporting"),
                    "command", List.of("command"),
                    "filter", List.of("system"),
                    "originate", List.of("originate"));

    private static final AmiMessage FULLY_BOOTED =
            AmiMessage.of("Event", "FullyBooted", "Privilege", "system,all", "Uptime", "43")
                    .with("LastReload", "43")
                    .with("Status", "Fully Booted");

    /** What depends on the session itself, also where a recording is replayed. */
    private static final Set<String> BUILT_IN =
            Set.of("challenge", "login", "logoff", "ping", "events", "filter");

    private static final Set<String> BEFORE_LOGIN = Set.of("login", "challenge", "logoff");

    private final FakeAmi server;
    private final Wire wire;
    private final List<String> filters = new CopyOnWriteArrayList<>();
    private String challenge = "";
    private volatile @Nullable FakeUser user;
    private volatile Set<String> mask = Set.of();

    FakeSession(FakeAmi server, Wire wire) {
        this.server = server;
        this.wire = wire;
    }

    /** What a session sends on. */
    interface Wire {

        void write(String text) throws IOException;

        void close();
    }

    /** Logs a user in who has proved itself otherwise, without events. */
    void admit(FakeUser known) {
        user = known;
    }

    /** Answers the text of one action. */
    void take(String text) throws IOException {
        AmiMessage action = AmiMessage.parse(text);
        if (!server.take(action)) {
            return;
        }
        Reply reply = reply(text, action);
        for (AmiMessage message : reply.answers()) {
            send(message.answering(action));
        }
        for (AmiMessage event : reply.events()) {
            send(event);
        }
        if (reply.scripted()) {
            server.answered(action);
        }
        if (endsSession(action)) {
            close();
        }
    }

    private Reply reply(String text, AmiMessage action) {
        boolean tooLong =
                text.lines()
                        .anyMatch(
                                line ->
                                        line.getBytes(StandardCharsets.UTF_8).length
                                                > LONGEST_LINE);
        if (tooLong) {
            return Reply.of(error("Failed to parse message: line too long"));
        }
        if (text.lines().count() > MOST_LINES) {
            return Reply.of(error("Too many lines in message or allocation failure"));
        }
        return answer(action);
    }

    private boolean endsSession(AmiMessage action) {
        String name = name(action);
        return name.equals("logoff") || (name.equals("login") && user == null);
    }

    private static String name(AmiMessage action) {
        return action.get("Action").toLowerCase(Locale.ROOT);
    }

    private Reply answer(AmiMessage action) {
        String name = name(action);
        if (name.isEmpty()) {
            return Reply.of(error("Missing action in request"));
        }
        FakeUser who = user;
        if (who == null && !BEFORE_LOGIN.contains(name)) {
            return Reply.of(error("Permission denied"));
        }
        if (server.isShuttingDown()) {
            return Reply.of(error("Asterisk is shutting down"));
        }
        if (who != null && !who.mayRun(PRIVILEGES.getOrDefault(name, List.of()))) {
            return Reply.of(error("Permission denied"));
        }
        Function<AmiMessage, List<AmiMessage>> script = server.script(name);
        boolean builtIn = BUILT_IN.contains(name) && script == null;
        Optional<List<AmiMessage>> replayed = server.replayed(action, builtIn);
        if (builtIn) {
            AmiMessage answer = builtIn(name, action);
            return new Reply(List.of(answer), replayed.orElseGet(() -> afterwards(name)), false);
        }
        return replayed.map(messages -> new Reply(List.of(), messages, false))
                .orElseGet(
                        () ->
                                script != null
                                        ? new Reply(script.apply(action), List.of(), true)
                                        : Reply.of(builtIn(name, action)));
    }

    private AmiMessage builtIn(String name, AmiMessage action) {
        return switch (name) {
            case "challenge" -> challenge();
            case "login" -> login(action);
            case "logoff" ->
                    AmiMessage.of("Response", "Goodbye", "Message", "Thanks for all the fish.");
            case "ping" ->
                    AmiMessage.of("Response", "Success", "Ping", "Pong", "Timestamp", timestamp());
            case "events" -> events(action.get("EventMask"));
            case "filter" -> filter(action.get("Filter"));
            case "coresettings" -> server.release().coreSettings();
            case "corestatus" ->
                    server.release()
                            .coreStatus(
                                    STARTED.toLocalDate().toString(),
                                    STARTED.toLocalTime().toString());
            case "command" -> command(action);
            default -> unknown(action);
        };
    }

    private static AmiMessage unknown(AmiMessage action) {
        return error(
                "Invalid/unknown command: "
                        + action.get("Action")
                        + ". Use Action: ListCommands to show available commands.");
    }

    /** Of the command line it knows who may read and write what. */
    private AmiMessage command(AmiMessage action) {
        String asked = "manager show user ";
        String command = action.get("Command");
        FakeUser about =
                command.startsWith(asked) ? server.user(command.substring(asked.length())) : null;
        return about == null
                ? unknown(action)
                : AmiMessage.of("Response", "Success", "Message", "Command output follows")
                        .with("Output", "")
                        .with("Output", "          username: " + about.name())
                        .with("Output", "            secret: <Set>")
                        .with("Output", "         read perm: " + String.join(",", about.read()))
                        .with("Output", "        write perm: " + String.join(",", about.write()));
    }

    /** Who may read {@code system} and wants events learns at once that the server is up. */
    private List<AmiMessage> afterwards(String name) {
        FakeUser who = user;
        boolean told =
                name.equals("login") && who != null && who.maySee("system,all") && wants("system");
        return told ? List.of(FULLY_BOOTED) : List.of();
    }

    private static String timestamp() {
        long micros = System.currentTimeMillis() * 1000;
        return micros / 1_000_000 + "." + String.format(Locale.ROOT, "%06d", micros % 1_000_000);
    }

    private static AmiMessage error(String message) {
        return AmiMessage.of("Response", "Error", "Message", message);
    }

    private AmiMessage challenge() {
        challenge = String.valueOf(ThreadLocalRandom.current().nextInt(100_000_000, 999_999_999));
        return AmiMessage.of("Response", "Success", "Challenge", challenge);
    }

    private AmiMessage login(AmiMessage action) {
        FakeUser known = server.user(action.get("Username"));
        if (known == null || !isRight(action, known.secret())) {
            return error("Authentication failed");
        }
        if (server.isLoginInUse()) {
            return error("Login Already In Use");
        }
        user = known;
        mask = maskOf(action.find("Events").orElse("on"));
        server.loggedIn();
        return AmiMessage.of("Response", "Success", "Message", "Authentication accepted");
    }

    private boolean isRight(AmiMessage action, String secret) {
        return action.get("AuthType").equalsIgnoreCase("MD5")
                ? !challenge.isEmpty() && action.get("Key").equals(md5(challenge + secret))
                : action.get("Secret").equals(secret);
    }

    private static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("MD5")
                                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no MD5", e);
        }
    }

    private AmiMessage events(String wanted) {
        mask = maskOf(wanted);
        return AmiMessage.of("Response", "Success", "Events", mask.isEmpty() ? "Off" : "On");
    }

    /** A mask with no known class turns events off. */
    private static Set<String> maskOf(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "on" -> Set.of("all");
            case "off" -> Set.of();
            default ->
                    Set.copyOf(
                            Arrays.stream(text.split(","))
                                    .filter(KNOWN::contains)
                                    .distinct()
                                    .toList());
        };
    }

    private static final Set<String> KNOWN =
            Set.of(
                    "system",
                    "call",
                    "log",
                    "verbose",
                    "agent",
                    "user",
                    "config",
                    "dtmf",
                    "reporting",
                    "cdr",
                    "dialplan",
                    "agi",
                    "cc",
                    "aoc",
                    "test",
                    "security",
                    "message");

    /** Servers before 18.26 ignore {@code MatchCriteria}, and so does this one. */
    private AmiMessage filter(String expression) {
        if (!compiles(expression)) {
            return error("Filter did not compile.  Check the syntax of the filter given.");
        }
        if (!expression.isEmpty()) {
            filters.add(expression);
        }
        return AmiMessage.of("Response", "Success", "Message", "Success");
    }

    private static boolean compiles(String expression) {
        try {
            matches(expression.replaceFirst("^!", ""), "");
            return true;
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    /** Sends an event if this session may and wants to see it. */
    void event(AmiMessage event) {
        FakeUser who = user;
        String privilege = event.get("Privilege");
        if (who == null || !who.maySee(privilege) || !wants(privilege) || !passes(event)) {
            return;
        }
        try {
            send(event);
        } catch (IOException e) {
            log.debug("an event found its connection closed: {}", e.getMessage());
        }
    }

    private boolean wants(String privilege) {
        return !mask.isEmpty()
                && (mask.contains("all") || mask.containsAll(FakeUser.classes(privilege)));
    }

    /** Excluding filters win; with an including one, what none includes is left out. */
    private boolean passes(AmiMessage event) {
        String text = event.text("\r\n");
        boolean excluded =
                filters.stream()
                        .anyMatch(one -> one.startsWith("!") && matches(one.substring(1), text));
        List<String> including = filters.stream().filter(one -> !one.startsWith("!")).toList();
        return !excluded
                && (including.isEmpty() || including.stream().anyMatch(one -> matches(one, text)));
    }

    private static boolean matches(String expression, String text) {
        String java = expression.replace("[[:cntrl:]]", "\\p{Cntrl}");
        return Pattern.compile(java, Pattern.DOTALL).matcher(text).find();
    }

    /** Sends the first half of a message and closes the connection. */
    void half(AmiMessage message) {
        String text = message.text(server.lineEnd());
        try {
            write(text.substring(0, text.length() / 2));
        } catch (IOException e) {
            log.debug("half a message found its connection closed: {}", e.getMessage());
        }
        close();
    }

    private void send(AmiMessage message) throws IOException {
        write(message.text(server.lineEnd()));
    }

    private void write(String text) throws IOException {
        wire.write(text);
    }

    void close() {
        server.gone(this);
        wire.close();
    }
}
