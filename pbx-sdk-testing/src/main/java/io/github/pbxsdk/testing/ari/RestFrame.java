package io.github.pbxsdk.testing.ari;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A request that came over an event socket: an object of texts. */
record RestFrame(Map<String, String> members) {

    private static final Pattern MEMBER =
            Pattern.compile("\"([a-z_]+)\"\\s*:\\s*\"((?:[^\"\\\\]++|\\\\.)*+)\"", Pattern.DOTALL);

    /** Reads a frame; empty if it is no request. */
    static Optional<RestFrame> read(String text) {
        Map<String, String> members = new HashMap<>();
        Matcher member = MEMBER.matcher(text);
        while (member.find()) {
            members.put(member.group(1), plain(member.group(2)));
        }
        return "RESTRequest".equals(members.get("type"))
                ? Optional.of(new RestFrame(members))
                : Optional.empty();
    }

    private static String plain(String quoted) {
        StringBuilder plain = new StringBuilder(quoted.length());
        int at = 0;
        while (at < quoted.length()) {
            char c = quoted.charAt(at++);
            if (c != '\\') {
                plain.append(c);
                continue;
            }
            char kind = quoted.charAt(at++);
            switch (kind) {
                case 'n' -> plain.append('\n');
                case 'r' -> plain.append('\r');
                case 't' -> plain.append('\t');
                case 'b' -> plain.append('\b');
                case 'f' -> plain.append('\f');
                case 'u' -> {
                    plain.append((char) Integer.parseInt(quoted.substring(at, at + 4), 16));
                    at += 4;
                }
                default -> plain.append(kind);
            }
        }
        return plain.toString();
    }

    String text(String name) {
        return members.getOrDefault(name, "");
    }

    /** Returns the frame that answers this one; files are handed out over HTTP only. */
    String answer(AriReply reply) {
        if (reply.status() == 200 && !reply.contentType().equals("application/json")) {
            return answer(406, "Not Acceptable.  Use HTTP GET", "");
        }
        String body = new String(reply.body(), StandardCharsets.UTF_8);
        return answer(reply.status(), "X", body);
    }

    private String answer(int status, String reason, String body) {
        return "{\"type\":\"RESTResponse\",\"transaction_id\":\"\",\"request_id\":\"%s\",\"status_code\":%d,"
                        .formatted(text("request_id"), status)
                + "\"reason_phrase\":\"%s\",\"uri\":%s%s}"
                        .formatted(
                                reason,
                                quoted(text("uri")),
                                body.isEmpty()
                                        ? ""
                                        : ",\"content_type\":\"application/json\",\"message_body\":"
                                                + quoted(body));
    }

    private static String quoted(String text) {
        return "\""
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                + "\"";
    }
}
