package io.github.pbxsdk.ami.state;

import java.time.Instant;

/** What the tables need of who owns them. */
interface Watch {

    /** Returns the time. */
    Instant now();

    /** Returns how many events have come so far. */
    long position();

    /** Notes that an event does not fit to what is known: the server is asked again soon. */
    void doubt(StatePart part, String why);

    /** Has a call closed some seconds later, unless it lives again by then. */
    void closeLater(CallModel call);
}
