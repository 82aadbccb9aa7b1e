package io.github.pbxsdk.testing.sip;

import io.github.pbxsdk.core.internal.SystemTime;
import io.github.pbxsdk.core.time.ManualTime;
import io.github.pbxsdk.core.time.Time;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A SIP server on loopback that registers telephones and passes texts on as Asterisk 16 or 22 does,
 * over UDP, TCP, TLS, WS and WSS.
 *
 * <pre>{@code
 * try (FakeSip server = FakeSip.asterisk22()) {
 *     server.next("REGISTER", SipFault.unavailable(Duration.ofSeconds(5)));
 *     // … register a client at server.udp() as 1001, secret-1001
 *     server.awaitRegistered("1001");
 *     server.sendText("1002", "1001", "text/plain", "Good morning");
 *     server.cut();
 * }
 * }</pre>
 *
 * <p>It has the extensions 1001 to 1020 with secrets such as {@code secret-1001}; 1021 is for
 * browsers, 1023 is offered SHA-256 and exists on 22 only, 1024 has one device and 1026 one that
 * none replaces, 1025 isn't ready for texts, 1027 is registered for ten seconds at most, and 600
 * sends texts back. Calls are refused. Thread-safe.
 */
public final class FakeSip implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(FakeSip.class);
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final ScheduledThreadPoolExecutor worker =
            new ScheduledThreadPoolExecutor(1, FakeSip::workerThread);
    private final Notebook notebook = new Notebook();
    private final FaultPlan faults = new FaultPlan();
    private final Reception reception;
    private final Outbound outbound;
    private final SipServer server;
    private final Doors doors;

    private FakeSip(SipRelease release, @Nullable Time given) {
        worker.setRemoveOnCancelPolicy(true);
        worker.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        Time time = given == null ? new SystemTime(worker) : given;
        Outbound.Scheduler scheduler = (delay, task) -> time.schedule(delay, () -> execute(task));
        this.reception = new Reception(time, scheduler, notebook, faults);
        this.outbound = new Outbound(scheduler, reception::transmit);
        this.server = new SipServer(release, time, outbound, notebook);
        labExtensions(release).forEach(server::add);
        this.doors = new Doors(new Wire());
        doors.ports().forEach((transport, port) -> run(() -> server.listensAt(transport, port)));
    }

    private static Thread workerThread(Runnable task) {
        Thread thread = new Thread(task, "fake-sip");
        thread.setDaemon(true);
        return thread;
    }

    private static List<SipExtension> labExtensions(SipRelease release) {
        List<SipExtension> all = new ArrayList<>();
        for (int number = 1001; number <= 1027; number++) {
            SipExtension plain =
                    SipExtension.of("" + number, "secret-" + number)
                            .withMaxContacts(5, false)
                            .withExpires(Duration.ofSeconds(10), Duration.ofHours(2));
            SipExtension extension = special(number, plain);
            if (release.knows(extension.algorithms())) {
                all.add(extension);
            }
        }
        return all;
    }

    private static SipExtension special(int number, SipExtension plain) {
        return switch (number) {
            case 1001, 1002, 1003, 1004, 1005, 1010 -> plain.withMailboxToldUnasked();
            case 1021 -> plain.withWebRtc();
            case 1023 -> plain.withAlgorithms("SHA-256", "MD5");
            case 1024 -> plain.withMaxContacts(1, true);
            case 1025 -> plain.withoutTexts();
            case 1026 -> plain.withMaxContacts(1, false);
            case 1027 -> plain.withExpires(Duration.ofSeconds(5), Duration.ofSeconds(10));
            default -> plain;
        };
    }

    /** Starts one that answers as Asterisk 16.28.0. */
    public static FakeSip asterisk16() {
        return new FakeSip(SipRelease.ASTERISK_16, null);
    }

    /** Starts one that answers as Asterisk 22.10.1. */
    public static FakeSip asterisk22() {
        return new FakeSip(SipRelease.ASTERISK_22, null);
    }

    /** Starts one as Asterisk 22.10.1 whose registrations, nonces and delays follow a clock. */
    public static FakeSip asterisk22(ManualTime time) {
        return new FakeSip(SipRelease.ASTERISK_22, time);
    }

    /** Returns where it takes datagrams; TCP has the same port. */
    public InetSocketAddress udp() {
        return doors.address("UDP");
    }

    /** Returns where it takes TCP connections. */
    public InetSocketAddress tcp() {
        return doors.address("TCP");
    }

    /** Returns where it takes TLS connections. */
    public InetSocketAddress tls() {
        return doors.address("TLS");
    }

    /** Returns the address of its WebSockets. */
    public URI ws() {
        return URI.create("ws://127.0.0.1:" + doors.address("WS").getPort() + "/ws");
    }

    /** Returns the address of its WebSockets over TLS. */
    public URI wss() {
        return URI.create("wss://127.0.0.1:" + doors.address("WSS").getPort() + "/ws");
    }

    /** Returns, as a PEM text, the authority that signed what it shows over TLS. */
    public String authority() {
        return doors.authority();
    }

    /** Shows a certificate for another host from the next TLS connection on, or its own again. */
    public void wrongHost(boolean value) {
        doors.wrongHost(value);
    }

    /** Adds an extension, or puts other settings in the place of one. */
    public void addExtension(SipExtension extension) {
        run(() -> server.add(extension));
    }

    /**
     * Answers a method from now on, without a look at credentials.
     *
     * @param script returns an answer, to which the headers that each one has are added, or empty
     *     to have the server answer by itself
     */
    public void answer(String method, Function<SipMessage, Optional<SipMessage>> script) {
        run(() -> server.script(method, script));
    }

    /** Has the next requests of a method go wrong, one after the other. */
    public void next(String method, SipFault... inTurn) {
        run(() -> List.of(inTurn).forEach(fault -> faults.add(method, fault)));
    }

    /** Has all requests of a method go wrong until {@link #heal()}. */
    public void always(String method, SipFault fault) {
        run(() -> faults.always(method, fault));
    }

    /**
     * Loses datagrams in both directions, and doubles some, by lots that are the same with the same
     * seed.
     *
     * @param lost the share that is lost, 0 to 1
     * @param doubled the share that arrives twice
     */
    public void unreliable(long seed, double lost, double doubled) {
        run(() -> faults.unreliable(seed, lost, doubled));
    }

    /** Takes all faults away that have not yet come. */
    public void heal() {
        run(faults::heal);
    }

    /** Reads what comes and does nothing with it until {@link #resume()}. */
    public void stall() {
        run(() -> reception.stalled(true));
    }

    /** Goes on after {@link #stall()}; what came meanwhile is lost. */
    public void resume() {
        run(() -> reception.stalled(false));
    }

    /** Closes all connections, as a network does. */
    public void cut() {
        doors.cut();
    }

    /** Closes the ports and all connections until {@link #listenAgain()}. */
    public void stopListening() {
        doors.close();
    }

    /** Takes messages on the same ports again. */
    public void listenAgain() {
        doors.open();
    }

    /** Forgets who is registered, as a server does whose disk was lost. */
    public void forgetRegistrations() {
        run(() -> server.registrar().clear());
    }

    /**
     * Sends a text to an extension.
     *
     * @return the answer of the device; 480 if none is registered, 408 if none answers
     */
    public CompletableFuture<SipMessage> sendText(
            String from, String to, String contentType, String text) {
        CompletableFuture<SipMessage> answer = new CompletableFuture<>();
        execute(() -> server.sendText(from, to, contentType, text, answer));
        return answer;
    }

    /**
     * Sends a request to the device of an extension that registered last, such as the OPTIONS with
     * which a server looks whether it is still there.
     *
     * @param content changes the request, or adds to it, before it leaves
     * @return the answer of the device; 480 if none is registered, 408 if none answers
     */
    public CompletableFuture<SipMessage> send(
            String extension, String method, UnaryOperator<SipMessage> content) {
        CompletableFuture<SipMessage> answer = new CompletableFuture<>();
        execute(() -> server.send(extension, method, content, answer));
        return answer;
    }

    /** Sends octets, whatever they are, to the device of an extension that registered last. */
    public void sendRaw(String extension, byte[] octets) {
        run(
                () -> {
                    List<Registrar.Device> devices =
                            server.registrar().devices(extension, server.now());
                    if (devices.isEmpty()) {
                        throw new IllegalStateException(extension + " is not registered");
                    }
                    devices.get(devices.size() - 1).peer().send(octets);
                });
    }

    /** Tells those who watch {@code message-summary}, {@code presence} or {@code dialog}. */
    public void notifyWatchers(String extension, String event, String body) {
        run(() -> server.notifyWatchers(extension, event, body));
    }

    /** Returns the requests that came, in their order, repeated ones included. */
    public List<SeenRequest> requests() {
        return notebook.requests();
    }

    /** Returns the requests of a method that came, in their order, repeated ones included. */
    public List<SeenRequest> requests(String method) {
        return requests().stream().filter(one -> one.method().equals(method)).toList();
    }

    /** Tells somebody of each text that is taken from now on, on a thread of this server. */
    public void onText(Consumer<TakenText> reader) {
        notebook.onText(reader);
    }

    /**
     * Tells somebody of each registration by which devices come or go, on a thread of this server;
     * not of those that run out.
     */
    public void onDevices(Consumer<DeviceChange> reader) {
        notebook.onDevices(reader);
    }

    /** Returns the texts that it took with 202, in their order. */
    public List<TakenText> texts() {
        return notebook.texts();
    }

    /** Returns what came and was no message, for Asterisk throws that away without a word. */
    public List<String> unreadable() {
        return notebook.unreadable();
    }

    /** Returns the devices of an extension that are registered now, the first one first. */
    public List<Binding> devices(String extension) {
        return call(() -> server.registrar().bindings(extension, server.now()));
    }

    /**
     * Waits until an extension has been registered, or was at any time before.
     *
     * @throws AssertionError if it doesn't happen within ten seconds
     */
    public Binding awaitRegistered(String extension) {
        return notebook.awaitRegistrations(extension, 1).get(0);
    }

    /**
     * Waits until an extension has been registered so many times, refreshes included.
     *
     * @return what it was registered as, each time
     * @throws AssertionError if it doesn't happen within ten seconds
     */
    public List<Binding> awaitRegistrations(String extension, int count) {
        return notebook.awaitRegistrations(extension, count);
    }

    /**
     * Waits for a request.
     *
     * @throws AssertionError if it doesn't come within ten seconds
     */
    public SeenRequest awaitRequest(Predicate<SeenRequest> wanted) {
        return notebook.awaitRequests("a request that was asked for", wanted, 1).get(0);
    }

    /**
     * Waits until so many requests of a method have come, repeated ones included.
     *
     * @throws AssertionError if they don't come within ten seconds
     */
    public List<SeenRequest> awaitRequests(String method, int count) {
        return notebook.awaitRequests(
                count + " times " + method, one -> one.method().equals(method), count);
    }

    /**
     * Waits until it took so many texts.
     *
     * @throws AssertionError if they don't come within ten seconds
     */
    public void awaitTexts(int count) {
        notebook.awaitTexts(count);
    }

    private void run(Runnable step) {
        call(Executors.callable(step));
    }

    /** Does something on the server's thread and waits for it, so that it holds from now on. */
    private <T> T call(Callable<T> step) {
        try {
            return worker.submit(step).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("the fake is busy for too long", e);
        }
    }

    private void execute(Runnable step) {
        try {
            worker.execute(() -> safely(step));
        } catch (RejectedExecutionException e) {
            log.debug("the fake is closed: {}", e.getMessage());
        }
    }

    private static void safely(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            log.warn("the fake could not go on with a message", e);
        }
    }

    /** Closes the ports and all connections; repeatable. */
    @Override
    public void close() {
        doors.close();
        execute(outbound::close);
        worker.shutdown();
    }

    /** Hands over what comes in to the server's thread. */
    private final class Wire implements SipDoor.Receiver {

        @Override
        public void take(SipPeer from, byte[] data) {
            execute(() -> reception.receive(from, data, server, outbound));
        }

        @Override
        public void gone(SipPeer peer) {
            execute(() -> server.registrar().gone(peer));
        }
    }
}
