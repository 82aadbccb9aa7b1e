package io.github.pbxsdk.core.internal.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Function;

/** Reads PEM for a setting, so that a failure names the setting and the file. */
public final class PemFiles {

    private PemFiles() {}

    /**
     * Returns the certificates in a file.
     *
     * @throws IllegalArgumentException if it cannot be read or holds none
     */
    public static List<X509Certificate> certificates(String setting, Path file) {
        return parse(setting + ": " + file, read(setting, file), Pem::certificates);
    }

    /**
     * Returns the certificates in a text.
     *
     * @throws IllegalArgumentException if it holds none
     */
    public static List<X509Certificate> certificates(String setting, String text) {
        return parse(setting, text, Pem::certificates);
    }

    static PrivateKey privateKey(String setting, Path file) {
        return parse(setting + ": " + file, read(setting, file), Pem::privateKey);
    }

    static PrivateKey privateKey(String setting, String text) {
        return parse(setting, text, Pem::privateKey);
    }

    private static <T> T parse(String where, String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
        }
    }

    private static String read(String setting, Path file) {
        return new String(bytes(setting, file), StandardCharsets.ISO_8859_1);
    }

    static byte[] bytes(String setting, Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(setting + ": there is no file " + file, e);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    setting + ": cannot read " + file + " (" + e + ")", e);
        }
    }
}
