package io.github.pbxsdk.sip;

import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.internal.RootFuture;
import io.github.pbxsdk.core.security.Operation;
import io.github.pbxsdk.core.time.Time;
import io.github.pbxsdk.sip.RegistrationFacts.Grant;
import io.github.pbxsdk.sip.internal.digest.DigestMemory;
import io.github.pbxsdk.sip.internal.digest.DigestSecret;
import io.github.pbxsdk.sip.internal.transport.Flow;
import io.github.pbxsdk.sip.internal.wire.SipResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Registers one extension and keeps it registered: decides what comes next, and when.
 *
 * <p>All that changes is changed by tasks of the engine's actor.
 */
final class RegistrationKeeper {

    private final SipEngine engine;
    private final String extension;
    private final Registration handle;
    private final RegistrationFacts facts;
    private final RegisterConversation conversation;
    private final RegistrationPauses pauses;
    private final RegistrationWaiters waiters = new RegistrationWaiters();
    private final Plan next;
    private final Plan look;
    private Time.Alarm end = () -> {};
    private boolean closing;

    RegistrationKeeper(
            SipEngine engine, String extension, DigestSecret secret, RegisterOptions options) {
        this.engine = engine;
        this.extension = extension;
        this.facts = new RegistrationFacts(engine, extension);
        this.conversation =
                new RegisterConversation(engine, extension, secret, options, new Outcomes());
        this.pauses = new RegistrationPauses(engine.settings().reconnect());
        this.next = new Plan(engine);
        this.look = new Plan(engine);
        this.handle = new Registration(this);
    }

    String extension() {
        return extension;
    }

    Registration handle() {
        return handle;
    }

    RegistrationFacts facts() {
        return facts;
    }

    DigestMemory digest() {
        return conversation.digest();
    }

    /** Returns the tag with which the extension names itself. */
    String tag() {
        return conversation.requests().tag();
    }

    /** Returns the address at which the server reaches us. */
    String contact(Flow flow) {
        return conversation.requests().contact(flow);
    }

    /** Asks the guard whether an operation of this registration may go ahead. */
    void ask(Operation operation) {
        engine.ask(operation);
    }

    CompletableFuture<List<SipDevice>> devices() {
        return conversation.devices();
    }

    /** Registers, or joins what is under way. */
    void register(DigestSecret secret, RegisterOptions wanted, RegistrationWaiter waiter) {
        if (facts.state() == RegistrationState.CLOSED) {
            waiter.failed(engine.closedException());
            return;
        }
        boolean same = secret.equals(digest().secret());
        if (!same) {
            digest().secret(secret);
        }
        conversation.options(wanted);
        if (same && facts.state() == RegistrationState.REGISTERED && facts.isRegistered()) {
            waiter.registered(handle);
            return;
        }
        waiters.add(waiter);
        if (same && facts.isRegistering()) {
            return;
        }
        if (facts.state() != RegistrationState.UNREGISTERING) {
            begin("asking the server");
        }
    }

    CompletableFuture<Registration> reset() {
        RootFuture<Registration> future = engine.newFuture();
        RegistrationWaiter waiter = RegistrationWaiter.of(future);
        if (!engine.offer(() -> reset(waiter))) {
            waiter.failed(engine.closedException());
        }
        return future;
    }

    private void reset(RegistrationWaiter waiter) {
        if (facts.state() == RegistrationState.CLOSED) {
            waiter.failed(engine.closedException());
            return;
        }
        if (!engine.registrations().remember(this)) {
            waiter.failed(new PbxException(extension + " was registered anew after its end"));
            return;
        }
        conversation.reset();
        pauses.reset();
        waiters.add(waiter);
        if (facts.state() != RegistrationState.UNREGISTERING) {
            begin("begun anew");
        }
    }

    private void begin(String reason) {
        dropPlans();
        if (facts.state() != RegistrationState.REGISTERING) {
            facts.become(RegistrationState.REGISTERING, reason);
        }
        Flow flow = engine.flow();
        if (flow == null) {
            // The engine tells when there is one, or why there is none.
            engine.wantConnection();
        } else {
            conversation.register(flow);
        }
    }

    /** Has nothing come any more of what was asked or planned before. */
    private void dropPlans() {
        next.drop();
        look.drop();
        conversation.breakOff();
    }

    /** What comes of the attempts to register. */
    private final class Outcomes implements RegisterConversation.Listener {

        /** Plans what comes next before anybody can see that it is granted. */
        @Override
        public void granted(Flow flow, Duration time, SipResponse response) {
            pauses.reset();
            end.cancel();
            next.in(RegistrationPauses.beforeProlonging(time), RegistrationKeeper.this::prolong);
            Grant held = facts.granted(flow, time, response.headers().all("Service-Route"));
            end = engine.time().schedule(time, () -> engine.execute(() -> runOut(held)));
            engine.works(flow);
            response.seconds("Flow-Timer")
                    .map(Duration::ofSeconds)
                    .ifPresent(engine::expectedWithin);
            if (conversation.wantsLook()) {
                look(time);
            } else if (!look.isPlanned()) {
                planLook(time);
            }
            facts.become(RegistrationState.REGISTERED, "registered for " + time.toSeconds() + " s");
            waiters.registered(handle);
            if (conversation.isSeenElsewhere(flow, response)) {
                prolong();
            }
        }

        @Override
        public void forgotten() {
            end.cancel();
            facts.lost();
            begin("the server does not list us any more");
        }

        @Override
        public void doubted() {
            prolong();
        }

        @Override
        public void refused(PbxException failure, int status) {
            dropPlans();
            facts.lost();
            end.cancel();
            facts.fail(RegistrationState.REJECTED, "", failure, status, null);
            waiters.failed(failure);
        }

        @Override
        public void passing(Flow flow, PbxException failure, int status, Duration atLeast) {
            tryLater(failure, status, atLeast);
            if (status == 0 || status == 408 || status == 503) {
                engine.noAnswer(flow, failure);
            }
        }
    }

    private void tryLater(PbxException failure, int status, Duration atLeast) {
        dropPlans();
        Duration delay = RegistrationPauses.longer(pauses.afterFailure(), atLeast);
        Instant at = engine.time().now().plus(delay);
        next.in(delay, () -> begin("trying again"));
        facts.fail(RegistrationState.WAITING, "", failure, status, at);
        waiters.failed(failure);
    }

    private void prolong() {
        Flow flow = engine.flow();
        if (flow == null || facts.state() != RegistrationState.REGISTERED) {
            return;
        }
        next.drop();
        facts.become(RegistrationState.REFRESHING, "being prolonged");
        conversation.register(flow);
    }

    /** Sees whether the server still has us: nobody is told when another device takes the place. */
    private void look(Duration grant) {
        planLook(grant);
        conversation.devices();
    }

    private void planLook(Duration grant) {
        look.in(RegistrationPauses.beforeLooking(grant), () -> look(grant));
    }

    /** The server has forgotten us by now, if it could not be asked in time. */
    private void runOut(Grant held) {
        if (!facts.isHeld(held)) {
            return;
        }
        facts.lost();
        if (facts.state() == RegistrationState.REFRESHING) {
            facts.become(RegistrationState.REGISTERING, "the time has run out");
        }
    }

    /** Learns that there is a flow again. */
    void connected() {
        conversation.newFlow();
        if (isWanted()) {
            begin("asking the server");
        }
    }

    /** Tells whether it is to be registered, and the server has not refused. */
    private boolean isWanted() {
        return switch (facts.state()) {
            case REGISTERING, REFRESHING, REGISTERED, WAITING -> true;
            default -> false;
        };
    }

    /** Learns that the flow has ended; another one is being made. */
    void disconnected(PbxException reason) {
        if (isWanted()) {
            dropPlans();
            end.cancel();
            facts.lost();
            waitForFlow(reason);
        } else if (facts.state() == RegistrationState.UNREGISTERING) {
            left("the connection was lost");
        }
    }

    /** Learns that there is no flow, and none comes unless asked for. */
    void notConnected(PbxException reason) {
        if (facts.state() == RegistrationState.REGISTERING
                || facts.state() == RegistrationState.WAITING) {
            tryLater(reason, 0, Duration.ZERO);
        }
    }

    /** Learns that there is no flow yet, and that it is being tried on. */
    void stillConnecting(PbxException reason) {
        if (facts.state() == RegistrationState.REGISTERING) {
            waitForFlow(reason);
            waiters.failed(reason);
        }
    }

    private void waitForFlow(PbxException reason) {
        facts.fail(RegistrationState.WAITING, "no connection: ", reason, 0, null);
    }

    /**
     * Ends the registration.
     *
     * @param all those of other devices as well
     */
    CompletableFuture<@Nullable Void> unregister(boolean all) {
        RootFuture<@Nullable Void> future = engine.newFuture();
        boolean taken =
                engine.offer(
                        () -> {
                            waiters.addForTheEnd(future);
                            leave(all);
                        });
        if (!taken) {
            future.succeed(null);
        }
        return future;
    }

    private void leave(boolean all) {
        RegistrationState state = facts.state();
        if (state == RegistrationState.CLOSED) {
            waiters.left();
            return;
        }
        waiters.failed(new PbxException(extension + " was unregistered meanwhile"));
        if (state == RegistrationState.UNREGISTERING && !all) {
            // What is on its way ends it for all who ask.
            return;
        }
        boolean mayBeKnown = facts.isHeld() || state == RegistrationState.REGISTERING || all;
        Flow flow = engine.flow();
        dropPlans();
        end.cancel();
        if (flow == null || !mayBeKnown) {
            left("unregistered");
            return;
        }
        if (state != RegistrationState.UNREGISTERING) {
            facts.become(RegistrationState.UNREGISTERING, "telling the server");
        }
        conversation.leave(flow, all, () -> left("unregistered"));
    }

    private void left(String reason) {
        dropPlans();
        conversation.forgetOthers();
        facts.lost();
        if (facts.state() != RegistrationState.IDLE) {
            facts.become(RegistrationState.IDLE, reason);
        }
        boolean wantedAgain = !closing && waiters.isWanted();
        if (!closing && !wantedAgain) {
            engine.registrations().forget(this);
        }
        waiters.left();
        if (wantedAgain) {
            begin("asking the server");
        }
    }

    /** Ends the registration while the client closes; tells when that is done. */
    void leaveForGood(Runnable done) {
        closing = true;
        waiters.farewell(done);
        leave(false);
    }

    /** Ends without a word to the server. */
    void close() {
        dropPlans();
        end.cancel();
        facts.lost();
        if (facts.state() != RegistrationState.CLOSED) {
            facts.become(RegistrationState.CLOSED, "closed by the application");
        }
        waiters.failed(engine.closedException());
        waiters.left();
    }
}
