package io.github.pbxsdk.asteriskjava;

import io.github.pbxsdk.ami.AmiEventClass;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.asteriskjava.manager.AuthenticationFailedException;
import org.asteriskjava.manager.ManagerConnectionState;
import org.asteriskjava.manager.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The life of a connection: one line after the other, never two at a time. */
final class Logins {

    /** How long a login waits for listeners that deal with the event of it. */
    private static final Duration GREETING = Duration.ofSeconds(2);

    private final Function<Optional<Set<AmiEventClass>>, Line> lines;
    private final ReentrantLock lock = new ReentrantLock();

    private volatile @Nullable Line line;
    private volatile ManagerConnectionState idle = ManagerConnectionState.INITIAL;

    /**
     * Creates a life that has not begun.
     *
     * @param lines makes the line of a login, for an event mask
     */
    Logins(Function<Optional<Set<AmiEventClass>>, Line> lines) {
        this.lines = lines;
    }

    /** Connects and logs in; after a failure, whatever it is, another login may follow. */
    void login(Optional<Set<AmiEventClass>> mask)
            throws IOException, AuthenticationFailedException, TimeoutException {
        Line fresh = begin(mask);
        boolean loggedIn = false;
        try {
            fresh.login(GREETING);
            loggedIn = true;
        } finally {
            if (!loggedIn) {
                end(fresh);
            }
        }
    }

    private Line begin(Optional<Set<AmiEventClass>> mask) {
        lock.lock();
        try {
            ManagerConnectionState now = state();
            if (now != ManagerConnectionState.INITIAL
                    && now != ManagerConnectionState.DISCONNECTED) {
                throw new IllegalStateException(
                        "login() needs the state INITIAL or DISCONNECTED, not " + now);
            }
            Line before = line;
            if (before != null) {
                end(before);
            }
            Line fresh = lines.apply(mask);
            line = fresh;
            return fresh;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Ends the line.
     *
     * @throws IllegalStateException if it is neither connected nor about to be again
     */
    void logoff() {
        lock.lock();
        try {
            Line current = known();
            if (current == null) {
                throw new IllegalStateException(
                        "logoff() needs the state CONNECTED or RECONNECTING, not " + state());
            }
            end(current);
        } finally {
            lock.unlock();
        }
    }

    private void end(Line ended) {
        lock.lock();
        try {
            ended.close();
            if (line == ended) {
                idle = ManagerConnectionState.DISCONNECTED;
                line = null;
            }
        } finally {
            lock.unlock();
        }
    }

    ManagerConnectionState state() {
        Line current = line;
        return current == null ? idle : current.state();
    }

    /** Returns the line if the server behind it is known, and null before and after. */
    @Nullable Line known() {
        Line current = line;
        return current != null && current.isKnown() ? current : null;
    }

    /**
     * Returns the line, which is connected.
     *
     * @throws IllegalStateException if it is not
     */
    Line connected() {
        Line current = line;
        if (current == null || current.state() != ManagerConnectionState.CONNECTED) {
            throw new IllegalStateException("actions need the state CONNECTED, not " + state());
        }
        return current;
    }
}
