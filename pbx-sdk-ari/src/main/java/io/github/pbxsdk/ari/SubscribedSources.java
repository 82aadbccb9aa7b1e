package io.github.pbxsdk.ari;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What each application is to be subscribed to, which the server may have forgotten when the
 * connection comes back.
 */
final class SubscribedSources {

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Set<String>> byApplication = new LinkedHashMap<>();

    /** Creates sources that each application has from the beginning. */
    SubscribedSources(List<String> applications, List<String> sources) {
        applications.forEach(name -> byApplication.put(name, new LinkedHashSet<>(sources)));
    }

    /** Notes what a call that succeeded has changed. */
    void note(AriCall call) {
        if (call.operation().equals("applications.subscribe")) {
            add(call.argument("application").get(0), call.argument("eventSource"));
        } else if (call.operation().equals("applications.unsubscribe")) {
            remove(call.argument("application").get(0), call.argument("eventSource"));
        }
    }

    /** Notes sources that an application has now; other applications are not our business. */
    private void add(String application, List<String> sources) {
        lock.lock();
        try {
            byApplication.computeIfPresent(
                    application,
                    (name, all) -> {
                        all.addAll(sources);
                        return all;
                    });
        } finally {
            lock.unlock();
        }
    }

    /** Notes sources that an application has no more. */
    private void remove(String application, List<String> sources) {
        lock.lock();
        try {
            byApplication.computeIfPresent(
                    application,
                    (name, all) -> {
                        sources.forEach(all::remove);
                        return all;
                    });
        } finally {
            lock.unlock();
        }
    }

    /** Tells whether any application has one of some sources. */
    boolean any(Set<String> some) {
        lock.lock();
        try {
            return byApplication.values().stream().flatMap(Set::stream).anyMatch(some::contains);
        } finally {
            lock.unlock();
        }
    }

    /** Tells whether any application has a source that begins so. */
    boolean anyBeginsWith(String beginning) {
        lock.lock();
        try {
            return byApplication.values().stream()
                    .flatMap(Set::stream)
                    .anyMatch(source -> source.startsWith(beginning));
        } finally {
            lock.unlock();
        }
    }

    /** Returns the sources of an application. */
    List<String> of(String application) {
        lock.lock();
        try {
            return List.copyOf(byApplication.getOrDefault(application, Set.of()));
        } finally {
            lock.unlock();
        }
    }
}
