package io.github.pbxsdk.ari.event;

import io.github.pbxsdk.ari.model.Playback;

/** What a playback does. */
public non-sealed interface PlaybackEvent extends AriEvent {

    /** Returns the playback. */
    Playback playback();
}
