package io.github.pbxsdk.pbx;

import io.github.pbxsdk.freepbx.TelephonySource.LiveQueue;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A queue, from the API of the FreePBX, or over AMI where there is none. Immutable. */
public final class PbxQueue {

    private final String number;
    private final String name;
    private final String road;
    private final @Nullable LiveQueue live;

    PbxQueue(String number, String name, String road, @Nullable LiveQueue live) {
        this.number = Objects.requireNonNull(number, "number");
        this.name = Objects.requireNonNull(name, "name");
        this.road = Objects.requireNonNull(road, "road");
        this.live = live;
    }

    /** Returns its number. */
    public String number() {
        return number;
    }

    /** Returns what it is called; an empty text over AMI, which does not tell. */
    public String name() {
        return name;
    }

    /** Returns how many agents are logged in, where AMI is set up and knows the queue. */
    public OptionalInt members() {
        return live == null ? OptionalInt.empty() : OptionalInt.of(live.members());
    }

    /** Returns how many callers wait, where AMI is set up and knows the queue. */
    public OptionalInt waiting() {
        return live == null ? OptionalInt.empty() : OptionalInt.of(live.waiting());
    }

    /** Returns by which road it was read: {@code rest} or {@code ami}. */
    public String road() {
        return road;
    }

    @Override
    public String toString() {
        return "PbxQueue[" + (number + " " + name).strip() + ", by " + road + "]";
    }
}
