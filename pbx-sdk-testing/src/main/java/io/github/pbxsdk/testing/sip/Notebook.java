package io.github.pbxsdk.testing.sip;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What a fake saw, for those who ask or wait for it. */
final class Notebook {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<SeenRequest> requests = new ArrayList<>();
    private final List<TakenText> texts = new ArrayList<>();
    private final List<Consumer<TakenText>> readers = new CopyOnWriteArrayList<>();
    private final List<Consumer<DeviceChange>> watchers = new CopyOnWriteArrayList<>();
    private final List<Binding> registrations = new ArrayList<>();
    private final List<String> unreadable = new ArrayList<>();

    void saw(SeenRequest request) {
        note(() -> requests.add(request));
    }

    void took(TakenText text) {
        note(() -> texts.add(text));
        readers.forEach(reader -> reader.accept(text));
    }

    void onText(Consumer<TakenText> reader) {
        readers.add(reader);
    }

    void onDevices(Consumer<DeviceChange> watcher) {
        watchers.add(watcher);
    }

    void devices(DeviceChange change) {
        if (!change.arrived().isEmpty() || !change.left().isEmpty()) {
            watchers.forEach(watcher -> watcher.accept(change));
        }
    }

    void registered(Binding binding) {
        note(() -> registrations.add(binding));
    }

    void couldNotRead(String text) {
        note(() -> unreadable.add(text));
    }

    List<SeenRequest> requests() {
        return look(() -> List.copyOf(requests));
    }

    List<TakenText> texts() {
        return look(() -> List.copyOf(texts));
    }

    List<Binding> registrations() {
        return look(() -> List.copyOf(registrations));
    }

    List<String> unreadable() {
        return look(() -> List.copyOf(unreadable));
    }

    List<SeenRequest> awaitRequests(String what, Predicate<SeenRequest> wanted, int count) {
        return await(what, requests, wanted, count);
    }

    void awaitTexts(int count) {
        await(count + " texts", texts, text -> true, count);
    }

    List<Binding> awaitRegistrations(String extension, int count) {
        return await(
                count + " registrations of " + extension,
                registrations,
                binding -> binding.extension().equals(extension),
                count);
    }

    private <T> List<T> await(String what, List<T> notes, Predicate<T> wanted, int count) {
        lock.lock();
        try {
            long left = LIMIT.toNanos();
            List<T> found = notes.stream().filter(wanted).toList();
            while (found.size() < count) {
                if (left <= 0) {
                    throw new AssertionError(what + " did not come; there came " + startLines());
                }
                left = changed.awaitNanos(left);
                found = notes.stream().filter(wanted).toList();
            }
            return found;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + what, e);
        } finally {
            lock.unlock();
        }
    }

    private List<String> startLines() {
        return requests.stream().map(request -> request.message().startLine()).toList();
    }

    private void note(Runnable step) {
        lock.lock();
        try {
            step.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private <T> T look(Supplier<T> reading) {
        lock.lock();
        try {
            return reading.get();
        } finally {
            lock.unlock();
        }
    }
}
