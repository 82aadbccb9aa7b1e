package io.github.pbxsdk.it.scenario;

import io.github.pbxsdk.core.Credentials;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Three telephones on a real server, and what clients are told of them. */
final class House implements AutoCloseable {

    private final Story story;
    private final List<Telephone> telephones;

    /** Has telephones register, and waits until that is told and forgotten. */
    House(InetSocketAddress server, Story story, List<String> extensions) {
        this.story = story;
        this.telephones =
                extensions.stream()
                        .map(number -> Credentials.of(number, "secret-" + number))
                        .map(extension -> Telephone.register(server, extension))
                        .toList();
        List.of("caller", "callee", "target").forEach(this::awaitThere);
        story.clear();
    }

    /** Waits until a telephone that has registered is told of everywhere. */
    void awaitThere(String part) {
        awaitContact(part, "NonQualified", "Reachable");
        awaitState(part, "NOT_INUSE", "Idle");
    }

    /** Waits until a telephone that has gone is told of everywhere. */
    void awaitAway(String part) {
        awaitContact(part, "Removed", "Unreachable");
        awaitState(part, "UNAVAILABLE", "Unavailable");
    }

    private void awaitContact(String part, String contact, String peer) {
        story.awaitEnd("ami contact " + part, "ContactStatus " + contact);
        story.awaitEnd("ami peer " + part, "PeerStatus " + peer);
        story.await("ari endpoint " + part, "ContactStatusChange " + contact);
        story.await("ari endpoint " + part, "PeerStatusChange " + peer);
    }

    Telephone caller() {
        return telephones.get(0);
    }

    Telephone callee() {
        return telephones.get(1);
    }

    Telephone target() {
        return telephones.get(2);
    }

    Story story() {
        return story;
    }

    /** Callee and target do from here on what the scenario says. */
    void expectCalls() {
        callee().expectCall();
        target().expectCall();
    }

    /** Waits until the state of a telephone is told everywhere. */
    private void awaitState(String part, String device, String hint) {
        story.awaitEnd("ami device " + part, "DeviceStateChange " + device);
        story.awaitEnd("ari device " + part, "DeviceStateChanged " + device);
        story.awaitEnd("ami hint " + part, "ExtensionStatus " + hint);
    }

    /** Lets a telephone ring until that is told: states that are short are left out by servers. */
    void ring(String part) {
        (part.equals("callee") ? callee() : target()).ring();
        awaitState(part, "RINGING", "Ringing");
    }

    /** The callee refuses, when the caller is seen to call. */
    void refuse() {
        awaitState("caller", "INUSE", "InUse");
        callee().refuse();
    }

    /** The callee answers; returns when both can talk. */
    void answer() {
        callee().answer();
        caller().answered();
        awaitBridged("callee");
    }

    /** Waits until somebody can talk to the caller. */
    void awaitBridged(String part) {
        story.awaitEnd("ami channel caller", "BridgeEnter");
        story.awaitEnd("ami channel " + part, "BridgeEnter");
    }

    /** The caller hangs up; returns when the channels of both are gone. */
    void hangUp(String other) {
        caller().hangUp();
        awaitGone("caller");
        awaitGone(other);
    }

    /** Waits until a channel is gone, on both interfaces, and its device is free again. */
    void awaitGone(String part) {
        story.await(
                "end of " + part,
                told ->
                        last(told.get("ami channel " + part)).startsWith("Hangup")
                                && last(told.get("ari channel " + part))
                                        .startsWith("ChannelDestroyed")
                                && last(told.get("ami cel " + part)).equals("CHAN_END")
                                && told.containsKey("ami cdr caller"));
        awaitState(part, "NOT_INUSE", "Idle");
    }

    private static String last(@Nullable List<String> lines) {
        return lines == null || lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    }

    /** The telephones go, and all that is told of it comes before the event sockets close. */
    @Override
    public void close() {
        telephones.forEach(Telephone::close);
        List.of("caller", "callee", "target").forEach(this::awaitAway);
    }
}
