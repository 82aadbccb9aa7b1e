package io.github.pbxsdk.recordings;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** The threads that are at work for a run, to be interrupted together. */
final class RunningThreads {

    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Thread> threads = new HashSet<>();
    private boolean interrupted;

    /** Takes note of the calling thread; interrupts it if the others have been. */
    void enter() {
        lock.lock();
        try {
            threads.add(Thread.currentThread());
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Forgets the calling thread: its next work is none of ours. */
    void leave() {
        lock.lock();
        try {
            threads.remove(Thread.currentThread());
        } finally {
            lock.unlock();
        }
    }

    void interrupt() {
        lock.lock();
        try {
            interrupted = true;
            threads.forEach(Thread::interrupt);
        } finally {
            lock.unlock();
        }
    }
}
