package io.github.pbxsdk.it.scenario;

import io.github.pbxsdk.testing.CallScenario;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What happens, once as the fakes play it and once as telephones do it on a real server. */
enum Scenario {
    /** A call is answered; the caller hangs up. */
    ANSWERED {
        @Override
        Optional<CallScenario> played() {
            return Optional.of(CallScenario.call(CALLER, CALLEE));
        }

        @Override
        void happen(House house) {
            house.expectCalls();
            house.caller().call(CALLEE);
            house.ring("callee");
            house.answer();
            house.story().look();
            house.hangUp("callee");
        }

        @Override
        void awaitMiddle(Story story) {
            story.awaitEnd("ami channel caller", "BridgeEnter");
            story.awaitEnd("ami channel callee", "BridgeEnter");
        }
    },

    /** The callee is busy. */
    BUSY {
        @Override
        Optional<CallScenario> played() {
            return Optional.of(CallScenario.call(CALLER, CALLEE).busy());
        }

        @Override
        void happen(House house) {
            house.expectCalls();
            house.caller().call(CALLEE);
            house.refuse();
            house.caller().refused();
            house.awaitGone("caller");
        }
    },

    /** Nobody answers, and the server gives up. */
    NO_ANSWER {
        @Override
        Optional<CallScenario> played() {
            return Optional.of(CallScenario.call(CALLER, CALLEE).notAnswered());
        }

        @Override
        void happen(House house) {
            house.expectCalls();
            house.caller().call(CALLEE);
            house.ring("callee");
            house.story().await("ami dial callee", "DialEnd NOANSWER");
            house.callee().cancelled();
            house.caller().refused();
            house.awaitGone("caller");
        }
    },

    /** The callee transfers the caller, who is answered there and hangs up. */
    TRANSFERRED {
        @Override
        Optional<CallScenario> played() {
            return Optional.of(CallScenario.call(CALLER, CALLEE).transferredTo(TARGET));
        }

        @Override
        void happen(House house) {
            house.expectCalls();
            house.caller().call(CALLEE);
            house.ring("callee");
            house.answer();
            house.callee().transferTo(TARGET);
            house.ring("target");
            house.target().answer();
            house.awaitBridged("target");
            house.hangUp("target");
        }
    },

    /** A call is recorded from the answer to the end. */
    RECORDED {
        @Override
        Optional<CallScenario> played() {
            return Optional.of(CallScenario.call(CALLER, CALLEE).recorded());
        }

        @Override
        void happen(House house) {
            house.expectCalls();
            house.caller().call("8" + CALLEE);
            house.ring("callee");
            house.answer();
            house.hangUp("callee");
        }
    },

    /** A call waits in a queue; the first agent lets it ring, the second one answers. */
    QUEUE {
        @Override
        Optional<CallScenario> played() {
            return Optional.of(
                    CallScenario.queue(CALLER, QUEUE_NUMBER)
                            .notAnsweredBy(FIRST_AGENT)
                            .answeredBy(SECOND_AGENT));
        }

        @Override
        void happen(House house) {
            house.expectCalls();
            house.caller().call(QUEUE_NUMBER);
            house.caller().answered();
            house.ring("callee");
            house.story().look();
            house.story().await("ami queue queue", "AgentRingNoAnswer callee");
            house.callee().cancelled();
            house.ring("target");
            house.target().answer();
            house.awaitBridged("target");
            house.hangUp("target");
        }

        @Override
        void awaitMiddle(Story story) {
            story.awaitEnd("ami device callee", "DeviceStateChange RINGING");
            story.awaitEnd("ami hint callee", "ExtensionStatus Ringing");
        }

        @Override
        Map<String, String> parts() {
            return Map.of(
                    CALLER,
                    "caller",
                    FIRST_AGENT,
                    "callee",
                    SECOND_AGENT,
                    "target",
                    QUEUE_NUMBER,
                    "queue");
        }
    },

    /** A telephone sends a text to another one. */
    TEXT {
        @Override
        void happen(House house) {
            house.caller().text(CALLEE, "Somebody is at door 4");
            house.story().awaitEnd("ami text caller", "sdk-message sent SUCCESS");
            house.story().await("ari text caller", "TextMessageReceived Somebody is at door 4");
        }
    },

    /** A telephone goes, and comes back. */
    REGISTRATION {
        @Override
        void happen(House house) {
            house.callee().goAway();
            house.awaitAway("callee");
            house.callee().comeBack();
            house.awaitThere("callee");
        }
    };

    static final String CALLER = "1006";
    static final String CALLEE = "1007";
    static final String TARGET = "1009";
    static final String QUEUE_NUMBER = "500";
    static final String FIRST_AGENT = "1011";
    static final String SECOND_AGENT = "1012";

    /** Returns what a fake plays; empty where telephones do the same there as on a real server. */
    Optional<CallScenario> played() {
        return Optional.empty();
    }

    /** Has the telephones of a house do it. */
    abstract void happen(House house);

    /** Waits for the moment at which its telephones look at the lists, where there is one. */
    void awaitMiddle(Story story) {
        throw new UnsupportedOperationException(this + " has no middle");
    }

    /** Returns who plays which part. */
    Map<String, String> parts() {
        return Map.of(CALLER, "caller", CALLEE, "callee", TARGET, "target");
    }

    /** Returns the extensions of caller, callee and target. */
    List<String> extensions() {
        List<String> names = List.of("caller", "callee", "target");
        Map<String, String> parts = parts();
        return names.stream()
                .map(
                        name ->
                                parts.keySet().stream()
                                        .filter(n -> parts.get(n).equals(name))
                                        .findFirst()
                                        .orElseThrow())
                .toList();
    }
}
