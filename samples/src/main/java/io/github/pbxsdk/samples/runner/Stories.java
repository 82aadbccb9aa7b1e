package io.github.pbxsdk.samples.runner;

import io.github.pbxsdk.testing.FakePbx;
import java.util.function.Consumer;

/** What happens on a fake PBX while a sample runs on it. */
final class Stories {

    private Stories() {}

    /** Begins it on a thread that ends with the program. */
    static void begin(FakePbx pbx, Consumer<FakePbx> story) {
        Thread teller = new Thread(() -> story.accept(pbx), "story");
        teller.setDaemon(true);
        teller.start();
    }
}
