package io.github.pbxsdk.recordings;

import io.github.pbxsdk.core.PbxProtocolException;
import io.github.pbxsdk.core.RawFields;
import io.github.pbxsdk.core.event.FeedListener;
import io.github.pbxsdk.core.event.Subscription;
import io.github.pbxsdk.core.recording.RecordingEnded;
import io.github.pbxsdk.core.recording.RecordingSignal;
import io.github.pbxsdk.core.time.Time;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives what a script on the PBX tells about each recording that is complete.
 *
 * <pre>{@code
 * RecordingHook hook = RecordingHook.of(key);
 * RecordingSync sync = RecordingSync.builder("pbx-7")….signal(hook).build();
 *
 * int status = hook.receive(body, signature);   // in the web framework of the application
 * }</pre>
 *
 * <p>{@link #script()} is the script; its place is "Post Call Recording Script" of FreePBX ({@code
 * MIXMON_POST}), as {@link #COMMAND}. It is given unique ids only: FreePBX has the line run by a
 * shell, and a file name holds what a caller sent as his number. Each call is signed with a key
 * that both sides know, and good for a few minutes. Thread-safe.
 */
public final class RecordingHook implements RecordingSignal {

    /** What to write into {@code MIXMON_POST}; the carets are FreePBX's, not a mistake. */
    public static final String COMMAND =
            "/usr/local/bin/recording-hook ^{UNIQUEID} ^{CHANNEL(linkedid)}";

    private static final Logger log = LoggerFactory.getLogger(RecordingHook.class);

    private static final String ALGORITHM = "HmacSHA256";
    private static final Duration LONGEST_AGE = Duration.ofMinutes(10);
    private static final int SHORTEST_KEY = 16;
    private static final int LARGEST_BODY = 8_192;
    private static final Pattern SECONDS = Pattern.compile("\\d{1,11}");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,150}");

    private final SecretKeySpec key;
    private final Supplier<Instant> clock;
    private final List<FeedListener<? super RecordingEnded>> listeners =
            new CopyOnWriteArrayList<>();

    private RecordingHook(String key, Supplier<Instant> clock) {
        if (key.length() < SHORTEST_KEY) {
            throw new IllegalArgumentException(
                    "the key of the hook has " + SHORTEST_KEY + " characters or more");
        }
        this.key = new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM);
        this.clock = clock;
    }

    /**
     * Returns a receiver.
     *
     * @param key the KEY of the script's settings
     * @throws IllegalArgumentException if it has less than 16 characters
     */
    public static RecordingHook of(String key) {
        return new RecordingHook(key, Instant::now);
    }

    static RecordingHook of(String key, Time time) {
        return new RecordingHook(key, time::now);
    }

    /** Returns the script, to be copied to {@code /usr/local/bin/recording-hook} of the PBX. */
    public static String script() {
        try (InputStream script = RecordingHook.class.getResourceAsStream("recording-hook.sh")) {
            return new String(
                    Objects.requireNonNull(script, "the script").readAllBytes(),
                    StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String name() {
        return "post-recording hook";
    }

    @Override
    public Subscription subscribe(FeedListener<? super RecordingEnded> listener) {
        listeners.add(Objects.requireNonNull(listener, "listener"));
        return () -> listeners.remove(listener);
    }

    /**
     * Takes a call of the script.
     *
     * @param body as it arrived, before anything was decoded
     * @param signature the header {@code X-Signature}; an empty text if there is none
     * @return the status to answer with: 204 when it was taken, 401 for a wrong signature, 408 for
     *     a call that is too old, 400 for what can't be read
     */
    public int receive(byte[] body, String signature) {
        if (body.length > LARGEST_BODY) {
            return 400;
        }
        if (!isSigned(body, signature)) {
            log.warn("a call of the recording hook has a wrong signature");
            return 401;
        }
        return read(body);
    }

    private boolean isSigned(byte[] body, String signature) {
        String expected = "sha256=" + HexFormat.of().formatHex(mac(body));
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.UTF_8),
                signature.getBytes(StandardCharsets.UTF_8));
    }

    private byte[] mac(byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(body);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    private int read(byte[] body) {
        Map<String, String> members;
        try {
            members = FlatJson.read(new String(body, StandardCharsets.UTF_8));
        } catch (PbxProtocolException e) {
            log.warn("a call of the recording hook can't be read");
            return 400;
        }
        String uniqueid = Objects.requireNonNullElse(members.get("uniqueid"), "");
        String at = Objects.requireNonNullElse(members.get("time"), "");
        if (!ID.matcher(uniqueid).matches() || !SECONDS.matcher(at).matches()) {
            return 400;
        }
        Instant sent = Instant.ofEpochSecond(Long.parseLong(at));
        if (Duration.between(sent, clock.get()).abs().compareTo(LONGEST_AGE) > 0) {
            log.warn("a call of the recording hook is too old: is a clock wrong?");
            return 408;
        }
        tell(ended(members, uniqueid, sent));
        return 204;
    }

    private static RecordingEnded ended(
            Map<String, String> members, String uniqueid, Instant sent) {
        RecordingEnded.Builder ended =
                RecordingEnded.builder()
                        .uniqueid(uniqueid)
                        .endedAt(sent)
                        .raw(RawFields.of(members));
        Optional.ofNullable(members.get("file"))
                .filter(file -> !file.isEmpty() && file.indexOf('/') < 0)
                .ifPresent(ended::file);
        Optional.ofNullable(members.get("linkedid"))
                .filter(linkedid -> ID.matcher(linkedid).matches())
                .ifPresent(ended::linkedid);
        return ended.build();
    }

    private void tell(RecordingEnded ended) {
        for (FeedListener<? super RecordingEnded> listener : listeners) {
            try {
                listener.onEvent(ended);
            } catch (Exception e) {
                log.warn("a listener of the recording hook failed", e);
            }
        }
    }

    @Override
    public String toString() {
        return "RecordingHook[key not shown]";
    }
}
