package io.github.pbxsdk.sip.internal.digest;

import io.github.pbxsdk.sip.internal.wire.Grammar;
import io.github.pbxsdk.sip.internal.wire.MalformedMessageException;
import io.github.pbxsdk.sip.internal.wire.SipHeaders;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a server wants to have proved.
 *
 * @param algorithm as the server wrote it, or null if it did not
 * @param qop {@code auth}, {@code auth-int}, or null for the old form without
 */
public record DigestChallenge(
        String realm,
        String nonce,
        @Nullable String opaque,
        @Nullable String algorithm,
        @Nullable String qop,
        boolean stale) {

    /**
     * Returns the challenges to answer: of each realm the first that we can, as the server lists
     * them in its order of preference.
     *
     * @param header {@code WWW-Authenticate} or {@code Proxy-Authenticate}
     */
    public static List<DigestChallenge> of(SipHeaders headers, String header) {
        return of(headers, header, challenge -> true);
    }

    /** Returns the challenges to answer with a secret that may not be good for all of them. */
    static List<DigestChallenge> of(
            SipHeaders headers, String header, Predicate<DigestChallenge> suits) {
        Map<String, DigestChallenge> byRealm = new LinkedHashMap<>();
        for (String value : headers.all(header)) {
            for (Map<String, String> parameters : read(header, value)) {
                usable(parameters)
                        .filter(suits)
                        .ifPresent(one -> byRealm.putIfAbsent(one.realm(), one));
            }
        }
        return new ArrayList<>(byRealm.values());
    }

    private static List<Map<String, String>> read(String header, String value) {
        try {
            return Grammar.digestChallenges(header, value);
        } catch (MalformedMessageException e) {
            // What can't be read can't be answered; another challenge may be usable.
            return List.of();
        }
    }

    private static Optional<DigestChallenge> usable(Map<String, String> parameters) {
        String realm = parameters.get("realm");
        String nonce = parameters.get("nonce");
        String algorithm = parameters.get("algorithm");
        String offered = parameters.get("qop");
        String qop = offered == null ? null : chosen(offered);
        if (realm == null
                || nonce == null
                || (offered != null && qop == null)
                || (algorithm != null && DigestAlgorithm.find(algorithm).isEmpty())) {
            return Optional.empty();
        }
        boolean stale = "true".equalsIgnoreCase(parameters.get("stale"));
        return Optional.of(
                new DigestChallenge(realm, nonce, parameters.get("opaque"), algorithm, qop, stale));
    }

    private static @Nullable String chosen(String offered) {
        List<String> all = List.of(offered.toLowerCase(Locale.ROOT).split("[ ,\t]+"));
        if (all.contains("auth")) {
            return "auth";
        }
        return all.contains("auth-int") ? "auth-int" : null;
    }

    private String algorithmName() {
        return algorithm == null ? "MD5" : algorithm;
    }

    DigestAlgorithm hash() {
        return DigestAlgorithm.find(algorithmName())
                .orElseThrow(() -> new IllegalStateException("checked when it was read"));
    }

    /**
     * Returns the proof, as the value of the header.
     *
     * @param count how often the nonce was used, this time included
     * @param cnonce random, fresh for each request
     */
    public String answer(
            DigestSecret secret, String method, String uri, byte[] body, int count, String cnonce) {
        DigestAlgorithm hash = hash();
        String ha1 = secret.hash(realm, hash);
        if (DigestAlgorithm.isSession(algorithmName())) {
            ha1 = hash.hash(ha1 + ":" + nonce + ":" + cnonce);
        }
        String action = method + ":" + uri;
        String ha2 = hash.hash("auth-int".equals(qop) ? action + ":" + hash.hash(body) : action);
        String nc = HexFormat.of().toHexDigits(count);
        String middle = qop == null ? "" : nc + ":" + cnonce + ":" + qop + ":";
        String response = hash.hash(ha1 + ":" + nonce + ":" + middle + ha2);
        return value(secret.credentials().user(), uri, response, nc, cnonce);
    }

    private String value(String user, String uri, String response, String nc, String cnonce) {
        StringBuilder value = new StringBuilder(256);
        value.append("Digest username=\"").append(quoted(user));
        value.append("\", realm=\"").append(quoted(realm));
        value.append("\", nonce=\"").append(quoted(nonce));
        value.append("\", uri=\"").append(uri);
        value.append("\", response=\"").append(response).append('"');
        if (algorithm != null) {
            value.append(", algorithm=").append(algorithm);
        }
        if (qop != null) {
            value.append(", cnonce=\"").append(cnonce).append('"');
            value.append(", qop=").append(qop).append(", nc=").append(nc);
        } else if (algorithm != null && DigestAlgorithm.isSession(algorithm)) {
            value.append(", cnonce=\"").append(cnonce).append('"');
        }
        if (opaque != null) {
            value.append(", opaque=\"").append(quoted(opaque)).append('"');
        }
        return value.toString();
    }

    private static String quoted(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
