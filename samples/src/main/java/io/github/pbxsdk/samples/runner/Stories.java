package io.github.pbxsdk.samples.runner;

import io.github.pbxsdk.testing.FakePbx;
import java.util.function.Consumer;

/** What happens on a fake PBX while a sample runs on it. */
final class Stories {

    private Stories() {}

    /** Begins it on a thread that ends with the program. */
    static void begin(FakePbx pbx, Consumer<FakePbx> story) {
        Thread teller = new Thread(() -> tell(pbx, story), "story");
        teller.setDaemon(true);
        teller.start();
    }

    private static void tell(FakePbx pbx, Consumer<FakePbx> story) {
        try {
            story.accept(pbx);
        } catch (IllegalStateException e) {
            // The sample has ended before its story, and closed the fake: nobody is left to be
            // told.
        }
    }
}
