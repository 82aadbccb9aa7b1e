package io.github.pbxsdk.testing.contract;

import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;

/** Zeros without end that count how many were taken. */
final class Zeros extends InputStream {

    private final AtomicLong given;

    Zeros(AtomicLong given) {
        this.given = given;
    }

    @Override
    public int read() {
        given.incrementAndGet();
        return 0;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        given.addAndGet(length);
        return length;
    }
}
