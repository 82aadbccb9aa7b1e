package io.github.pbxsdk.testing.ari;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request that came to a {@link FakeAri}.
 *
 * @param method such as {@code GET}
 * @param path below {@code /ari}, as it came: still percent-encoded
 * @param query what follows the question mark, as it came
 * @param user who sent it, empty for nobody
 * @param body the body, empty for none
 * @param overSocket whether it came over an event socket
 */
public record AriRequest(
        String method, String path, String query, String user, String body, boolean overSocket) {

    private static final Pattern STRING = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** Checks that nothing is null. */
    public AriRequest {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(query, "query");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(body, "body");
    }

    /** Returns the parts of the path as the server reads them: split first, decoded then. */
    public List<String> parts() {
        List<String> parts = new ArrayList<>();
        for (String part : path.substring(1).split("/", -1)) {
            parts.add(decoded(part));
        }
        return parts;
    }

    /** Returns a parameter from the query or, if it is not there, from the JSON body. */
    public Optional<String> find(String name) {
        for (String pair : query.split("&", -1)) {
            if (pair.startsWith(name + "=")) {
                return Optional.of(decoded(pair.substring(name.length() + 1)));
            }
        }
        Matcher member =
                Pattern.compile(
                                "\""
                                        + Pattern.quote(name)
                                        + "\"\\s*:\\s*(\"(?:[^\"\\\\]|\\\\.)*\"|[^,}\\[]+|\\[[^\\]]*])")
                        .matcher(body);
        return member.find() ? Optional.of(plain(member.group(1))) : Optional.empty();
    }

    /** Returns a parameter that may have several values. */
    public List<String> all(String name) {
        return find(name).map(text -> List.of(text.split(",", -1))).orElse(List.of());
    }

    private static String plain(String json) {
        if (!json.startsWith("[")) {
            return json.startsWith("\"") ? json.substring(1, json.length() - 1) : json.strip();
        }
        List<String> values = new ArrayList<>();
        Matcher strings = STRING.matcher(json);
        while (strings.find()) {
            values.add(strings.group(1));
        }
        return String.join(",", values);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
