package io.github.pbxsdk.testing.freepbx;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The log-in of a fake: which tokens there are, and what is said of others. */
final class FakeTokens {

    private static final int AN_HOUR = 3600;

    private final Set<String> tokens = new HashSet<>();
    private final Set<String> refreshTokens = new HashSet<>();

    /** No two PBXs give the same token. */
    private final String own = "-" + UUID.randomUUID();

    private int made;
    private int seconds = AN_HOUR;

    /** Sets for how long new tokens are said to hold. */
    void seconds(int value) {
        seconds = value;
    }

    /** Makes all tokens invalid, as an administrator can. */
    void revoke() {
        tokens.clear();
    }

    static boolean isAskedForBy(FreePbxRequest request) {
        return request.target().endsWith("/token") || request.target().contains("command=token");
    }

    /** Tells what is wrong with the token of a request, or an empty text. */
    String problem(FreePbxRequest request) {
        String bearer = request.header("Authorization").orElse("");
        if (tokens.contains(bearer.replaceFirst("^Bearer ", ""))) {
            return "";
        }
        return bearer.isEmpty()
                ? "Missing \\\"Authorization\\\" header"
                : "Access token has been revoked";
    }

    static FakeAnswer denied(String hint, boolean seventeen) {
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

    FakeAnswer token(FreePbxRequest request) {
        Map<String, String> form = flat(request.body());
        if (!FakeFreePbx.CLIENT_ID.equals(form.get("client_id"))
                || !FakeFreePbx.CLIENT_SECRET.equals(form.get("client_secret"))) {
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
                        : FakeFreePbx.USER.equals(form.get("username"))
                                && FakeFreePbx.USER_PASSWORD.equals(form.get("password"));
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

    private static Map<String, String> flat(String body) {
        Map<String, String> flat = new HashMap<>();
        FakeGui.form(body).forEach((name, values) -> flat.put(name, values.get(0)));
        return flat;
    }

    private String newToken() {
        String token = "token-" + ++made + own;
        tokens.add(token);
        return "\"token_type\":\"Bearer\",\"expires_in\":"
                + (seconds + ",\"access_token\":\"" + token + "\"");
    }
}
