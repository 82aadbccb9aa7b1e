package io.github.pbxsdk.sms.internal.webhook;

import io.github.pbxsdk.core.RawFields;
import io.github.pbxsdk.core.RawFields.Field;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;

/** The signature of Vonage, over the parameters in the order of their names. */
public final class VonageSignature {

    /** The parameter that holds it. */
    public static final String PARAMETER = "sig";

    private final String method;

    /**
     * Creates the scheme.
     *
     * @param method {@code md5hash}, {@code md5}, {@code sha1}, {@code sha256} or {@code sha512}
     * @throws IllegalArgumentException if it is another one
     */
    public VonageSignature(String method) {
        if (!method.matches("md5hash|md5|sha1|sha256|sha512")) {
            throw new IllegalArgumentException(
                    "the method is md5hash, md5, sha1, sha256 or sha512, not " + method);
        }
        this.method = method;
    }

    /** Returns the signature in lower-case hexadecimal. */
    public String of(RawFields parameters, String secret) {
        String signed = signed(parameters);
        byte[] digest =
                method.equals("md5hash")
                        ? Signatures.md5(Signatures.utf8(signed + secret))
                        : Signatures.hmac(
                                "Hmac" + method.toUpperCase(Locale.ROOT),
                                Signatures.utf8(secret),
                                Signatures.utf8(signed));
        return Signatures.hex(digest);
    }

    private static String signed(RawFields parameters) {
        return parameters.list().stream()
                .filter(field -> !field.name().equals(PARAMETER))
                .sorted(Comparator.comparing(Field::name))
                .map(field -> "&" + field.name() + "=" + field.value().replaceAll("[&=]", "_"))
                .collect(Collectors.joining());
    }
}
