package io.github.pbxsdk.ami;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** An action as the web server of Asterisk takes it: the fields of a form. */
final class HttpForm {

    static final String CONTENT_TYPE = "application/x-www-form-urlencoded";

    /** What the web server of Asterisk 16 to 22 takes; more is answered with 413. */
    static final int MAX_BYTES = 40_960;

    private HttpForm() {}

    /**
     * Returns the form of an action.
     *
     * @throws IllegalArgumentException if it cannot be sent
     */
    static String of(AmiFields lines) {
        AmiEncoder.check(lines);
        String form =
                lines.asList().stream()
                        .map(line -> encoded(line.name()) + "=" + encoded(line.value()))
                        .collect(Collectors.joining("&"));
        if (form.length() > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "the action makes a form of "
                            + (form.length() + " bytes; over HTTP the server takes ")
                            + MAX_BYTES);
        }
        return form;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
