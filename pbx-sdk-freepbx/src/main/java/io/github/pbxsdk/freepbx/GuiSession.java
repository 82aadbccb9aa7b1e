package io.github.pbxsdk.freepbx;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.CredentialsProvider;
import io.github.pbxsdk.core.PbxAuthenticationException;
import io.github.pbxsdk.core.PbxProtocolException;
import io.github.pbxsdk.core.http.HttpBody;
import io.github.pbxsdk.core.http.HttpRequest;
import io.github.pbxsdk.core.http.HttpResponse;
import io.github.pbxsdk.core.internal.redact.Redaction;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A session of the web interface, for what has no API: one log-in, kept in a cookie, with the
 * {@code Referer} that FreePBX insists on.
 *
 * <p>PHP lets the requests of a session run one after the other, and so does this class.
 */
final class GuiSession {

    private static final Pattern SESSION = Pattern.compile("PHPSESSID=([^;\\s]+)");
    private static final String FORM = "application/x-www-form-urlencoded";

    private final FreePbxSettings settings;
    private final FreePbxHttp http;
    private final CredentialsProvider credentials;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable String cookie;
    private @Nullable Credentials refused;

    GuiSession(FreePbxSettings settings, FreePbxHttp http, CredentialsProvider credentials) {
        this.settings = settings;
        this.http = http;
        this.credentials = credentials;
    }

    /** Sends a form and returns the page. */
    String post(FreePbxSession session, String page, List<Map.Entry<String, String>> form) {
        return text(session, page, true, HttpBody.text(FreePbxLogin.encoded(form), FORM));
    }

    /** Gets a page that changes something, as links of the web interface do. */
    String follow(FreePbxSession session, String page) {
        return text(session, page, true, HttpBody.none());
    }

    /** Returns what an {@code ajax.php} command that only looks answers. */
    @Nullable Object ajax(FreePbxSession session, String page) {
        return json(session, page, text(session, page, false, HttpBody.none()));
    }

    /** Returns what an {@code ajax.php} command that changes something answers. */
    @Nullable Object ajax(FreePbxSession session, String page, HttpBody body) {
        return json(session, page, text(session, page, true, body));
    }

    private static @Nullable Object json(FreePbxSession session, String page, String text) {
        try {
            return Json.parse(text);
        } catch (IllegalArgumentException e) {
            throw new PbxProtocolException(
                    session.tried(page) + ": the web interface answers no JSON",
                    Answers.withoutManagerSecret(text));
        }
    }

    private String text(FreePbxSession session, String page, boolean change, HttpBody body) {
        FreePbxHttp.Answer answer = request(session, page, change, body);
        if (!answer.isSuccessful()) {
            throw refusal(session, page, answer, change);
        }
        return answer.text();
    }

    private static FreePbxRejectedException refusal(
            FreePbxSession session, String page, FreePbxHttp.Answer answer, boolean change) {
        String words = Redaction.none().apply(Answers.withoutManagerSecret(answer.text()));
        return FreePbxRejectedException.of(
                session.tried(page),
                isFailure(answer)
                        ? FreePbxRejectedException.Kind.SERVER_ERROR
                        : FreePbxRejectedException.Kind.OTHER,
                answer.status(),
                words.substring(0, Math.min(words.length(), 200)),
                change && isFailure(answer));
    }

    /**
     * Opens something of any length, once: the time ends with the head of the answer.
     *
     * @param reader tells by an empty result that the session was over
     */
    <T> T download(
            FreePbxSession session, String page, Function<HttpResponse, Optional<T>> reader) {
        lock.lock();
        try {
            Optional<T> result = reader.apply(open(session, page));
            if (result.isPresent()) {
                return result.get();
            }
            cookie = null;
            return reader.apply(open(session, page))
                    .orElseThrow(() -> notAccepted(credentials.credentials()));
        } finally {
            lock.unlock();
        }
    }

    private HttpResponse open(FreePbxSession session, String page) {
        String cookieOfSession = session(session);
        HttpResponse response =
                http.open(
                        request(page, HttpBody.none(), true, cookieOfSession, session.left(page)));
        session.own(response);
        return response;
    }

    /** Makes a request in the session; when the session is over, logs in again, once. */
    private FreePbxHttp.Answer request(
            FreePbxSession session, String page, boolean change, HttpBody body) {
        lock.lock();
        try {
            boolean fresh = cookie == null;
            FreePbxHttp.Answer answer = send(session, page, change, body, session(session));
            // Of a server that fails it isn't known what it has done; it does not ask who we are.
            if (isFailure(answer) || isLoggedIn(answer) || fresh) {
                return answer;
            }
            cookie = null;
            return send(session, page, change, body, session(session));
        } finally {
            lock.unlock();
        }
    }

    private FreePbxHttp.Answer send(
            FreePbxSession session,
            String page,
            boolean change,
            HttpBody body,
            String cookieOfSession) {
        Duration left = session.left(page);
        return session.exchange(
                page,
                change,
                () ->
                        http.page(
                                request(page, body, false, cookieOfSession, left),
                                answer -> answer));
    }

    private HttpRequest request(
            String page, HttpBody body, boolean streaming, String cookieOfSession, Duration left) {
        HttpRequest.Builder request =
                http.request(body.isNone() ? "GET" : "POST", settings.guiUrl(page), left)
                        .addHeader("Cookie", "PHPSESSID=" + cookieOfSession)
                        .addHeader("Referer", settings.guiUrl("config.php"));
        if (!body.isNone()) {
            request.body(body);
        }
        return (streaming ? request.streaming() : request).build();
    }

    private String session(FreePbxSession session) {
        String known = cookie;
        if (known == null) {
            known = logIn(session);
            cookie = known;
        }
        return known;
    }

    private String logIn(FreePbxSession session) {
        Credentials user = credentials.credentials();
        if (user.equals(refused)) {
            throw notAccepted(user);
        }
        String form =
                ("username=" + FreePbxLogin.encoded(user.user()))
                        + ("&password=" + FreePbxLogin.encoded(user.secret()));
        Duration left = session.left("log-in");
        FreePbxHttp.Answer answer =
                session.exchange(
                        "log-in",
                        false,
                        () ->
                                http.page(
                                        http.request("POST", settings.guiUrl("config.php"), left)
                                                .body(HttpBody.text(form, FORM))
                                                .build(),
                                        page -> requireServer(session, page)));
        boolean readable = answer.status() == 200 || answer.status() == 401;
        if (!readable) {
            throw refusal(session, "log-in", answer, false);
        }
        // The status is 200 either way; only who is in can log out.
        if (!isLoggedIn(answer)) {
            refused = user;
            throw notAccepted(user);
        }
        return sessionId(answer)
                .orElseThrow(
                        () ->
                                new PbxProtocolException(
                                        session.tried("log-in")
                                                + ": the web interface gives no PHPSESSID",
                                        ""));
    }

    /** A page of a server that fails tells nothing about the password, and is asked for again. */
    private static FreePbxHttp.Answer requireServer(
            FreePbxSession session, FreePbxHttp.Answer answer) {
        if (isFailure(answer)) {
            throw refusal(session, "log-in", answer, false);
        }
        return answer;
    }

    private static boolean isFailure(FreePbxHttp.Answer answer) {
        return answer.status() >= 500;
    }

    private PbxAuthenticationException notAccepted(Credentials user) {
        return new PbxAuthenticationException(
                "the web interface of "
                        + (settings.host() + " does not let " + user.user() + " in; ")
                        + "check user and password, two-factor log-in, and the first-run wizard");
    }

    private static Optional<String> sessionId(FreePbxHttp.Answer answer) {
        for (String header : answer.cookies()) {
            Matcher id = SESSION.matcher(header);
            if (id.find()) {
                return Optional.of(id.group(1));
            }
        }
        return Optional.empty();
    }

    static boolean isLoggedIn(FreePbxHttp.Answer answer) {
        if (answer.status() == 401) {
            return false;
        }
        return !answer.contentType().startsWith("text/html")
                || answer.text().contains("logout")
                || !answer.text().contains("<html");
    }
}
