package io.github.pbxsdk.sip.internal.wire;

import java.util.Map;
import java.util.Optional;

/**
 * An address with its parameters, as in From, To and Contact.
 *
 * @param displayName the name in front, unescaped; often empty
 * @param uri the URI as the library writes it
 * @param user the user of the URI, or empty
 * @param host host and port of the URI
 * @param parameters those of the header, names in small letters
 */
public record NameAddress(
        String displayName, String uri, String user, String host, Map<String, String> parameters) {

    /** Copies the parameters. */
    public NameAddress {
        parameters = Map.copyOf(parameters);
    }

    /** Returns a parameter of the header, if it is there. */
    public Optional<String> find(String name) {
        return Optional.ofNullable(parameters.get(name));
    }
}
