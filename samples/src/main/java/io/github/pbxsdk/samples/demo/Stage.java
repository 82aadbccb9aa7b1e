package io.github.pbxsdk.samples.demo;

import io.github.pbxsdk.pbx.Pbx;
import io.github.pbxsdk.samples.runner.SampleContext;
import io.github.pbxsdk.testing.FakePbx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Where the scenes play: a PBX that is a fake, a folder, and the audience. */
final class Stage implements AutoCloseable {

    final FakePbx fake = FakePbx.asterisk22();
    final Pbx pbx = Pbx.from(fake.settings());
    final Path folder;
    private final SampleContext audience;

    Stage(SampleContext audience) throws IOException {
        this.audience = audience;
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

    @Override
    public void close() throws IOException {
        pbx.close();
        fake.close();
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
