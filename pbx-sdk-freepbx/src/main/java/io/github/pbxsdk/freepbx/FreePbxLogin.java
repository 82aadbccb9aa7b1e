package io.github.pbxsdk.freepbx;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.CredentialsProvider;
import io.github.pbxsdk.core.PbxAuthenticationException;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxInterruptedException;
import io.github.pbxsdk.core.PbxTimeoutException;
import io.github.pbxsdk.core.http.HttpBody;
import io.github.pbxsdk.core.http.HttpRequest;
import io.github.pbxsdk.core.internal.Call;
import io.github.pbxsdk.core.internal.CallRunner;
import io.github.pbxsdk.core.internal.Futures;
import io.github.pbxsdk.core.internal.redact.Redaction;
import io.github.pbxsdk.core.retry.RetryPolicy;
import io.github.pbxsdk.core.time.Time;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The token of a client: fetched once under a lock, renewed when nine tenths of its life are over.
 *
 * <p>Who was refused is not sent again: the next try needs other credentials, because a PBX bans
 * those who hammer.
 */
final class FreePbxLogin {

    private final FreePbxSettings settings;
    private final CredentialsProvider application;
    private final FreePbxHttp http;
    private final CallRunner runner;
    private final Time time;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Token token;
    private @Nullable String refreshToken;
    private @Nullable Identity refused;

    FreePbxLogin(
            FreePbxSettings settings,
            CredentialsProvider application,
            FreePbxHttp http,
            CallRunner runner,
            Time time) {
        this.settings = settings;
        this.application = application;
        this.http = http;
        this.runner = runner;
        this.time = time;
        this.refreshToken = settings.refreshToken();
    }

    /** A token and when to get the next one. */
    record Token(String text, long renewAtNanos) {}

    /** Who asks for a token. */
    private record Identity(
            Credentials application, @Nullable Credentials user, @Nullable String refreshToken) {}

    /**
     * Returns a token that holds for a while; waits for the one that another thread is fetching.
     *
     * @param left how long all of it may take
     */
    String token(Duration left) {
        lock(left);
        try {
            Token known = token;
            if (known == null || time.nanos() - known.renewAtNanos() >= 0) {
                known = fetch(left);
                token = known;
            }
            return known.text();
        } finally {
            lock.unlock();
        }
    }

    private void lock(Duration left) {
        try {
            if (!lock.tryLock(Math.max(1, left.toMillis()), TimeUnit.MILLISECONDS)) {
                throw new PbxTimeoutException(
                        settings.source() + ": no token within " + left.toMillis() + " ms",
                        null,
                        false);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PbxInterruptedException("interrupted while waiting for a token", e, false);
        }
    }

    /** Notes that the PBX does not accept a token any more. */
    void expired(String text) {
        lock.lock();
        try {
            if (token != null && token.text().equals(text)) {
                token = null;
            }
        } finally {
            lock.unlock();
        }
    }

    private Token fetch(Duration left) {
        Identity identity = identity();
        if (identity.equals(refused)) {
            throw new PbxAuthenticationException(
                    settings.source()
                            + " refused "
                            + identity.application().user()
                            + "; nothing is sent until there are other credentials");
        }
        try {
            FreePbxObject answer = ask(identity, left);
            refused = null;
            return accept(answer);
        } catch (PbxAuthenticationException e) {
            return afterRefusal(identity, left, e);
        }
    }

    /** A refresh token works once and for a month; user and password work for ever. */
    private Token afterRefusal(
            Identity identity, Duration left, PbxAuthenticationException reason) {
        if (identity.refreshToken() != null && settings.user() != null) {
            refreshToken = null;
            return fetch(left);
        }
        refused = identity;
        throw reason;
    }

    private Identity identity() {
        Credentials asking = ask(application);
        CredentialsProvider user = settings.user();
        String refresh = refreshToken;
        return refresh != null
                ? new Identity(asking, null, refresh)
                : new Identity(asking, user == null ? null : ask(user), null);
    }

    private Credentials ask(CredentialsProvider provider) {
        try {
            return provider.credentials();
        } catch (PbxException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new PbxException(
                    settings.source() + ": the CredentialsProvider failed: " + e, e, false);
        }
    }

    private FreePbxObject ask(Identity identity, Duration left) {
        Map<String, String> form = form(identity);
        Redaction redaction = Redaction.of(secrets(identity));
        Call.Attempt<FreePbxObject> attempt =
                operation -> {
                    if (!operation.markSent()) {
                        throw new PbxException("the token was given up before it was asked for");
                    }
                    HttpRequest request =
                            http.request("POST", settings.tokenUrl(), left)
                                    .body(
                                            HttpBody.text(
                                                    encoded(form.entrySet()),
                                                    "application/x-www-form-urlencoded"))
                                    .build();
                    return http.call(request, answer -> judge(answer, redaction));
                };
        // A refresh token works once, so nobody may send it twice by himself.
        Call<FreePbxObject> call =
                identity.refreshToken() == null
                        ? new Call.Repeatable<>(attempt)
                        : new Call.Once<>(attempt);
        return Futures.await(
                runner.run(
                        "token", settings.source() + " token", call, left, RetryPolicy.defaults()));
    }

    private FreePbxObject judge(FreePbxHttp.Answer answer, Redaction redaction) {
        Answers answers = new Answers("token from " + settings.host(), false, redaction);
        if (answer.status() == 400 || answer.status() == 401) {
            throw new PbxAuthenticationException(refusal(answer, answers));
        }
        Object value = answers.rest(answer);
        if (value instanceof FreePbxObject object && object.filled("access_token").isPresent()) {
            return object;
        }
        throw new PbxAuthenticationException(
                "token from " + settings.host() + ": the answer holds none");
    }

    private String refusal(FreePbxHttp.Answer answer, Answers answers) {
        FreePbxObject body = words(answer);
        String hint = body.filled("hint").orElseGet(() -> body.text("message"));
        return "the API application is not accepted by "
                + (settings.host() + ": " + body.text("error") + ", " + answers.clean(hint))
                + (" (" + answer.status() + "); ")
                + advice(body.text("error"));
    }

    private static FreePbxObject words(FreePbxHttp.Answer answer) {
        try {
            if (Json.parse(answer.text()) instanceof FreePbxObject object) {
                return object;
            }
        } catch (IllegalArgumentException e) {
            // No words that can be read: the status has to do.
        }
        return FreePbxObject.empty();
    }

    private static String advice(String error) {
        return switch (error) {
            case "invalid_client" ->
                    "check client id and secret, and that the application is made for this grant";
            case "invalid_credentials" -> "check user and password in User Management";
            case "invalid_scope" -> "give the application these scopes, or ask for fewer";
            default -> "check the API application in Connectivity, API";
        };
    }

    private Token accept(FreePbxObject answer) {
        Optional<String> next = answer.filled("refresh_token");
        if (next.isPresent()) {
            refreshToken = next.get();
            settings.refreshTokens().accept(next.get());
        }
        long seconds = Math.max(1, answer.number("expires_in").orElse(3600));
        long renewIn = TimeUnit.SECONDS.toNanos(seconds) / 10 * 9;
        return new Token(answer.text("access_token"), time.nanos() + renewIn);
    }

    private Map<String, String> form(Identity identity) {
        Map<String, String> form = new LinkedHashMap<>();
        Credentials user = identity.user();
        String refresh = identity.refreshToken();
        form.put(
                "grant_type",
                refresh != null
                        ? "refresh_token"
                        : user != null ? "password" : "client_credentials");
        form.put("client_id", identity.application().user());
        form.put("client_secret", identity.application().secret());
        if (refresh != null) {
            form.put("refresh_token", refresh);
        } else if (user != null) {
            form.put("username", user.user());
            form.put("password", user.secret());
        }
        if (!settings.scopes().isEmpty()) {
            form.put("scope", String.join(" ", settings.scopes()));
        }
        return form;
    }

    private static List<String> secrets(Identity identity) {
        List<String> secrets = new ArrayList<>(List.of(identity.application().secret()));
        if (identity.user() != null) {
            secrets.add(identity.user().secret());
        }
        if (identity.refreshToken() != null) {
            secrets.add(identity.refreshToken());
        }
        return secrets;
    }

    static String encoded(Collection<Map.Entry<String, String>> form) {
        return form.stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
