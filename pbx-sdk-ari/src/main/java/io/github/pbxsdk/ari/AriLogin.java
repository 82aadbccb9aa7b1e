package io.github.pbxsdk.ari;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.CredentialsProvider;
import io.github.pbxsdk.core.PbxAuthenticationException;
import io.github.pbxsdk.core.PbxException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The credentials to send requests with: asked for once, and again when they were refused, so that
 * a server which bans who tries too often sees wrong ones once.
 */
final class AriLogin {

    private final String source;
    private final CredentialsProvider provider;
    private final Consumer<Runnable> threads;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Credentials known;
    private @Nullable Credentials refused;

    /**
     * Creates a login that has asked for nothing.
     *
     * @param threads starts a thread, since the provider may block
     */
    AriLogin(String source, CredentialsProvider provider, Consumer<Runnable> threads) {
        this.source = source;
        this.provider = provider;
        this.threads = threads;
    }

    /** Returns the credentials; fails if there are none but those that were refused. */
    CompletableFuture<Credentials> credentials() {
        lock.lock();
        try {
            if (known != null) {
                return CompletableFuture.completedFuture(known);
            }
        } finally {
            lock.unlock();
        }
        CompletableFuture<Credentials> asked = new CompletableFuture<>();
        threads.accept(() -> ask(asked));
        return asked;
    }

    private void ask(CompletableFuture<Credentials> asked) {
        try {
            asked.complete(accept(provider.credentials()));
        } catch (PbxException e) {
            asked.completeExceptionally(e);
        } catch (RuntimeException e) {
            asked.completeExceptionally(
                    new PbxException(source + ": the CredentialsProvider failed: " + e, e, false));
        }
    }

    private Credentials accept(Credentials given) {
        lock.lock();
        try {
            if (given.equals(refused)) {
                throw new PbxAuthenticationException(
                        source
                                + " refused the credentials of "
                                + given.user()
                                + "; nothing is sent until there are others");
            }
            known = given;
            return given;
        } finally {
            lock.unlock();
        }
    }

    /** Notes that these work. */
    void worked(Credentials credentials) {
        lock.lock();
        try {
            known = credentials;
            refused = null;
        } finally {
            lock.unlock();
        }
    }

    /** Notes that the server does not accept these. */
    void refused(Credentials credentials) {
        lock.lock();
        try {
            refused = credentials;
            if (credentials.equals(known)) {
                known = null;
            }
        } finally {
            lock.unlock();
        }
    }
}
