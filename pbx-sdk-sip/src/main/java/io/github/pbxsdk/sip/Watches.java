package io.github.pbxsdk.sip;

import io.github.pbxsdk.core.event.Subscription;
import io.github.pbxsdk.sip.Incoming.Answer;
import io.github.pbxsdk.sip.event.WatchEvent;
import io.github.pbxsdk.sip.internal.wire.SipRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** All that is watched at the server (RFC 6665). */
final class Watches {

    private final SipEngine engine;
    private final Map<String, Watch> byCallId = new ConcurrentHashMap<>();

    Watches(SipEngine engine) {
        this.engine = engine;
    }

    Subscription mailbox(RegistrationKeeper watcher) {
        WatchEvent known = watcher.facts().mailbox();
        if (known != null) {
            engine.announce(known);
        }
        return begin(new Watch(engine, this, watcher, watcher.extension(), WatchKind.MAILBOX));
    }

    Subscription presence(RegistrationKeeper watcher, String watched) {
        return begin(new Watch(engine, this, watcher, watched, WatchKind.PRESENCE));
    }

    Subscription dialog(RegistrationKeeper watcher, String watched) {
        return begin(new Watch(engine, this, watcher, watched, WatchKind.DIALOG));
    }

    private Subscription begin(Watch watch) {
        engine.execute(watch::begin);
        return () -> engine.execute(watch::close);
    }

    void add(String callId, Watch watch) {
        byCallId.put(callId, watch);
    }

    void remove(String callId) {
        byCallId.remove(callId);
    }

    /** Has everything watched anew: a server forgets with its restart. */
    void connected() {
        List.copyOf(byCallId.values()).forEach(Watch::begin);
    }

    Answer notified(SipRequest request) {
        Watch watch = byCallId.get(request.callId());
        if (watch != null) {
            return Answer.then(200, () -> watch.notified(request));
        }
        return engine.registrations()
                .recipient(request)
                .flatMap(extension -> unasked(extension, request))
                .orElseGet(() -> Answer.of(481));
    }

    /** Asterisk tells about mailboxes without being asked, and then refuses to be asked. */
    private Optional<Answer> unasked(RegistrationKeeper extension, SipRequest request) {
        String name = extension.extension();
        if (!Incoming.mediaType(request.headers().find("Event"))
                .equals(WatchKind.MAILBOX.event())) {
            return Optional.empty();
        }
        return WatchKind.MAILBOX
                .read(name, name, request.body())
                .map(
                        told -> {
                            extension.facts().mailbox(told);
                            return Answer.then(200, () -> engine.announce(told));
                        });
    }
}
