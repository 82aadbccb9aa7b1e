package io.github.pbxsdk.ari;

import io.github.pbxsdk.ari.model.StoredRecording;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** Counts the recordings of a server, by both ways to list many; a process of its own. */
final class RecordingCounter {

    private RecordingCounter() {}

    public static void main(String[] arguments) {
        AriClient.Builder builder =
                AriClient.builder().baseUri(arguments[0]).credentials(TestClients.LAB);
        try (AriClient ari = builder.build();
                Stream<StoredRecording> all = ari.storedRecordings().stream()) {
            long streamed = all.count();
            AtomicLong told = new AtomicLong();
            ari.storedRecordings().list(one -> told.incrementAndGet());
            System.out.println(streamed + " streamed, " + told + " told");
        }
    }
}
