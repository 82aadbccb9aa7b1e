package io.github.pbxsdk.recordings;

import io.github.pbxsdk.core.RawFields;
import io.github.pbxsdk.core.recording.CallRecording;
import io.github.pbxsdk.core.recording.RecordingSink;
import io.github.pbxsdk.core.security.SecretField;
import io.github.pbxsdk.core.security.SecretVault;
import io.github.pbxsdk.core.security.SecretVaultException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Objects;

/**
 * Seals recordings on their way into another sink: sound, numbers and names.
 *
 * <pre>{@code
 * EncryptedSink sealed = EncryptedSink.of(FolderSink.of(folder), vault, "acme");
 * }</pre>
 *
 * <p>The other sink gets bytes sealed with AES-256-GCM under a name that says the day and nothing
 * else; all that is known of the call stands sealed in its description. Nothing is on the disk in
 * clear at any time. {@link #open(CallRecording)} and {@link #open(CallRecording, InputStream)} are
 * the way back. A recording opens only for the tenant and PBX it was sealed for. A sync erases what
 * a {@link FolderSink} behind it keeps no longer.
 */
public final class EncryptedSink implements RecordingSink {

    private static final String SEALED = "sealed";
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuu/MM/dd/");

    private final RecordingSink sink;
    private final SecretVault vault;
    private final String tenant;

    private EncryptedSink(RecordingSink sink, SecretVault vault, String tenant) {
        this.sink = Objects.requireNonNull(sink, "sink");
        this.vault = Objects.requireNonNull(vault, "vault");
        this.tenant = Objects.requireNonNull(tenant, "tenant");
    }

    /**
     * Returns a sink before another one.
     *
     * @param tenant whose recordings these are; empty where there are no tenants
     */
    public static EncryptedSink of(RecordingSink sink, SecretVault vault, String tenant) {
        return new EncryptedSink(sink, vault, tenant);
    }

    @Override
    public String name() {
        return "sealed " + sink.name();
    }

    /** Returns the sink behind this one. */
    RecordingSink sink() {
        return sink;
    }

    @Override
    public boolean contains(CallRecording recording) throws Exception {
        return sink.contains(disguised(recording).build());
    }

    @Override
    public Delivery begin(CallRecording recording) throws Exception {
        CallRecording disguised = disguised(recording).build();
        return new Sealing(sink.begin(disguised), sound(disguised));
    }

    /**
     * Returns what the other sink sees of a recording: day, format and revision, and a name that
     * only who knows the recording can find again.
     */
    private static CallRecording.Builder disguised(CallRecording recording) {
        CallRecording.Builder disguised =
                CallRecording.builder(
                                recording.pbx(),
                                day(recording) + RecordingFiles.sha256(recording.key()))
                        .revision(recording.revision())
                        .format(recording.format().orElse("bin") + "." + SEALED);
        recording.start().ifPresent(at -> disguised.start(at, recording.startOrigin()));
        return disguised;
    }

    private static String day(CallRecording recording) {
        return FreePbxRecordingName.find(recording.name())
                .map(name -> DAY.format(name.stamp()))
                .or(() -> recording.start().map(at -> DAY.format(at.atOffset(ZoneOffset.UTC))))
                .orElse("");
    }

    /**
     * Returns the recording behind one that the other sink has.
     *
     * @param sealed as the other sink keeps it, for instance from {@link FolderSink#stream}
     * @throws SecretVaultException if it does not open
     * @throws IllegalArgumentException if it was not sealed by this class
     */
    public CallRecording open(CallRecording sealed) {
        String text =
                sealed.raw()
                        .find(SEALED)
                        .orElseThrow(() -> new IllegalArgumentException("not sealed: " + sealed));
        return RecordingJson.read(vault.open(description(sealed), text));
    }

    /**
     * Returns a stream with the sound behind a sealed one; read it to its end before you trust it,
     * see {@link SecretVault#opening}.
     */
    public InputStream open(CallRecording sealed, InputStream sound) {
        return vault.opening(sound(sealed), sound);
    }

    private SecretField sound(CallRecording sealed) {
        return SecretField.of(tenant, sealed.pbx(), "recording " + sealed.key());
    }

    private SecretField description(CallRecording sealed) {
        return SecretField.of(tenant, sealed.pbx(), "description of recording " + sealed.key());
    }

    /** One recording on its way. */
    private final class Sealing implements Delivery {

        private final Delivery delivery;
        private final OutputStream stream;

        Sealing(Delivery delivery, SecretField place) throws Exception {
            this.delivery = delivery;
            this.stream = vault.sealing(place, delivery.stream());
        }

        @Override
        public OutputStream stream() {
            return stream;
        }

        /** Size and hash are of the sound: the other sink counts what it has got itself. */
        @Override
        public void commit(CallRecording recording) throws Exception {
            stream.close();
            CallRecording.Builder disguised = disguised(recording);
            String text =
                    vault.seal(description(disguised.build()), RecordingJson.write(recording));
            delivery.commit(disguised.raw(RawFields.builder().add(SEALED, text).build()).build());
        }

        @Override
        public void close() throws IOException {
            delivery.close();
        }
    }
}
