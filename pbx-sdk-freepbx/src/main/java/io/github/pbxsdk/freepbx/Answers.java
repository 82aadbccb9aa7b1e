package io.github.pbxsdk.freepbx;

import io.github.pbxsdk.core.PbxAuthenticationException;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxProtocolException;
import io.github.pbxsdk.core.internal.redact.Redaction;
import io.github.pbxsdk.freepbx.FreePbxRejectedException.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decides what an answer of FreePBX means, since its HTTP status says little: 200 comes for
 * failures, and 400 for what was done.
 */
final class Answers {

    private static final int UNAUTHORIZED = 401;

    /** What the PBX says about its manager user, in whatever language it says it. */
    private static final Pattern MANAGER_LOGIN =
            Pattern.compile("(\\S+?)/(?:[^\\n]*)::|(?i)(manager with \\S+?)/[^\\n]*");

    private static final Pattern ALREADY = Pattern.compile("(?i)already (exists|in use)");

    private static final Pattern NOT_THERE =
            Pattern.compile(
                    "(?i)does not exists?|not found|unable to find|unable to fetch|doesn't exist");

    private static final Pattern INVALID =
            Pattern.compile(
                    "(?i)^variable \"|got invalid value|is required|must (be|include)|please (enter"
                            + "|provide)|invalid (start|end) date|is not supported|syntax error");

    private final String tried;
    private final boolean change;
    private final Redaction redaction;

    /**
     * Creates the judge of one request.
     *
     * @param tried the request in words
     * @param change whether it was to change something
     * @param redaction takes the secrets out of the words of the PBX
     */
    Answers(String tried, boolean change, Redaction redaction) {
        this.tried = tried;
        this.change = change;
        this.redaction = redaction;
    }

    /**
     * Returns the {@code data} of a GraphQL answer.
     *
     * @throws PbxException if any of the ways to say no was used
     */
    FreePbxObject graphQl(FreePbxHttp.Answer answer) {
        FreePbxObject body = object(answer);
        requireAccepted(answer, body);
        List<FreePbxObject> errors = body.objects("errors");
        if (!errors.isEmpty() || body.has("errors")) {
            String reason = errors.isEmpty() ? "" : errors.get(0).text("message");
            throw refused(answer.status(), reason);
        }
        if (!answer.isSuccessful()) {
            throw refused(answer.status(), words(body));
        }
        if (!body.has("data")) {
            throw unreadable(answer, "GraphQL without data");
        }
        FreePbxObject data = body.object("data");
        for (String field : data.names()) {
            FreePbxObject result = data.object(field);
            if (result.flag("status").map(status -> !status).orElse(false)) {
                throw refused(answer.status(), result.text("message"));
            }
        }
        return data;
    }

    /** Returns the data, of which every field must say that all went well. */
    FreePbxObject graphQlWithStatus(FreePbxHttp.Answer answer) {
        FreePbxObject data = graphQl(answer);
        data.names().forEach(name -> requireStatus(answer, data.object(name)));
        return data;
    }

    /** Returns the one field of the data, which must say that all went well. */
    FreePbxObject field(FreePbxHttp.Answer answer, String name, boolean tellsStatus) {
        FreePbxObject result = graphQl(answer).object(name);
        if (tellsStatus) {
            requireStatus(answer, result);
        }
        return result;
    }

    /** The PBX says nothing at all when it failed inside: 200, and a status of null. */
    private void requireStatus(FreePbxHttp.Answer answer, FreePbxObject result) {
        if (!result.flag("status").orElse(false)) {
            throw FreePbxRejectedException.of(
                    tried,
                    Kind.SERVER_ERROR,
                    answer.status(),
                    clean(result.text("message")),
                    change);
        }
    }

    /** Returns the value of a REST answer: an object, a list, a text, a truth, or null. */
    @Nullable Object rest(FreePbxHttp.Answer answer) {
        Object value = value(answer);
        FreePbxObject body = value instanceof FreePbxObject object ? object : FreePbxObject.empty();
        requireAccepted(answer, body);
        if (answer.isSuccessful()) {
            return value;
        }
        throw refused(answer.status(), words(body));
    }

    private static String words(FreePbxObject body) {
        return body.filled("message")
                .or(() -> body.filled("error"))
                .orElseGet(() -> body.object("error").text("message"));
    }

    private FreePbxObject object(FreePbxHttp.Answer answer) {
        if (value(answer) instanceof FreePbxObject object) {
            return object;
        }
        throw unreadable(answer, "something that is no object");
    }

    private @Nullable Object value(FreePbxHttp.Answer answer) {
        if (looksLikePage(answer)) {
            throw unreadable(answer, "a page for a browser; check baseUri(...)");
        }
        try {
            return Json.parse(answer.text());
        } catch (IllegalArgumentException e) {
            if (answer.status() == UNAUTHORIZED) {
                return FreePbxObject.empty();
            }
            throw unreadable(answer, "something that is not JSON");
        }
    }

    private static boolean looksLikePage(FreePbxHttp.Answer answer) {
        return answer.contentType().startsWith("text/html")
                || answer.text().stripLeading().startsWith("<");
    }

    private PbxProtocolException unreadable(FreePbxHttp.Answer answer, String what) {
        return new PbxProtocolException(
                tried + ": the answer (" + answer.status() + ") is " + what, clean(answer.text()));
    }

    /** Finds out whether it was the token that was not accepted. */
    private void requireAccepted(FreePbxHttp.Answer answer, FreePbxObject body) {
        if (body.object("error").text("type").contains("OAuthServerException")) {
            throw notAccepted(body.object("error").text("message"));
        }
        if (answer.status() != UNAUTHORIZED) {
            return;
        }
        if (body.text("message").equals("unauthorized")) {
            throw FreePbxRejectedException.of(
                    tried, Kind.SCOPE_OR_MODULE_MISSING, UNAUTHORIZED, "unauthorized", false);
        }
        throw notAccepted(body.filled("hint").orElseGet(() -> body.text("message")));
    }

    private PbxAuthenticationException notAccepted(String hint) {
        String advice =
                hint.contains("Missing")
                        ? "; it was sent, so a proxy in between drops the header Authorization"
                        : "";
        return new PbxAuthenticationException(
                tried + ": the PBX does not accept the token: " + clean(hint) + advice);
    }

    private FreePbxRejectedException refused(int status, String reason) {
        Kind kind = kind(status, reason);
        boolean nothingDone =
                kind == Kind.SCOPE_OR_MODULE_MISSING
                        || kind == Kind.INVALID_REQUEST
                        || kind == Kind.NOT_FOUND
                        || kind == Kind.CONFLICT;
        return FreePbxRejectedException.of(
                tried, kind, status, clean(reason), change && !nothingDone);
    }

    private static Kind kind(int status, String reason) {
        String words = reason.toLowerCase(Locale.ROOT);
        if (status >= 500 || words.isEmpty() || words.contains("internal server error")) {
            return Kind.SERVER_ERROR;
        }
        if (words.startsWith("cannot query field")
                || words.contains("not configured for mutations")
                || words.startsWith("ajaxrequest declined")) {
            return Kind.SCOPE_OR_MODULE_MISSING;
        }
        if (status == 404 || status == 405) {
            return Kind.SCOPE_OR_MODULE_MISSING;
        }
        if (ALREADY.matcher(reason).find()) {
            return Kind.CONFLICT;
        }
        if (INVALID.matcher(reason).find() || words.contains("graphql request must")) {
            return Kind.INVALID_REQUEST;
        }
        return NOT_THERE.matcher(reason).find() ? Kind.NOT_FOUND : Kind.OTHER;
    }

    /** Returns words of the PBX without the secrets that it writes into them. */
    String clean(String words) {
        return redaction.apply(withoutManagerSecret(words));
    }

    static String withoutManagerSecret(String words) {
        return MANAGER_LOGIN
                .matcher(words)
                .replaceAll(
                        found ->
                                Optional.ofNullable(found.group(1))
                                                .orElseGet(() -> found.group(2))
                                                .replace("$", "\\$")
                                        + "/***");
    }
}
