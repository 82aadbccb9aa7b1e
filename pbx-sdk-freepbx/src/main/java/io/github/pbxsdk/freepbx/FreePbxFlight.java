package io.github.pbxsdk.freepbx;

import io.github.pbxsdk.core.http.HttpRequest;
import io.github.pbxsdk.core.http.HttpResponse;
import io.github.pbxsdk.core.internal.flight.FlightTap;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Writes down what goes over the wire: of the API requests and answers, of the web interface only
 * their heads, since its pages show secrets in any form.
 */
final class FreePbxFlight {

    private static final int LONGEST = 64 * 1024;

    /** An advanced setting has its name in another member, and can be the password of AMI. */
    private static final Pattern SETTING =
            Pattern.compile("(\\\\?\"value\\\\?\"\\s*:\\s*)\\\\?\"(?:[^\"\\\\]|\\\\.)*\"");

    /** A secret that stands in the text of a query, and not in its variables. */
    private static final Pattern INLINE =
            Pattern.compile("(?i)(\\w*(?:password|secret)\\w*\\s*:\\s*)\\\\\"(?:[^\"\\\\])*\\\\\"");

    private final FlightTap tap;

    FreePbxFlight(FlightTap tap) {
        this.tap = tap;
    }

    void sent(HttpRequest request) {
        if (tap.isOn()) {
            tap.sent(head(request) + safe(body(request)));
        }
    }

    void sentHead(HttpRequest request) {
        if (tap.isOn()) {
            tap.sent(head(request));
        }
    }

    void received(FreePbxHttp.Answer answer) {
        if (tap.isOn()) {
            tap.received(head(answer.status(), answer.contentType()) + safe(answer.text()));
        }
    }

    void receivedHead(HttpResponse response) {
        if (tap.isOn()) {
            String type = response.headers().find("Content-Type").orElse("");
            tap.received(head(response.status(), type));
        }
    }

    private static String head(HttpRequest request) {
        String path = request.url().replaceFirst("^[a-z]+://[^/]*", "");
        return request.method() + " " + path + " HTTP/1.1\r\n\r\n";
    }

    private static String head(int status, String contentType) {
        return "HTTP/1.1 " + status + "\r\nContent-Type: " + contentType + "\r\n\r\n";
    }

    private static String body(HttpRequest request) {
        try (InputStream body = request.body().open()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "(" + e + ")";
        }
    }

    private static String safe(String body) {
        if (body.length() > LONGEST) {
            return "(" + body.length() + " characters left out)";
        }
        String settings = SETTING.matcher(body).replaceAll("$1\"***\"");
        String inline = INLINE.matcher(settings).replaceAll("$1***");
        return Answers.withoutManagerSecret(inline);
    }
}
