package io.github.pbxsdk.sms.internal.webhook;

import io.github.pbxsdk.core.RawFields;
import io.github.pbxsdk.sms.webhook.WebhookRequest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Twilio's signature: over the URL and, of a form, its parameters. */
public final class TwilioSignature {

    private static final Pattern ORIGIN = Pattern.compile("^(https?)://([^/?#:]+)(:\\d+)?(.*)$");

    private final List<String> tokens;

    /** Creates a verifier that knows several tokens, for rotation. */
    public TwilioSignature(List<String> tokens) {
        this.tokens = List.copyOf(tokens);
    }

    /** Tells whether a signature fits, with the default port written out or left out. */
    public boolean accepts(WebhookRequest request, String signature) {
        String hash = bodyHash(request);
        if (!hash.isEmpty()
                && !Signatures.same(Signatures.hex(Signatures.sha256(request.body())), hash)) {
            return false;
        }
        String parameters = hash.isEmpty() ? parameters(request) : "";
        boolean found = false;
        for (String url : spellings(withoutFragment(request.url())).toList()) {
            found |= Signatures.anySame(tokens, token -> sign(token, url + parameters), signature);
        }
        return found;
    }

    private static String sign(String token, String text) {
        return Signatures.base64(
                Signatures.hmac("HmacSHA1", Signatures.utf8(token), Signatures.utf8(text)));
    }

    private static String bodyHash(WebhookRequest request) {
        return request.query().find("bodySHA256").orElse("");
    }

    private static String parameters(WebhookRequest request) {
        if (!request.method().equals("POST")) {
            return "";
        }
        Map<String, TreeSet<String>> sorted = new TreeMap<>();
        for (RawFields.Field field : request.form().list()) {
            sorted.computeIfAbsent(field.name(), name -> new TreeSet<>()).add(field.value());
        }
        StringBuilder text = new StringBuilder();
        sorted.forEach((name, values) -> values.forEach(value -> text.append(name).append(value)));
        return text.toString();
    }

    private static String withoutFragment(String url) {
        int mark = url.indexOf('#');
        return mark < 0 ? url : url.substring(0, mark);
    }

    private static Stream<String> spellings(String url) {
        Matcher parts = ORIGIN.matcher(url);
        if (!parts.matches()) {
            return Stream.of(url);
        }
        String port = parts.group(1).equals("https") ? ":443" : ":80";
        String start = parts.group(1) + "://" + parts.group(2);
        if (parts.group(3) == null) {
            return Stream.of(url, start + port + parts.group(4));
        }
        return parts.group(3).equals(port)
                ? Stream.of(url, start + parts.group(4))
                : Stream.of(url);
    }
}
