package io.github.pbxsdk.samples.demo;

import io.github.pbxsdk.samples.runner.SampleContext;
import io.github.pbxsdk.testing.ami.FakeAmi;
import io.github.pbxsdk.testing.ari.FakeAri;
import io.github.pbxsdk.testing.freepbx.FakeFreePbx;
import io.github.pbxsdk.testing.sip.FakeSip;
import io.github.pbxsdk.testing.sms.FakeSmsBroadcast;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Where the scenes play: servers on this machine, a folder, and the audience. */
final class Stage implements AutoCloseable {

    final FakeSmsBroadcast carrier = new FakeSmsBroadcast();
    final FakeSip sip = FakeSip.asterisk22();
    final FakeAmi ami = FakeAmi.asterisk22();
    final FakeAri ari = FakeAri.asterisk22();
    final FakeFreePbx freePbx = new FakeFreePbx();
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
        carrier.close();
        sip.close();
        ami.close();
        ari.close();
        freePbx.close();
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
