package io.github.pbxsdk.recordings;

import io.github.pbxsdk.core.state.StateChange;
import io.github.pbxsdk.core.state.StateEntry;
import io.github.pbxsdk.core.state.StateException;
import io.github.pbxsdk.core.state.StateStore;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The recordings that are done, in compact form: 28 bytes for each, so that 500,000 take 14 MB.
 *
 * <p>They lie in 4,096 entries of the store, by the hash of their name. An entry is a version, one
 * byte, and then for each recording the first 8 bytes of the SHA-256 of its name and a {@link
 * Known}. Names are not kept: they hold numbers.
 */
final class KnownRecordings {

    private static final byte VERSION = 1;
    private static final int RECORD_BYTES = 8 + Known.BYTES;

    private final StateStore store;
    private final String namespace;

    KnownRecordings(StateStore store, String namespace) {
        this.store = store;
        this.namespace = namespace;
    }

    /** Returns the first bytes of a hash of a text. */
    static long hash(String text) {
        return ByteBuffer.wrap(
                        RecordingFiles.digest().digest(text.getBytes(StandardCharsets.UTF_8)))
                .getLong();
    }

    private static String bucket(long name) {
        return "%03x".formatted(name >>> 52);
    }

    Optional<Known> find(String name) {
        long hash = hash(name);
        return store.find(namespace, bucket(hash)).flatMap(entry -> find(entry.bytes(), hash));
    }

    /** Returns those of the names that are done. */
    Map<String, Known> findAll(Collection<String> names) {
        Map<String, Long> hashes = new HashMap<>();
        Set<String> buckets = new HashSet<>();
        for (String name : names) {
            long hash = hash(name);
            hashes.put(name, hash);
            buckets.add(bucket(hash));
        }
        Map<String, StateEntry> entries = store.findAll(namespace, buckets);
        Map<String, byte[]> contents = new HashMap<>();
        entries.forEach((bucket, entry) -> contents.put(bucket, entry.bytes()));
        Map<String, Known> found = new HashMap<>();
        hashes.forEach(
                (name, hash) ->
                        Optional.ofNullable(contents.get(bucket(hash)))
                                .flatMap(content -> find(content, hash))
                                .ifPresent(known -> found.put(name, known)));
        return found;
    }

    private static Optional<Known> find(byte[] content, long hash) {
        ByteBuffer buffer = open(content);
        while (buffer.hasRemaining()) {
            long name = buffer.getLong();
            Known known = Known.read(buffer);
            if (name == hash) {
                return Optional.of(known);
            }
        }
        return Optional.empty();
    }

    private static ByteBuffer open(byte[] content) {
        ByteBuffer buffer = ByteBuffer.wrap(content);
        byte version = content.length == 0 ? 0 : buffer.get();
        if (version != VERSION || buffer.remaining() % RECORD_BYTES != 0) {
            throw new StateException(
                    "the state of a recording sync is of version "
                            + version
                            + ", or damaged; this version of pbx-sdk reads version "
                            + VERSION);
        }
        return buffer;
    }

    /** Returns the change that adds or replaces one. Made one at a time, and committed each. */
    StateChange put(String name, Known known) {
        long hash = hash(name);
        String bucket = bucket(hash);
        Optional<StateEntry> entry = store.find(namespace, bucket);
        byte[] content = entry.map(StateEntry::bytes).orElse(new byte[] {VERSION});
        StateChange change = StateChange.put(namespace, bucket, with(content, hash, known));
        return entry.map(there -> change.ifVersion(there.version())).orElseGet(change::ifAbsent);
    }

    private static byte[] with(byte[] content, long hash, Known known) {
        ByteBuffer before = open(content);
        ByteBuffer after = ByteBuffer.allocate(content.length + RECORD_BYTES).put(VERSION);
        while (before.hasRemaining()) {
            long name = before.getLong();
            Known other = Known.read(before);
            if (name != hash) {
                after.putLong(name);
                other.write(after);
            }
        }
        after.putLong(hash);
        known.write(after);
        byte[] done = new byte[after.position()];
        after.flip().get(done);
        return done;
    }
}
