package io.github.pbxsdk.testing.sip;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Challenges and checks as Asterisk does. */
final class SipDigest {

    static final String REALM = "asterisk";
    private static final long NONCE_LIFE_SECONDS = 32;

    private final String salt = UUID.randomUUID().toString();

    /** What became of credentials. */
    enum Verdict {
        ACCEPTED,
        STALE,
        REFUSED
    }

    /**
     * Checks credentials. Whoever knows the secret and answers a nonce that is unknown or too old
     * is told that it is stale. The URI is not compared, and no count of uses is kept.
     */
    Verdict check(SipMessage request, @Nullable SipExtension extension, Instant now) {
        List<String> headers = request.all("Authorization");
        if (headers.isEmpty() || extension == null) {
            return Verdict.REFUSED;
        }
        Map<String, String> pairs = SipHeaders.pairs(headers.get(0));
        if (!isRight(pairs, request.method(), extension)) {
            return Verdict.REFUSED;
        }
        return isFresh(pairs.getOrDefault("nonce", ""), now) ? Verdict.ACCEPTED : Verdict.STALE;
    }

    private static boolean isRight(
            Map<String, String> pairs, String method, SipExtension extension) {
        String algorithm = pairs.getOrDefault("algorithm", "MD5");
        if (extension.algorithms().stream().noneMatch(algorithm::equalsIgnoreCase)
                || !REALM.equals(pairs.get("realm"))
                || !extension.number().equals(pairs.get("username"))) {
            return false;
        }
        String who = hash(algorithm, extension.number() + ":" + REALM + ":" + extension.secret());
        String what = hash(algorithm, method + ":" + pairs.get("uri"));
        String between =
                pairs.containsKey("qop")
                        ? String.join(
                                ":",
                                pairs.get("nonce"),
                                pairs.get("nc"),
                                pairs.get("cnonce"),
                                pairs.get("qop"))
                        : pairs.get("nonce");
        String expected = hash(algorithm, who + ":" + between + ":" + what);
        return expected.equals(pairs.get("response"));
    }

    private boolean isFresh(String nonce, Instant now) {
        int slash = nonce.indexOf('/');
        String seconds = slash < 0 ? "" : nonce.substring(0, slash);
        return seconds.matches("\\d{1,12}")
                && nonce(Long.parseLong(seconds)).equals(nonce)
                && now.getEpochSecond() - Long.parseLong(seconds) <= NONCE_LIFE_SECONDS;
    }

    /** Returns the nonce of a second, the same for everybody. */
    private String nonce(long seconds) {
        return seconds + "/" + hash("MD5", seconds + ":" + salt);
    }

    /** Returns a challenge. */
    String challenge(String realm, String algorithm, boolean stale, Instant now) {
        String opaque = UUID.randomUUID().toString().replace("-", "").substring(0, 16);
        return ("Digest realm=\"" + realm + "\",nonce=\"" + nonce(now.getEpochSecond()))
                + ("\",opaque=\"" + opaque + "\"," + (stale ? "stale=true," : ""))
                + ("algorithm=" + algorithm + ",qop=\"auth\"");
    }

    static String hash(String algorithm, String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            byte[] octets = digest.digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(octets);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalArgumentException("this Java has no " + algorithm, e);
        }
    }
}
