package io.github.pbxsdk.core.internal.redact;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Knows by its name what is secret: of a header, a field, a parameter, a setting. */
public final class SecretNames {

    private static final List<String> PARTS =
            List.of(
                    "password",
                    "passwd",
                    "passphrase",
                    "secret",
                    "token",
                    "authorization",
                    "cookie",
                    "credential",
                    "apikey",
                    "accesskey",
                    "privatekey",
                    "authkey",
                    "assertion",
                    "sessid",
                    "mansessionid",
                    "md5cred",
                    "pwd");

    /** Names that hold such a part and say something about a secret instead of telling it. */
    private static final Set<String> HARMLESS =
            Set.of(
                    "usingpassword",
                    "passwordformat",
                    "tokentype",
                    "secretsize",
                    "sipsecretsize",
                    "accesscontrolallowcredentials");

    private static final Pattern PIN = Pattern.compile("(?:.*[_.-])?(?:pin|PIN|Pin)|.*[a-z]Pin");
    private static final Pattern SEPARATORS = Pattern.compile("[_.-]");

    private SecretNames() {}

    /** Tells whether what goes by this name must not be seen. */
    public static boolean isSecret(String name) {
        String plain = SEPARATORS.matcher(name).replaceAll("").toLowerCase(Locale.ROOT);
        if (HARMLESS.contains(plain)) {
            return false;
        }
        return plain.endsWith("pass")
                || PARTS.stream().anyMatch(plain::contains)
                || PIN.matcher(name).matches();
    }
}
