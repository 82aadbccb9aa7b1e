package io.github.pbxsdk.sms.webhook;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.RawFields;
import io.github.pbxsdk.sms.internal.json.JsonObject;
import io.github.pbxsdk.sms.internal.webhook.Signatures;
import io.github.pbxsdk.sms.internal.webhook.TwilioSignature;
import io.github.pbxsdk.sms.internal.webhook.VonageSignature;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * The signature schemes of providers.
 *
 * <p>Each takes several secrets, so that one can be replaced without losing a call. Comparisons
 * take constant time; the algorithm comes from here, never from the request. A signed time may be
 * off by five minutes.
 */
public final class WebhookVerifiers {

    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private WebhookVerifiers() {}

    /** Returns the scheme of Twilio, over forms and over JSON with {@code bodySHA256}. */
    public static WebhookVerifier twilio(String authToken, String... otherTokens) {
        TwilioSignature scheme = new TwilioSignature(all(authToken, otherTokens));
        return guarded(
                (request, now) ->
                        header(request, "X-Twilio-Signature")
                                .map(signature -> scheme.accepts(request, signature))
                                .orElse(false));
    }

    /** Returns the schemes of SignalWire: its own over the body, and that of Twilio. */
    public static WebhookVerifier signalWire(String signingKey, String... otherKeys) {
        List<String> keys = all(signingKey, otherKeys);
        TwilioSignature compatible = new TwilioSignature(keys);
        WebhookVerifier own =
                (request, now) ->
                        header(request, "X-SignalWire-Signature")
                                .map(
                                        signature ->
                                                Signatures.anySame(
                                                                keys,
                                                                key -> signalWire(key, request),
                                                                signature)
                                                        || compatible.accepts(request, signature))
                                .orElse(false);
        return guarded(own).or(twilio(signingKey, otherKeys));
    }

    private static String signalWire(String key, WebhookRequest request) {
        byte[] content = Signatures.joined(Signatures.utf8(request.url()), request.body());
        return Signatures.hex(Signatures.hmac("HmacSHA1", Signatures.utf8(key), content));
    }

    /** Returns the scheme of Telnyx. */
    public static WebhookVerifier telnyx(String publicKey, String... otherKeys) {
        List<PublicKey> keys = all(publicKey, otherKeys).stream().map(Signatures::ed25519).toList();
        return guarded(
                (request, now) -> {
                    String time = header(request, "telnyx-timestamp").orElse("");
                    byte[] content = Signatures.joined(Signatures.utf8(time + "|"), request.body());
                    return isNear(time, now)
                            && isSignedByOne(
                                    "Ed25519",
                                    keys,
                                    content,
                                    decoded(request, "telnyx-signature-ed25519"));
                });
    }

    /**
     * Returns the scheme of MessageMedia.
     *
     * @param digest what the key was made for: {@code SHA224}, {@code SHA256} or {@code SHA512}
     * @param publicKey as the API gave it
     */
    public static WebhookVerifier messageMedia(
            String digest, String publicKey, String... otherKeys) {
        if (!List.of("SHA224", "SHA256", "SHA512").contains(digest)) {
            throw new IllegalArgumentException("SHA224, SHA256 or SHA512, not " + digest);
        }
        List<PublicKey> keys = all(publicKey, otherKeys).stream().map(Signatures::rsa).toList();
        return guarded(
                (request, now) -> {
                    String line = request.method() + " " + target(request.url()) + " HTTP/1.1";
                    String date = header(request, "Date").orElse("");
                    byte[] content =
                            Signatures.joined(Signatures.utf8(line + date), request.body());
                    return isSignedByOne(
                            digest + "withRSA",
                            keys,
                            content,
                            decoded(request, "X-MessageMedia-Signature"));
                });
    }

    private static String target(String url) {
        return url.replaceFirst("^https?://[^/?]+", "");
    }

    /** Returns the scheme of Sinch. */
    public static WebhookVerifier sinch(String secret, String... otherSecrets) {
        List<String> secrets = all(secret, otherSecrets);
        return guarded(
                (request, now) -> {
                    String nonce = header(request, "x-sinch-webhook-signature-nonce").orElse("");
                    String time = header(request, "x-sinch-webhook-signature-timestamp").orElse("");
                    byte[] content =
                            Signatures.joined(
                                    request.body(), Signatures.utf8("." + nonce + "." + time));
                    return isNear(time, now)
                            && Signatures.anySame(
                                    secrets,
                                    key -> base64Sha256(Signatures.utf8(key), content),
                                    header(request, "x-sinch-webhook-signature").orElse(""));
                });
    }

    /**
     * Returns the scheme of Vonage, for its GET, form and JSON alike.
     *
     * @param method the one that the account is set to: {@code md5hash}, {@code md5}, {@code sha1},
     *     {@code sha256} or {@code sha512}
     * @throws IllegalArgumentException if the method is another one
     */
    public static WebhookVerifier vonage(String method, String secret, String... otherSecrets) {
        VonageSignature scheme = new VonageSignature(method);
        List<String> secrets = all(secret, otherSecrets);
        return guarded(
                (request, now) -> {
                    RawFields given = vonageParameters(request);
                    String signature = given.find(VonageSignature.PARAMETER).orElse("");
                    return isNear(given.find("timestamp").orElse(""), now)
                            && Signatures.anySame(
                                    secrets,
                                    key -> scheme.of(given, key),
                                    signature.toLowerCase(Locale.ROOT));
                });
    }

    private static RawFields vonageParameters(WebhookRequest request) {
        if (request.method().equals("GET")) {
            return request.query();
        }
        return request.bodyText().startsWith("{")
                ? JsonObject.parse(request.bodyText()).raw()
                : request.form();
    }

    /** Returns the scheme of Standard Webhooks, whose secrets begin with {@code whsec_}. */
    public static WebhookVerifier standardWebhooks(String secret, String... otherSecrets) {
        List<byte[]> keys =
                all(secret, otherSecrets).stream().map(WebhookVerifiers::whsec).toList();
        return guarded(
                (request, now) -> {
                    String time = header(request, "webhook-timestamp").orElse("");
                    String head = header(request, "webhook-id").orElse("") + "." + time + ".";
                    byte[] content = Signatures.joined(Signatures.utf8(head), request.body());
                    boolean found = false;
                    for (String given :
                            header(request, "webhook-signature").orElse("").split(" ", -1)) {
                        for (byte[] key : keys) {
                            found |= Signatures.same("v1," + base64Sha256(key, content), given);
                        }
                    }
                    return found && isNear(time, now);
                });
    }

    private static byte[] whsec(String secret) {
        return Signatures.decoded(secret.replaceFirst("^whsec_", ""))
                .orElseThrow(() -> new IllegalArgumentException("a secret is whsec_ and base64"));
    }

    private static String base64Sha256(byte[] key, byte[] content) {
        return Signatures.base64(Signatures.hmac("HmacSHA256", key, content));
    }

    /**
     * Returns the scheme of bridges in front of FreePBX: {@code x-freepbx-signature} holds the
     * HMAC-SHA256 of the body in hexadecimal.
     */
    public static WebhookVerifier freePbxBridge(String secret, String... otherSecrets) {
        List<String> secrets = all(secret, otherSecrets);
        return guarded(
                (request, now) ->
                        Signatures.anySame(
                                secrets,
                                key ->
                                        Signatures.hex(
                                                Signatures.hmac(
                                                        "HmacSHA256",
                                                        Signatures.utf8(key),
                                                        request.body())),
                                header(request, "x-freepbx-signature")
                                        .orElse("")
                                        .replaceFirst("^sha256=", "")));
    }

    /** Returns a secret that the provider was told to send in a header. */
    public static WebhookVerifier secretInHeader(String name, String secret, String... others) {
        return shared(all(secret, others), request -> header(request, name));
    }

    /**
     * Returns a secret in the query of the URL, for providers that can do nothing better.
     *
     * <p>Keep queries out of the logs of proxies then.
     */
    public static WebhookVerifier secretInQuery(String name, String secret, String... others) {
        return shared(all(secret, others), request -> request.query().find(name));
    }

    /** Returns user and password, as Basic authentication. */
    public static WebhookVerifier basic(Credentials credentials) {
        byte[] pair = Signatures.utf8(credentials.user() + ":" + credentials.secret());
        String expected = "Basic " + Signatures.base64(pair);
        return shared(List.of(expected), request -> header(request, "Authorization"));
    }

    private static WebhookVerifier shared(
            List<String> secrets, Function<WebhookRequest, Optional<String>> place) {
        return guarded(
                (request, now) ->
                        Signatures.anySame(
                                secrets, secret -> secret, place.apply(request).orElse("")));
    }

    private static Optional<String> header(WebhookRequest request, String name) {
        return request.headers().find(name).map(String::strip);
    }

    private static byte[] decoded(WebhookRequest request, String name) {
        return header(request, name).flatMap(Signatures::decoded).orElse(new byte[0]);
    }

    private static boolean isSignedByOne(
            String algorithm, List<PublicKey> keys, byte[] content, byte[] signature) {
        boolean found = false;
        for (PublicKey key : keys) {
            found |= Signatures.isSigned(algorithm, key, content, signature);
        }
        return found;
    }

    private static boolean isNear(String seconds, Instant now) {
        return seconds.matches("\\d{1,12}")
                && Duration.between(Instant.ofEpochSecond(Long.parseLong(seconds)), now)
                                .abs()
                                .compareTo(TOLERANCE)
                        <= 0;
    }

    /** What can't even be read is not genuine. */
    private static WebhookVerifier guarded(WebhookVerifier scheme) {
        return (request, now) -> {
            try {
                return scheme.accepts(request, now);
            } catch (IllegalArgumentException e) {
                // A broken form or query: whoever signed it would not have sent it.
                return false;
            }
        };
    }

    private static List<String> all(String first, String... others) {
        List<String> all = new ArrayList<>(List.of(others));
        all.add(0, first);
        if (all.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("a secret must not be blank");
        }
        return List.copyOf(all);
    }
}
