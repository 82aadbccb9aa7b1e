package io.github.pbxsdk.ami.internal;

import io.github.pbxsdk.ami.AmiFields;
import io.github.pbxsdk.ami.event.AmiEvent;

/** Sees what comes back for one action, on the thread that reads: it must be quick. */
public interface AnswerWatch {

    /** Sees the answer itself, whatever it says. */
    void answered(AmiFields answer);

    /** Sees an item of its list, or the event that ends it. */
    void item(AmiEvent event, int bytes);
}
