/** What all pbx-sdk clients share: threads, connections, retries, events, state and secrets. */
module io.github.pbxsdk.core {
    requires io.github.resilience4j.core;
    requires io.github.resilience4j.retry;
    requires transitive java.sql;
    requires kotlin.stdlib;
    requires okhttp3;
    requires okio;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports io.github.pbxsdk.core;
    exports io.github.pbxsdk.core.call;
    exports io.github.pbxsdk.core.event;
    exports io.github.pbxsdk.core.http;
    exports io.github.pbxsdk.core.message;
    exports io.github.pbxsdk.core.observe;
    exports io.github.pbxsdk.core.recording;
    exports io.github.pbxsdk.core.retry;
    exports io.github.pbxsdk.core.security;
    exports io.github.pbxsdk.core.state;
    exports io.github.pbxsdk.core.time;
    exports io.github.pbxsdk.core.internal to
            io.github.pbxsdk.ami,
            io.github.pbxsdk.ari,
            io.github.pbxsdk.asteriskjava,
            io.github.pbxsdk.freepbx,
            io.github.pbxsdk.pbx,
            io.github.pbxsdk.recordings,
            io.github.pbxsdk.sip,
            io.github.pbxsdk.sms,
            io.github.pbxsdk.testing;
    exports io.github.pbxsdk.core.internal.flight to
            io.github.pbxsdk.ami,
            io.github.pbxsdk.ari,
            io.github.pbxsdk.freepbx,
            io.github.pbxsdk.pbx,
            io.github.pbxsdk.recordings,
            io.github.pbxsdk.sip,
            io.github.pbxsdk.sms,
            io.github.pbxsdk.testing;
    exports io.github.pbxsdk.core.internal.http to
            io.github.pbxsdk.ami,
            io.github.pbxsdk.ari,
            io.github.pbxsdk.freepbx,
            io.github.pbxsdk.pbx,
            io.github.pbxsdk.recordings,
            io.github.pbxsdk.sip,
            io.github.pbxsdk.sms,
            io.github.pbxsdk.testing;
    exports io.github.pbxsdk.core.internal.redact to
            io.github.pbxsdk.ami,
            io.github.pbxsdk.ari,
            io.github.pbxsdk.freepbx,
            io.github.pbxsdk.pbx,
            io.github.pbxsdk.recordings,
            io.github.pbxsdk.sip,
            io.github.pbxsdk.sms,
            io.github.pbxsdk.testing;
    exports io.github.pbxsdk.core.internal.state to
            io.github.pbxsdk.sms;
    exports io.github.pbxsdk.core.internal.tls to
            io.github.pbxsdk.ami,
            io.github.pbxsdk.ari,
            io.github.pbxsdk.freepbx,
            io.github.pbxsdk.pbx,
            io.github.pbxsdk.recordings,
            io.github.pbxsdk.sip,
            io.github.pbxsdk.sms,
            io.github.pbxsdk.testing;
}
