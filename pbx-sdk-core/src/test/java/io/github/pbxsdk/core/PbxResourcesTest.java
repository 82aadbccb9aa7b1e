package io.github.pbxsdk.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.core.internal.ResourcesAccess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PbxResourcesTest {

    private final List<String> closed = new ArrayList<>();

    private record Part(List<String> closed) implements AutoCloseable {

        @Override
        public void close() {
            closed.add("part");
        }
    }

    @Test
    void clientsAreClosedNewestFirstAndThenWhatTheyStandOn() {
        PbxResources resources = PbxResources.create();
        ResourcesAccess access = ResourcesAccess.get();
        access.register(resources, () -> closed.add("first"));
        access.part(resources, Part.class, () -> new Part(closed));
        access.register(resources, () -> closed.add("second"));

        resources.close();
        resources.close();

        assertThat(closed).containsExactly("second", "first", "part");
    }

    @Test
    void aClientThatCannotBeClosedKeepsNothingOpen() {
        PbxResources resources = PbxResources.create();
        ResourcesAccess.get().register(resources, () -> closed.add("other"));
        ResourcesAccess.get()
                .register(
                        resources,
                        () -> {
                            throw new IllegalStateException("closing fails on purpose");
                        });

        resources.close();

        assertThat(closed).containsExactly("other");
    }

    @Test
    void aClosedClientIsForgotten() {
        PbxResources resources = PbxResources.create();
        ResourcesAccess.Registration registration =
                ResourcesAccess.get().register(resources, () -> closed.add("client"));

        registration.remove();
        resources.close();

        assertThat(closed).isEmpty();
    }

    @Test
    void aPartIsMadeOnce() {
        try (PbxResources resources = PbxResources.create()) {
            Part first = ResourcesAccess.get().part(resources, Part.class, () -> new Part(closed));

            assertThat(ResourcesAccess.get().part(resources, Part.class, () -> new Part(closed)))
                    .isSameAs(first);
        }
    }

    @Test
    void closedResourcesTakeNoClients() {
        PbxResources resources = PbxResources.create();
        resources.close();

        assertThatThrownBy(() -> ResourcesAccess.get().register(resources, () -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("these PbxResources are closed");
    }

    @Test
    void afterCloseNoThreadOfOursLives() {
        List<Thread> before = ourThreads();
        PbxResources resources = PbxResources.create();
        CompletableFuture.runAsync(() -> {}, resources.executor()).join();
        CountDownLatch rung = new CountDownLatch(1);
        resources.time().schedule(Duration.ofMillis(1), rung::countDown);
        assertThat(ourThreads()).anyMatch(thread -> !before.contains(thread));

        resources.close();

        assertThat(ourThreads()).isSubsetOf(before);
    }

    /** Once may be slow, on a machine with something else to do; waiting is so each time. */
    @Test
    void closingInOneOfOurThreadsDoesNotWaitForItself() {
        assertThat(Stream.generate(PbxResourcesTest::closeInOneOfOurThreads).limit(3))
                .anyMatch(took -> took.compareTo(Duration.ofSeconds(2)) < 0);
    }

    private static Duration closeInOneOfOurThreads() {
        PbxResources resources = PbxResources.create();
        long started = System.nanoTime();
        CompletableFuture.runAsync(resources::close, resources.executor()).join();
        return Duration.ofNanos(System.nanoTime() - started);
    }

    @Test
    void aTaskThatBlocksIsInterruptedInTheEnd() throws Exception {
        PbxResources resources = PbxResources.create();
        CountDownLatch inside = new CountDownLatch(1);
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        resources
                .executor()
                .execute(
                        () -> {
                            inside.countDown();
                            try {
                                new CountDownLatch(1).await();
                            } catch (InterruptedException e) {
                                interrupted.complete(true);
                            }
                        });
        inside.await();

        resources.close();

        assertThat(interrupted).isCompletedWithValue(true);
    }

    @Test
    void anExecutorOfTheUserIsLeftAlone() {
        ExecutorService users = Executors.newSingleThreadExecutor();
        PbxResources resources = PbxResources.builder().executor(users).build();

        resources.close();

        assertThat(users.isShutdown()).isFalse();
        users.shutdown();
    }

    /** Virtual threads are not listed, but neither do they keep anything alive. */
    private static List<Thread> ourThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("pbx-sdk-"))
                .toList();
    }
}
