package io.github.pbxsdk.ami;

import io.github.pbxsdk.core.Credentials;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Digest authentication as the web server of Asterisk asks for it (RFC 7616, MD5 with {@code
 * qop=auth}).
 *
 * <p>The server counts the uses of a nonce and refuses one that does not rise, so that requests with
 * one nonce go out one after the other.
 */
final class HttpDigest {

    private static final Pattern PARAMETER =
            Pattern.compile("([A-Za-z]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s,]+))");

    private final Credentials credentials;
    private final Map<String, String> challenge;
    private int uses;

    private HttpDigest(Credentials credentials, Map<String, String> challenge) {
        this.credentials = credentials;
        this.challenge = challenge;
    }

    /** Returns what answers a challenge, if it is one that can be answered. */
    static Optional<HttpDigest> answering(String challenge, Credentials credentials) {
        Map<String, String> parameters = new HashMap<>();
        Matcher matcher = PARAMETER.matcher(challenge);
        while (matcher.find()) {
            String value = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
            parameters.put(matcher.group(1).toLowerCase(Locale.ROOT), value);
        }
        boolean isDigest = challenge.regionMatches(true, 0, "Digest", 0, 6);
        boolean isMd5 = parameters.getOrDefault("algorithm", "MD5").equalsIgnoreCase("MD5");
        return isDigest && isMd5 && parameters.containsKey("nonce")
                ? Optional.of(new HttpDigest(credentials, parameters))
                : Optional.empty();
    }

    /** Tells whether the nonce was used, so that a refusal may be for its age. */
    boolean wasUsedBefore() {
        return uses > 1;
    }

    /** Returns the header for the next request. */
    String authorization(String method, String target) {
        uses++;
        String count = String.format(Locale.ROOT, "%08x", uses);
        String own = Long.toHexString(ThreadLocalRandom.current().nextLong());
        String realm = challenge.getOrDefault("realm", "");
        String nonce = challenge.getOrDefault("nonce", "");
        String who = md5(credentials.user() + ":" + realm + ":" + credentials.secret());
        String what = md5(method + ":" + target);
        String response = md5(String.join(":", who, nonce, count, own, "auth", what));
        return "Digest username=\""
                + escaped(credentials.user())
                + ("\", realm=\"" + realm + "\", nonce=\"" + nonce + "\", uri=\"" + target + "\"")
                + (", algorithm=MD5, qop=auth, nc=" + count + ", cnonce=\"" + own + "\"")
                + (", response=\"" + response + "\"" + opaque());
    }

    private String opaque() {
        String opaque = challenge.get("opaque");
        return opaque == null ? "" : ", opaque=\"" + opaque + "\"";
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private static String md5(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no MD5, which AMI over HTTP needs", e);
        }
    }
}
