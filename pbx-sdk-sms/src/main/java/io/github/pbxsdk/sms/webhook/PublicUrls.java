package io.github.pbxsdk.sms.webhook;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the URL that the provider has called, which is what it signed. */
final class PublicUrls {

    private static final Pattern WHOLE = Pattern.compile("^(https?)://([^/?#]+)(.*)$");
    private static final Pattern HOST = Pattern.compile("(?i)(?:^|[;,\\s])host=\"?([^\";,]+)");
    private static final Pattern PROTO = Pattern.compile("(?i)(?:^|[;,\\s])proto=\"?(https?)");

    private final @Nullable String base;
    private final Set<String> trustedProxies;

    PublicUrls(@Nullable String base, Set<String> trustedProxies) {
        this.base = base;
        this.trustedProxies = trustedProxies;
    }

    String of(WebhookRequest request) {
        Matcher whole = WHOLE.matcher(request.url());
        boolean isWhole = whole.matches();
        String target = isWhole ? whole.group(3) : request.url();
        if (base != null) {
            return base + target;
        }
        String scheme = isWhole ? whole.group(1) : "http";
        String host = isWhole ? whole.group(2) : header(request, "Host", "localhost");
        if (request.peer().filter(trustedProxies::contains).isPresent()) {
            scheme = forwarded(request, PROTO, "X-Forwarded-Proto", scheme);
            host = forwarded(request, HOST, "X-Forwarded-Host", host);
        }
        return scheme + "://" + host + target;
    }

    private static String forwarded(
            WebhookRequest request, Pattern part, String header, String otherwise) {
        Matcher standard = part.matcher(header(request, "Forwarded", ""));
        return standard.find() ? standard.group(1) : header(request, header, otherwise);
    }

    private static String header(WebhookRequest request, String name, String otherwise) {
        return request.headers()
                .find(name)
                .map(text -> text.split(",", 2)[0].strip())
                .orElse(otherwise);
    }
}
