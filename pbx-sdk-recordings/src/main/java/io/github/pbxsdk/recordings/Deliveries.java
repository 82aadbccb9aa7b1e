package io.github.pbxsdk.recordings;

import io.github.pbxsdk.core.recording.CallRecording;
import io.github.pbxsdk.core.recording.RecordingSink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** One recording on its way into the sinks that do not have it yet. */
record Deliveries(List<RecordingSink.Delivery> list) implements AutoCloseable {

    static Deliveries begin(List<RecordingSink> sinks, CallRecording recording) throws Exception {
        Deliveries begun = new Deliveries(new ArrayList<>());
        try {
            for (RecordingSink sink : sinks) {
                if (!sink.contains(recording)) {
                    begun.list.add(sink.begin(recording));
                }
            }
            return begun;
        } catch (Exception e) {
            begun.close();
            throw e;
        }
    }

    void commit(CallRecording recording) throws Exception {
        for (RecordingSink.Delivery delivery : list) {
            delivery.commit(recording);
        }
    }

    @Override
    public void close() throws IOException {
        IOException failure = null;
        for (RecordingSink.Delivery delivery : list) {
            try {
                delivery.close();
            } catch (IOException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
