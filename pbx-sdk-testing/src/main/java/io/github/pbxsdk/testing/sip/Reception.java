package io.github.pbxsdk.testing.sip;

import io.github.pbxsdk.core.time.Time;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Stands between the wire and the server: knows repeated requests, and does to requests and answers
 * what goes wrong; used by the server's thread only.
 */
final class Reception {

    private final Time time;
    private final Outbound.Scheduler scheduler;
    private final Notebook notebook;
    private final FaultPlan faults;
    private final Transactions transactions = new Transactions();
    private final List<Runnable> heldBack = new ArrayList<>();
    private boolean stalled;

    Reception(Time time, Outbound.Scheduler scheduler, Notebook notebook, FaultPlan faults) {
        this.time = time;
        this.scheduler = scheduler;
        this.notebook = notebook;
        this.faults = faults;
    }

    void stalled(boolean value) {
        stalled = value;
    }

    /** Takes what came over the wire. */
    void receive(SipPeer peer, byte[] data, SipServer server, Outbound outbound) {
        int copies = faults.copies(peer);
        for (int i = 0; i < copies; i++) {
            Optional<SipMessage> message = SipMessage.parse(data);
            if (message.isEmpty()) {
                notUnderstood(data);
            } else if (message.get().isRequest()) {
                take(message.get(), peer, server);
            } else {
                outbound.take(message.get());
            }
        }
    }

    private void notUnderstood(byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8);
        if (!text.isBlank()) {
            notebook.couldNotRead(text);
        }
    }

    private void take(SipMessage request, SipPeer peer, SipServer server) {
        Transactions.Entry known = transactions.find(request, time.nanos());
        notebook.saw(
                new SeenRequest(
                        request, peer.transport(), peer.address(), time.now(), known != null));
        if (stalled) {
            return;
        }
        if (known == null) {
            begin(request, peer, server);
        } else if (known.answer() != null) {
            transmit(peer, known.answer());
        }
    }

    private void begin(SipMessage request, SipPeer peer, SipServer server) {
        SipFault fault = faults.take(request.method(), SipFault::isForAnyRequest);
        if (fault != null && fault.isBeforeWork()) {
            if (fault.kind() == SipFault.Kind.CUT_BEFORE) {
                peer.cut();
            }
            return;
        }
        Transactions.Entry entry = transactions.open(request, time.nanos());
        SipMessage answer =
                fault != null && fault.isAnswer()
                        ? server.answer(request, peer, fault)
                        : server.answer(request, peer, faults);
        if (answer == null) {
            return;
        }
        deliver(fault, peer, answer, entry);
        server.answered(request, answer, peer);
    }

    private void deliver(
            @Nullable SipFault fault, SipPeer peer, SipMessage answer, Transactions.Entry entry) {
        if (fault == null) {
            answer(peer, answer, entry);
            return;
        }
        switch (fault.kind()) {
            case LOSE_ANSWER -> entry.answered(answer);
            case CUT_AFTER -> {
                entry.answered(answer);
                peer.cut();
            }
            case DELAY -> scheduler.after(fault.time(), () -> answer(peer, answer, entry));
            case REORDER -> heldBack.add(() -> answer(peer, answer, entry));
            case DUPLICATE -> {
                answer(peer, answer, entry);
                transmit(peer, answer);
            }
            default -> answer(peer, answer, entry);
        }
    }

    private void answer(SipPeer peer, SipMessage answer, Transactions.Entry entry) {
        entry.answered(answer);
        transmit(peer, answer);
        List<Runnable> overtaken = List.copyOf(heldBack);
        heldBack.clear();
        overtaken.forEach(Runnable::run);
    }

    /** Sends a message, as often as it is to arrive. */
    void transmit(SipPeer peer, SipMessage message) {
        int copies = faults.copies(peer);
        byte[] octets = message.bytes();
        for (int i = 0; i < copies; i++) {
            peer.send(octets);
        }
    }
}
