package io.github.pbxsdk.testing.sms;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** A request that a provider makes. */
record Outgoing(String method, String url, Map<String, String> headers, String body) {

    private static final String CONTENT_TYPE = "Content-Type";

    Outgoing {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /** A GET with parameters behind those that the URL has. */
    static Outgoing get(String hook, Map<String, String> parameters) {
        String mark = hook.contains("?") ? "&" : "?";
        return new Outgoing("GET", hook + mark + encoded(parameters), Map.of(), "");
    }

    static Outgoing form(String hook, Map<String, String> fields) {
        return post(hook, "application/x-www-form-urlencoded", encoded(fields));
    }

    static Outgoing json(String hook, String json) {
        return post(hook, "application/json", json);
    }

    private static Outgoing post(String hook, String contentType, String body) {
        return new Outgoing("POST", hook, Map.of(CONTENT_TYPE, contentType), body);
    }

    private static String encoded(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    String contentType() {
        return headers.getOrDefault(CONTENT_TYPE, "");
    }

    /** Path and query, as the first line of the request has them. */
    String target() {
        URI uri = URI.create(url);
        return uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
    }

    Outgoing with(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putAll(more);
        return new Outgoing(method, url, all, body);
    }

    Outgoing withUrl(String other) {
        return new Outgoing(method, other, headers, body);
    }

    /** The same with something else in its body, which can be read as before. */
    Outgoing changed() {
        String other =
                body.startsWith("{")
                        ? "{\"changed\":true," + body.substring(1)
                        : body + "&Changed=true";
        return new Outgoing(method, url, headers, other);
    }
}
