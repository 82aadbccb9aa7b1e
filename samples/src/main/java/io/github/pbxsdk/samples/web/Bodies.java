package io.github.pbxsdk.samples.web;

import java.io.IOException;
import java.io.InputStream;

/** Reads bodies, so that a stranger can't fill the memory. */
final class Bodies {

    /** What a webhook takes by default; it refuses what is longer. */
    private static final int LIMIT = 10 * 1024 * 1024;

    private Bodies() {}

    static byte[] read(InputStream body) throws IOException {
        return body.readNBytes(LIMIT + 1);
    }
}
