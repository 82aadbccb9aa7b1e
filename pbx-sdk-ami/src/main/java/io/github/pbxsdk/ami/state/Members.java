package io.github.pbxsdk.ami.state;

import io.github.pbxsdk.ami.AmiFields;
import io.github.pbxsdk.ami.event.DeviceState;
import io.github.pbxsdk.ami.event.QueueMemberStatusEvent;
import java.util.Optional;

/** Reads members of queues: an event and an item of the list name their lines differently. */
final class Members {

    private Members() {}

    /** Returns the member that an event or an item is about. */
    static QueueMember of(String queue, String memberInterface, AmiFields fields) {
        QueueMemberStatusEvent seen = new QueueMemberStatusEvent(fields);
        String name = fields.has("MemberName") ? seen.memberName() : fields.text("Name");
        DeviceState device = seen.status();
        return new Values.Member(
                queue,
                name,
                memberInterface,
                Interfaces.ofMember(memberInterface, seen.stateInterface()),
                state(seen.paused(), device),
                device,
                seen.inCall(),
                seen.paused(),
                seen.paused() ? seen.pausedReason() : "",
                seen.paused() ? seen.lastPause() : Optional.empty(),
                seen.callsTaken().orElse(0),
                seen.lastCall(),
                seen.penalty().orElse(0));
    }

    private static AgentState state(boolean paused, DeviceState device) {
        if (device == DeviceState.UNAVAILABLE || device == DeviceState.INVALID) {
            return AgentState.UNAVAILABLE;
        }
        if (paused) {
            return AgentState.PAUSED;
        }
        return switch (device) {
            case IN_USE, BUSY, ON_HOLD -> AgentState.BUSY;
            case RINGING, RINGING_IN_USE -> AgentState.RINGING;
            // A queue calls a member whose device it knows nothing of.
            default -> AgentState.AVAILABLE;
        };
    }

    /** Returns a text of the list, which says {@code unknown} where an event says nothing. */
    static String told(String text) {
        return text.equals("unknown") ? "" : text;
    }
}
