package io.github.pbxsdk.sms.internal.http;

import io.github.pbxsdk.core.RawFields;
import io.github.pbxsdk.core.http.HttpBody;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;

/** A form, as browsers encode it, in UTF-8. */
public final class Form {

    private final StringJoiner pairs = new StringJoiner("&");

    /** Adds a parameter. */
    public Form add(String name, String value) {
        pairs.add(encoded(name) + "=" + encoded(value));
        return this;
    }

    /** Returns the form as the body of a POST. */
    public HttpBody body() {
        return HttpBody.text(pairs.toString(), "application/x-www-form-urlencoded");
    }

    /** Returns the form as a query, without the question mark. */
    public String query() {
        return pairs.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /**
     * Reads a form in its order; names may repeat and values be empty.
     *
     * @throws IllegalArgumentException if it is not one
     */
    public static RawFields parse(String form) {
        RawFields.Builder fields = RawFields.builder();
        for (String pair : form.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                fields.add(decoded(name), equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
        }
        return fields.build();
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
