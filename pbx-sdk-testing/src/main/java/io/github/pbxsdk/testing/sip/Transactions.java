package io.github.pbxsdk.testing.sip;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which requests came, and what they were answered, as long as they may be repeated. */
final class Transactions {

    private static final long LIFE = Duration.ofSeconds(32).toNanos();

    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /** A request that came. */
    static final class Entry {

        private final long end;
        private @Nullable SipMessage answer;

        private Entry(long end) {
            this.end = end;
        }

        void answered(SipMessage message) {
            answer = message;
        }

        /** Returns the answer; null as long as there is none. */
        @Nullable SipMessage answer() {
            return answer;
        }
    }

    /** Returns the entry of a request that came before, or null. */
    @Nullable Entry find(SipMessage request, long now) {
        Iterator<Entry> oldest = entries.values().iterator();
        while (oldest.hasNext() && oldest.next().end - now < 0) {
            oldest.remove();
        }
        return entries.get(key(request));
    }

    Entry open(SipMessage request, long now) {
        Entry entry = new Entry(now + LIFE);
        entries.put(key(request), entry);
        return entry;
    }

    private static String key(SipMessage request) {
        String via = request.get("Via");
        int semicolon = via.indexOf(';');
        String sentBy = semicolon < 0 ? via : via.substring(0, semicolon);
        return request.method() + " " + sentBy + " " + request.branch();
    }
}
