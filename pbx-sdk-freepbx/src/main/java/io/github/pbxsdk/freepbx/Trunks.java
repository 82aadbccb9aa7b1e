package io.github.pbxsdk.freepbx;

import io.github.pbxsdk.core.internal.Futures;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The trunks of a PBX, as its Asterisk knows them: FreePBX has no API for them, so a {@link
 * TelephonySource} tells, and they can't be changed.
 */
public final class Trunks {

    private final FreePbxCalls calls;

    Trunks(FreePbxCalls calls) {
        this.calls = calls;
    }

    /**
     * Returns all trunks, with whether they are registered and reachable at this moment.
     *
     * @throws FreePbxRejectedException if the client was not given {@code telephony(...)}
     */
    public List<TelephonySource.Trunk> list() {
        return Futures.await(listAsync());
    }

    /** Lists without waiting; the future fails as {@link #list} does. */
    public CompletableFuture<List<TelephonySource.Trunk>> listAsync() {
        return calls.read("trunks.list", Trunks::all);
    }

    private static List<TelephonySource.Trunk> all(FreePbxSession session) {
        TelephonySource telephony = session.settings().telephony();
        if (telephony == null) {
            throw session.roadMissing(
                    "trunks", "FreePBX has no API for it; " + FreePbxSession.GIVE_TELEPHONY);
        }
        return List.copyOf(telephony.trunks());
    }
}
