package io.github.pbxsdk.samples.demo;

import io.github.pbxsdk.pbx.Pbx;
import io.github.pbxsdk.samples.runner.SampleContext;
import io.github.pbxsdk.testing.sms.FakeSmsBroadcast;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/** Where the scenes play: a PBX, a carrier of texts, a folder, and the audience. */
final class Stage implements AutoCloseable {

    final Backstage backstage;
    final Pbx pbx;
    final FakeSmsBroadcast carrier = new FakeSmsBroadcast();
    final Path folder;
    private final SampleContext audience;
    private final Deque<Runnable> last = new ArrayDeque<>();

    Stage(SampleContext audience, Backstage backstage) throws IOException {
        this.audience = audience;
        this.backstage = backstage;
        this.pbx = Pbx.from(backstage.settings());
        this.folder = Files.createTempDirectory("pbx-sdk-demo");
    }

    /** Tells the audience what came of it. */
    void say(String words) {
        words.lines().forEach(line -> audience.say("    " + line));
    }

    /** Shows how far something is. */
    void progress(String words) {
        audience.progress("    " + words);
    }

    /** Has something taken back when the last scene is over. */
    void atTheEnd(Runnable step) {
        last.push(step);
    }

    @Override
    public void close() throws IOException {
        last.forEach(Runnable::run);
        pbx.close();
        backstage.close();
        carrier.close();
        for (Path file : deepestFirst()) {
            Files.delete(file);
        }
    }

    private List<Path> deepestFirst() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.sorted(Comparator.reverseOrder()).toList();
        }
    }
}
