package io.github.pbxsdk.testing.freepbx;

import java.util.Map;
import java.util.Optional;

/**
 * A request as it came over the wire.
 *
 * @param method in capitals
 * @param target path and query
 * @param headers those that the fake looks at, by name
 * @param body as text
 */
public record FreePbxRequest(
        String method, String target, Map<String, String> headers, String body) {

    /** Copies the headers. */
    public FreePbxRequest {
        headers = Map.copyOf(headers);
    }

    /** Returns a header. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** Tells whether it asks for this root field of GraphQL. */
    public boolean asksFor(String field) {
        return body.contains("{" + field + "(") || body.contains("{" + field + "{");
    }

    @Override
    public String toString() {
        return method + " " + target;
    }
}
