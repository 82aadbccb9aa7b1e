package io.github.pbxsdk.core.security;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A key of a {@link SecretVault}: 32 random bytes under an id.
 *
 * <p>The id stands in every text that is sealed with the key. Give each new key a new one, such as
 * the year and month it was made. {@code openssl rand -base64 32} makes the bytes, as does {@link
 * #random}.
 *
 * <p>Immutable; never prints.
 */
public final class VaultKey {

    private static final int BYTES = 32;

    /** A key takes 64 characters at most; the rest is room for blanks and line ends. */
    private static final int FILE_LIMIT = 1024;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern HEX = Pattern.compile("[0-9A-Fa-f]{64}");

    private static final String HOW_TO =
            "32 random bytes as Base64 or hex, such as openssl rand -base64 32 prints";

    private static final Logger log = LoggerFactory.getLogger(VaultKey.class);

    private final String id;
    private final byte[] bytes;

    private VaultKey(String id, byte[] bytes) {
        this.id = id;
        this.bytes = bytes;
    }

    /**
     * Returns a key made of 32 bytes, which are copied.
     *
     * @throws IllegalArgumentException if the id is not 1 to 64 letters, digits, {@code -} or
     *     {@code _}, or if there are not exactly 32 bytes
     */
    public static VaultKey of(String id, byte[] bytes) {
        requireId(id);
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException(
                    "key " + id + " has " + bytes.length + " bytes; it needs " + BYTES);
        }
        return new VaultKey(id, bytes.clone());
    }

    /**
     * Returns a key written as Base64 (either alphabet) or hex; blanks around it are ignored.
     *
     * @throws IllegalArgumentException if the id or the text is not as it should be
     */
    public static VaultKey parse(String id, String text) {
        return parse(id, text, "the text of key " + id);
    }

    /**
     * Returns the key in an environment variable.
     *
     * @throws IllegalArgumentException if the variable is not set or holds something else
     */
    public static VaultKey fromEnvironment(String id, String variable) {
        return fromEnvironment(id, variable, System::getenv);
    }

    static VaultKey fromEnvironment(
            String id, String variable, UnaryOperator<@Nullable String> environment) {
        String text = environment.apply(variable);
        if (text == null) {
            throw new IllegalArgumentException(
                    "key "
                            + (id + " is missing: set the environment variable " + variable)
                            + (" to " + HOW_TO));
        }
        return parse(id, text, "the environment variable " + variable + " of key " + id);
    }

    /**
     * Returns the key in a file.
     *
     * <p>A file that every user of the machine can read or write is accepted, because containers
     * mount secrets that way, and warned about in the log.
     *
     * @throws IllegalArgumentException if the file cannot be read or holds something else
     */
    public static VaultKey fromFile(String id, Path file) {
        String text;
        try (InputStream in = Files.newInputStream(file)) {
            text = new String(in.readNBytes(FILE_LIMIT), StandardCharsets.ISO_8859_1);
            warnIfOpenToAll(id, file);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "key " + id + " cannot be read from the file " + file + ": " + e, e);
        }
        return parse(id, text, "the file " + file + " of key " + id);
    }

    /** Returns a new key of random bytes; keep its {@link #encoded()} text in a safe place. */
    public static VaultKey random(String id) {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return of(id, bytes);
    }

    private static VaultKey parse(String id, String text, String place) {
        byte[] bytes = decode(text.strip());
        if (bytes == null || bytes.length != BYTES) {
            throw new IllegalArgumentException(place + " does not hold a key: put in " + HOW_TO);
        }
        return of(id, bytes);
    }

    private static byte @Nullable [] decode(String text) {
        if (HEX.matcher(text).matches()) {
            return HexFormat.of().parseHex(text);
        }
        try {
            return Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
        } catch (IllegalArgumentException e) {
            // The decoder's message quotes what it met, which is part of a key: not kept.
            return null;
        }
    }

    private static void warnIfOpenToAll(String id, Path file) throws IOException {
        if (!Files.getFileStore(file).supportsFileAttributeView("posix")) {
            return;
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        if (permissions.contains(PosixFilePermission.OTHERS_READ)
                || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
            log.warn("every user can get at the file {} of key {}: chmod 600 it", file, id);
        }
    }

    static void requireId(String id) {
        if (!isId(id)) {
            throw new IllegalArgumentException(
                    "the id of a key is 1 to 64 letters, digits, - or _, not \"" + id + "\"");
        }
    }

    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /** Returns the id, which is no secret. */
    public String id() {
        return id;
    }

    /** Returns the bytes as Base64, to be kept in a safe place: who has them opens everything. */
    public String encoded() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    SecretKey as(String algorithm) {
        return new SecretKeySpec(bytes, algorithm);
    }

    @Override
    public String toString() {
        return "VaultKey[" + id + ", bytes not shown]";
    }
}
