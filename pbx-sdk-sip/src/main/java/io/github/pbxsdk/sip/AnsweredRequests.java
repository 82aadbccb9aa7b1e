package io.github.pbxsdk.sip;

import io.github.pbxsdk.core.time.Time;
import io.github.pbxsdk.sip.internal.wire.SipRequest;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What the last requests were answered with, so that one that comes again gets the same answer and
 * is told to nobody.
 *
 * <p>The same one may come by another way, with another branch, so that Call-ID, number and sender
 * name it.
 */
final class AnsweredRequests {

    /** As long as a sender repeats (64 times T1). */
    private static final Duration MEMORY = Duration.ofSeconds(32);

    private static final int MOST = 100_000;

    private final Time time;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Answer> answers = new LinkedHashMap<>();

    AnsweredRequests(Time time) {
        this.time = time;
    }

    private record Answer(int status, long nanos) {}

    /** Returns the status that this request was answered with, or null if it is new. */
    @Nullable Integer find(SipRequest request) {
        lock.lock();
        try {
            Answer answer = answers.get(key(request));
            return answer == null || isOld(answer) ? null : Integer.valueOf(answer.status());
        } finally {
            lock.unlock();
        }
    }

    void add(SipRequest request, int status) {
        lock.lock();
        try {
            forgetOld();
            answers.put(key(request), new Answer(status, time.nanos()));
        } finally {
            lock.unlock();
        }
    }

    private void forgetOld() {
        Iterator<Answer> oldest = answers.values().iterator();
        while (oldest.hasNext() && (isOld(oldest.next()) || answers.size() >= MOST)) {
            oldest.remove();
        }
    }

    private boolean isOld(Answer answer) {
        return time.nanos() - answer.nanos() > MEMORY.toNanos();
    }

    private static String key(SipRequest request) {
        return (request.callId() + '\n' + request.sequence() + ' ' + request.method() + '\n')
                + request.headers().get("From");
    }
}
