package io.github.pbxsdk.sms.conversation;

import io.github.pbxsdk.core.message.MediaItem;
import io.github.pbxsdk.core.security.SecretField;
import io.github.pbxsdk.core.security.SecretVault;
import io.github.pbxsdk.core.state.StateException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The content of a file as it lies in a database: sealed for its very place, or plain. */
final class FileContents {

    private final @Nullable SecretVault vault;
    private final String tenant;

    FileContents(@Nullable SecretVault vault, String tenant) {
        this.vault = vault;
        this.tenant = tenant;
    }

    byte[] written(long number, int place, byte[] content) {
        if (vault == null) {
            return content;
        }
        try (InputStream sealed =
                vault.sealing(field(number, place), new ByteArrayInputStream(content))) {
            return sealed.readAllBytes();
        } catch (IOException e) {
            throw new StateException("cannot seal a file: " + e.getMessage(), e, false);
        }
    }

    /** Returns what opens the content; one that was sealed needs its vault then. */
    InputStream open(long number, int place, byte[] stored) {
        return vault == null
                ? new ByteArrayInputStream(stored)
                : vault.opening(field(number, place), new ByteArrayInputStream(stored));
    }

    private SecretField field(long number, int place) {
        return SecretField.of(tenant, "message-" + number, "file-" + place);
    }

    /** Reads a file to its end. */
    static byte[] bytes(MediaItem file) {
        try (InputStream content = file.open()) {
            return content.readAllBytes();
        } catch (IOException e) {
            throw new StateException("cannot read a file: " + e.getMessage(), e, false);
        }
    }
}
