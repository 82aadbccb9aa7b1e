package io.github.pbxsdk.freepbx;

import java.time.Duration;

/**
 * A place where calls are parked.
 *
 * @param raw everything the PBX told
 */
public record ParkingLot(FreePbxObject raw) {

    /** Returns the number to which a call is transferred to be parked. */
    public String number() {
        return raw.text("parkext");
    }

    /** Returns what it is called. */
    public String name() {
        return raw.text("name");
    }

    /** Returns the number of its first place; the others follow it. */
    public String firstPlace() {
        return raw.text("parkpos");
    }

    /** Returns how many calls have room. */
    public int places() {
        return raw.number("numslots").orElse(0);
    }

    /** Returns how long a call stays before it comes back. */
    public Duration timeout() {
        return Duration.ofSeconds(raw.number("parkingtime").orElse(0));
    }

    @Override
    public String toString() {
        return "ParkingLot[" + number() + "]";
    }
}
