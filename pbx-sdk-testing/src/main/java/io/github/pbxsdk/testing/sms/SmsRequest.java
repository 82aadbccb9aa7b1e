package io.github.pbxsdk.testing.sms;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request as it came over the wire. Immutable. */
public final class SmsRequest {

    private final String head;
    private final String body;

    SmsRequest(String head, String body) {
        this.head = head;
        this.body = body;
    }

    /** Returns the method. */
    public String method() {
        return requestLine()[0];
    }

    /** Returns path and query as they were sent. */
    public String target() {
        return requestLine()[1];
    }

    /** Returns the path as it was sent. */
    public String path() {
        return target().split("\\?", 2)[0];
    }

    private String[] requestLine() {
        return head.substring(0, head.indexOf("\r\n")).split(" ", 3);
    }

    /** Returns the first header with this name. */
    public Optional<String> header(String name) {
        return head.lines()
                .skip(1)
                .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst();
    }

    /** Returns the body. */
    public String body() {
        return body;
    }

    /** Returns the first value of a parameter in the form or the query. */
    public Optional<String> parameter(String name) {
        return parameters(name).stream().findFirst();
    }

    /** Returns all values of a parameter in the form or the query. */
    public List<String> parameters(String name) {
        String[] target = target().split("\\?", 2);
        String form = target.length == 2 ? target[1] + "&" + body : body;
        List<String> values = new ArrayList<>();
        for (String pair : form.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            if (parts.length == 2 && decoded(parts[0]).equals(name)) {
                values.add(decoded(parts[1]));
            }
        }
        return values;
    }

    /** Returns the fields of a form; of two with one name the last. */
    static Map<String, String> fields(String form) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String pair : form.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            fields.put(decoded(parts[0]), parts.length == 2 ? decoded(parts[1]) : "");
        }
        return fields;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // A body of JSON is no form.
            return text;
        }
    }

    @Override
    public String toString() {
        return method() + " " + path();
    }
}
