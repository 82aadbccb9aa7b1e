package io.github.pbxsdk.samples.demo;

import io.github.pbxsdk.core.Credentials;
import java.util.Map;
import java.util.Optional;

/** What has to happen on a PBX so that there is something to see, on a fake or on a real one. */
interface Backstage extends AutoCloseable {

    /** Returns what kind of PBX this is, in a sentence. */
    String introduction();

    /** Returns how to reach it, by the names of the settings. */
    Map<String, String> settings();

    /** Returns an extension besides the own one; empty where none is known. */
    Optional<Credentials> colleague();

    /** Tells whether extensions and routes may be made on it. */
    boolean mayBeChanged();

    /** Has a caller wait in a queue and be answered; says what to do where it can't. */
    Optional<String> callQueue(Stage stage);

    /** Has three calls recorded; says what is shown where it can't. */
    Optional<String> recordCalls(Stage stage) throws InterruptedException;

    @Override
    void close();
}
