package io.github.pbxsdk.core.security;

import io.github.pbxsdk.core.security.SecretVaultException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Gives what a sealed stream holds. */
final class OpeningStream extends ChunkStream {

    private static final int HEADER_LIMIT = 256;
    private static final int SEALED_BYTES = SealedStreams.CHUNK_BYTES + SealedStreams.TAG_BYTES;

    private static final Pattern HEADER = Pattern.compile("pbxs([1-9][0-9]{0,3})\\.(.*)");
    private static final Pattern VERSION_1 = Pattern.compile("([^.]*)\\.([A-Za-z0-9_-]{43})");

    private final Function<String, VaultKey> keys;
    private final SecretField field;

    private @Nullable SealedStreams chunks;
    private String keyId = "";
    private byte @Nullable [] ahead;
    private boolean isDone;

    OpeningStream(Function<String, VaultKey> keys, SecretField field, InputStream sealed) {
        super(sealed);
        this.keys = keys;
        this.field = field;
    }

    @Override
    byte @Nullable [] nextChunk(InputStream sealed) throws IOException {
        if (isDone) {
            return null;
        }
        try {
            if (chunks == null) {
                chunks = readHeader(sealed);
            }
            byte[] plain = openNext(chunks, sealed);
            // Only the last chunk can be empty: that of an empty stream.
            return plain.length == 0 ? null : plain;
        } catch (SecretVaultException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private byte[] openNext(SealedStreams opener, InputStream sealed) throws IOException {
        byte[] current = ahead != null ? ahead : sealed.readNBytes(SEALED_BYTES);
        ahead = current.length < SEALED_BYTES ? new byte[0] : sealed.readNBytes(SEALED_BYTES);
        isDone = ahead.length == 0;
        if (current.length < SealedStreams.TAG_BYTES) {
            throw cutOff();
        }
        try {
            return opener.next(current, isDone);
        } catch (GeneralSecurityException e) {
            throw explain(opener, current, e);
        }
    }

    private SecretVaultException explain(
            SealedStreams opener, byte[] current, GeneralSecurityException failure) {
        if (isDone && opener.isFollowedByMore(current)) {
            return cutOff();
        }
        if (opener.isAtStart()) {
            return SealedPlace.damagedOrMoved(field, keyId, failure);
        }
        return new SecretVaultException(
                Kind.DAMAGED_OR_MOVED,
                field + " was changed or cut off; what came before this place is in order",
                failure);
    }

    private SecretVaultException cutOff() {
        return new SecretVaultException(
                Kind.CUT_OFF, "the end of the sealed stream of " + field + " is missing", null);
    }

    private SealedStreams readHeader(InputStream sealed) throws IOException {
        Matcher header = HEADER.matcher(readLine(sealed));
        if (!header.matches()) {
            throw notSealed();
        }
        if (!header.group(1).equals("1")) {
            throw new SecretVaultException(
                    Kind.NEWER_FORMAT,
                    field
                            + (" is a stream sealed in format pbxs" + header.group(1))
                            + "; this version of pbx-sdk reads pbxs1: update it",
                    null);
        }
        Matcher version1 = VERSION_1.matcher(header.group(2));
        if (!version1.matches() || !VaultKey.isId(version1.group(1))) {
            throw notSealed();
        }
        keyId = version1.group(1);
        byte[] salt = Base64.getUrlDecoder().decode(version1.group(2));
        return SealedStreams.opening(keys.apply(keyId), field, salt);
    }

    private SecretVaultException notSealed() {
        return new SecretVaultException(
                Kind.NOT_SEALED,
                field + " does not hold a sealed stream, which begins with pbxs1.",
                null);
    }

    private static String readLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            if (line.length() == HEADER_LIMIT) {
                return "";
            }
            line.append((char) next);
        }
        return line.toString();
    }
}
