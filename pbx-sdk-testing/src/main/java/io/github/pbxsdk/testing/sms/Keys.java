package io.github.pbxsdk.testing.sms;

import java.security.KeyPair;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A pair of keys and another one to forge with, made when they are first needed. */
final class Keys {

    private final String algorithm;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable KeyPair own;
    private @Nullable KeyPair other;

    Keys(String algorithm) {
        this.algorithm = algorithm;
    }

    KeyPair own() {
        lock.lock();
        try {
            KeyPair made = own == null ? Signing.newKeys(algorithm) : own;
            own = made;
            return made;
        } finally {
            lock.unlock();
        }
    }

    KeyPair other() {
        lock.lock();
        try {
            KeyPair made = other == null ? Signing.newKeys(algorithm) : other;
            other = made;
            return made;
        } finally {
            lock.unlock();
        }
    }
}
